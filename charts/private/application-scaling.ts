import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  applicationGroup,
  applicationName,
  applicationReads,
  hasStableNames,
  type ApplicationModel,
  type EnvironmentModel,
} from '../../lib/core/model';
import { applicationListener } from './application-pods';
import { addHorizontalPodAutoscaler } from './horizontal-pod-autoscaler';
import {
  addTriggerAuthentication,
  cpuTrigger,
  kedaLogin,
  lagTrigger,
  principalLogin,
  type KedaClient,
  type KedaLogin,
  type Trigger,
} from './keda';
import { applicationLabels } from './labels';

/** Calm for as long before pods go: every change moves partitions. */
function behavior(cooldownSeconds: number): { scaleDown: { stabilizationWindowSeconds: number } } {
  return { scaleDown: { stabilizationWindowSeconds: cooldownSeconds } };
}

/** What sets the number of pods: KEDA where the environment says that it is there, else Kubernetes itself. */
export function addApplicationScaling(scope: Construct, model: EnvironmentModel, application: ApplicationModel): void {
  if (application.autoscaling === undefined) return;
  if (model.spec.targets!.kubernetes!.autoscaling?.by === 'keda') addScaledObject(scope, model, application);
  else addPodAutoscaler(scope, model, application);
}

function addPodAutoscaler(scope: Construct, model: EnvironmentModel, application: ApplicationModel): void {
  const { minReplicas, maxReplicas, lag, cpu, cooldownSeconds } = application.autoscaling!;
  addHorizontalPodAutoscaler(scope, model, {
    metadata: metadataOf(model, application),
    kind: hasStableNames(application) ? 'StatefulSet' : 'Deployment',
    minReplicas,
    maxReplicas,
    groups: lag === undefined ? [] : [applicationGroup(application)!],
    lag,
    cpuPercent: cpu === undefined ? undefined : Math.round(cpu * 100),
    behavior: behavior(cooldownSeconds),
  });
}

function metadataOf(model: EnvironmentModel, application: ApplicationModel) {
  return {
    name: applicationName(model, application.name),
    namespace: model.spec.targets!.kubernetes!.namespace,
    labels: applicationLabels(model, application),
  };
}

/** KEDA logs in as the application itself, which may look at its own group and topics. */
function addScaledObject(scope: Construct, model: EnvironmentModel, application: ApplicationModel): void {
  const { minReplicas, maxReplicas, lag, cpu, cooldownSeconds } = application.autoscaling!;
  const metadata = metadataOf(model, application);
  const { name } = metadata;
  const login = lag === undefined ? undefined : kedaLogin(model, clientOf(model, application));
  const authentication = login === undefined ? undefined : addTriggerAuthentication(scope, metadata, login);
  new ApiObject(scope, `ScaledObject-${name}`, {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata,
    spec: {
      scaleTargetRef: {
        ...(hasStableNames(application) ? { kind: 'StatefulSet' } : {}),
        name,
        envSourceContainerName: 'application',
      },
      minReplicaCount: minReplicas,
      maxReplicaCount: maxReplicas,
      cooldownPeriod: cooldownSeconds,
      advanced: { horizontalPodAutoscalerConfig: { behavior: behavior(cooldownSeconds) } },
      triggers: [
        ...(login === undefined ? [] : lagTriggers(application, lag!, login)).map((trigger) => ({
          ...trigger,
          ...authentication,
        })),
        ...(cpu === undefined ? [] : [cpuTrigger(Math.round(cpu * 100))]),
      ],
    },
  });
}

/** One for each topic; a prefix has no name to ask for, so all topics of the group are asked for at once. */
function lagTriggers(application: ApplicationModel, lag: number, login: KedaLogin): Trigger[] {
  const topics = applicationReads(application);
  const exact = topics.every((topic) => !topic.endsWith('*'));
  const { consume, streams } = application;
  const reset = (consume?.config ?? {})['auto.offset.reset'] ?? (streams === undefined ? 'latest' : 'earliest');
  return (exact ? topics : [undefined]).map((topic) =>
    lagTrigger({
      serversVariable: 'KAFKA_BOOTSTRAP_SERVERS',
      group: applicationGroup(application)!,
      topic,
      lag,
      offsetReset: reset === 'earliest' ? 'earliest' : 'latest',
      login,
    }),
  );
}

function clientOf(model: EnvironmentModel, application: ApplicationModel): KedaClient {
  const principal = model.principals.find(({ name }) => name === application.principal);
  const client = {
    listener: applicationListener(model, application),
    container: 'application',
    userVariable: 'KAFKA_SASL_USERNAME',
  };
  return principal === undefined ? client : { ...client, ...principalLogin(model, principal) };
}
