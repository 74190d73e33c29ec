import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { type k8s } from 'cdk8s-plus-27';
import { connectListener, connectPrincipal, principalIdentity } from '../../lib/core/config';
import {
  connectCertificateName,
  connectName,
  iamRoleArn,
  sinkGroup,
  type ConnectorModel,
  type EnvironmentModel,
  type ListenerModel,
} from '../../lib/core/model';
import { bootstrapVariable } from './broker-access';
import { addHorizontalPodAutoscaler } from './horizontal-pod-autoscaler';
import {
  addTriggerAuthentication,
  cpuTrigger,
  kedaLogin,
  lagTrigger,
  principalLogin,
  type ClientLogin,
  type KedaClient,
  type Trigger,
} from './keda';
import { objectLabels, workerWorkload } from './labels';

const DEFAULT_CPU_PERCENT = 70;
/** Every worker more or less makes all tasks find new places: up at once, down one by one. */
const BEHAVIOR = {
  scaleDown: { stabilizationWindowSeconds: 1800, policies: [{ type: 'Pods', value: 1, periodSeconds: 600 }] },
  scaleUp: { stabilizationWindowSeconds: 60, policies: [{ type: 'Pods', value: 2, periodSeconds: 300 }] },
};

/** A sink that runs, with the listener and the user of its consumers. */
interface ScaledSink {
  readonly connector: ConnectorModel;
  readonly group: string;
  readonly username: string;
  readonly client: KedaClient;
}

/** More workers while they are busy: by KEDA where lag is asked for and the environment says that it is there, else by Kubernetes. */
export function addConnectScaling(scope: Construct, model: EnvironmentModel): void {
  const scaling = model.spec.targets!.kubernetes!.connect?.autoscaling;
  if (scaling === undefined) return;
  if (scalesByKeda(model)) addScaledObject(scope, model);
  else addWorkersAutoscaler(scope, model);
}

/** What KEDA reads from the pod: where brokers are, and who asks. */
export function connectScalingVariables(model: EnvironmentModel): k8s.EnvVar[] {
  if (!scalesByKeda(model)) return [];
  const sinks = scaledSinks(model);
  const listeners = new Map(sinks.map(({ client: { listener } }) => [listener.name, listener]));
  return [
    ...[...listeners.values()].map((listener) => bootstrapVariable(serversVariable(listener), model, listener)),
    ...sinks
      .filter(({ client: { listener } }) => ['scram-sha-512', 'oauthbearer'].includes(listener.authentication))
      .map(({ client, username }) => ({ name: client.userVariable, value: username })),
  ];
}

/** The listeners on which KEDA asks brokers for the lag of sinks. */
export function connectScalingListeners(model: EnvironmentModel): ListenerModel[] {
  return scalesByKeda(model) ? scaledSinks(model).map(({ client: { listener } }) => listener) : [];
}

function scalesByKeda({ spec }: EnvironmentModel): boolean {
  const { connect, autoscaling } = spec.targets!.kubernetes!;
  return autoscaling?.by === 'keda' && connect?.autoscaling?.lag !== undefined;
}

function serversVariable({ name }: ListenerModel): string {
  return `LAG_BOOTSTRAP_SERVERS_${name.toUpperCase()}`;
}

function scaledSinks(model: EnvironmentModel): ScaledSink[] {
  return model
    .connect!.connectors.filter(({ state }) => state === 'running')
    .flatMap((connector) => {
      const group = sinkGroup(connector);
      return group === undefined ? [] : [{ connector, group }];
    })
    .map(({ connector, group }, index): ScaledSink => {
      const principal = model.principals.find(({ name }) => name === connector.principal);
      const listener = model.listeners.find(({ name }) => name === principal?.listener) ?? connectListener(model);
      return {
        connector,
        group,
        username: principal === undefined ? connectPrincipal(model) : principalIdentity(principal).username,
        client: {
          listener,
          container: 'connect',
          userVariable: `LAG_USER_${index}`,
          ...(principal === undefined ? workersLogin(model) : principalLogin(model, principal)),
        },
      };
    });
}

function workersLogin(model: EnvironmentModel): ClientLogin {
  const role = model.spec.connect?.iamRole;
  return {
    secret: { secret: connectPrincipal(model), key: 'password' },
    certificate: connectCertificateName(model),
    ...(role === undefined ? {} : { roleArn: iamRoleArn(model, role) }),
  };
}

function metadataOf(model: EnvironmentModel, name = connectName(model)) {
  return {
    name,
    namespace: model.spec.targets!.kubernetes!.namespace,
    labels: objectLabels(model, workerWorkload(model)),
  };
}

/** The number that the sink that is furthest behind asks for; KEDA goes no higher than its topic has partitions. */
function addScaledObject(scope: Construct, model: EnvironmentModel): void {
  const { maxReplicas, cpu, lag } = model.spec.targets!.kubernetes!.connect!.autoscaling!;
  const name = connectName(model);
  const lagTriggers = scaledSinks(model).flatMap(({ connector, group, client }): Trigger[] => {
    const login = kedaLogin(model, client);
    const authentication = addTriggerAuthentication(scope, metadataOf(model, `${name}-${connector.name}`), login);
    const topics = connector.config['topics']?.split(',').map((topic) => topic.trim()) ?? [undefined];
    return topics.map((topic) => ({
      ...lagTrigger({
        serversVariable: serversVariable(client.listener),
        group,
        topic,
        lag: lag!,
        offsetReset: connector.config['consumer.override.auto.offset.reset'] === 'latest' ? 'latest' : 'earliest',
        login,
      }),
      ...authentication,
    }));
  });
  new ApiObject(scope, `ScaledObject-${name}`, {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: metadataOf(model),
    spec: {
      scaleTargetRef: { kind: 'StatefulSet', name, envSourceContainerName: 'connect' },
      minReplicaCount: model.connect!.replicas,
      maxReplicaCount: maxReplicas,
      advanced: { horizontalPodAutoscalerConfig: { behavior: BEHAVIOR } },
      triggers: [...lagTriggers, ...(cpu === undefined ? [] : [cpuTrigger(cpu)])],
    },
  });
}

function addWorkersAutoscaler(scope: Construct, model: EnvironmentModel): void {
  const { maxReplicas, lag, cpu } = model.spec.targets!.kubernetes!.connect!.autoscaling!;
  addHorizontalPodAutoscaler(scope, model, {
    metadata: metadataOf(model),
    kind: 'StatefulSet',
    minReplicas: model.connect!.replicas,
    maxReplicas,
    groups: lag === undefined ? [] : scaledSinks(model).map(({ group }) => group),
    lag,
    cpuPercent: cpu ?? (lag === undefined ? DEFAULT_CPU_PERCENT : undefined),
    behavior: BEHAVIOR,
  });
}
