import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import {
  adminCertificateName,
  connectName,
  podDomain,
  REPLICATION_LISTENER,
  runsWorkers,
  serviceBootstrapServers,
  shortHash,
  type EnvironmentModel,
} from '../../lib/core/model';
import type { DesiredState } from '../../lib/core/plan';
import { bootstrapServers, renderProperties } from '../../lib/core/config';
import { ADMIN_LABEL, CONNECT_CLIENT_LABEL, objectLabels, type Labels } from './labels';
import { ADMIN_TLS, DESIRED, RECONCILE_CONFIG, USER_SECRETS } from './paths';
import { podSpec, type PodFile } from './pod';
import { userSecrets } from './user-secrets';

const MEMORY_MIB = 512;
/** It waits for the cluster most of the time. */
export const TOOLS_CPU = '100m';
const GRACE_SECONDS = 60;

/** A pod that a drain or a lost machine took away has not failed: it is made again, and nobody is told of drift that is none. */
export const DISRUPTED: k8s.PodFailurePolicyRule = {
  action: 'Ignore',
  onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
};

export interface ToolsPod {
  /** Name of the container. */
  readonly name: string;
  /** What follows `kdk`. */
  readonly command: readonly string[];
  readonly files: readonly PodFile[];
  /** Labels that open the doors it has to go through. */
  readonly labels: Labels;
}

/** A pod with the tools of the kit that ends when its work is done. Why it failed stands in its status, and so in `kubectl describe`. */
export function toolsPod(model: EnvironmentModel, { name, command, files, labels }: ToolsPod): k8s.PodTemplateSpec {
  const spec = podSpec(model, {
    name,
    image: model.spec.targets!.kubernetes!.images.tools!,
    command: ['kdk', ...command],
    env: [],
    ports: {},
    memoryMiB: MEMORY_MIB,
    cpu: { request: TOOLS_CPU },
    files,
    claims: {},
    probes: {},
    terminationGracePeriodSeconds: GRACE_SECONDS,
    scheduling: {},
  });
  return {
    metadata: { labels: { ...objectLabels(model, 'kafka-reconciler'), ...labels } },
    spec: { ...spec, restartPolicy: 'Never' },
  };
}

/** What the reconciler is told and mounts to speak to brokers as their administrator. */
export interface BrokersPart {
  readonly arguments: readonly string[];
  /** Of these, how it logs in at brokers. */
  readonly logIn: readonly string[];
  /** What that reads. */
  readonly administrator: readonly PodFile[];
  /** The passwords of users depend on what is wanted. */
  filesFor(desired: DesiredState): readonly PodFile[];
  readonly labels: Labels;
}

/** Absent where the brokers are elsewhere: whoever owns them there makes topics and access. */
export function addBrokersPart(scope: Construct, model: EnvironmentModel): BrokersPart | undefined {
  if (model.brokersElsewhere !== undefined) return undefined;
  const properties = adminProperties(model);
  const name = `${model.name}-admin-${shortHash(properties, 10)}`;
  new k8s.KubeConfigMap(scope, `ConfigMap-${name}`, {
    metadata: {
      name,
      namespace: model.spec.targets!.kubernetes!.namespace,
      labels: objectLabels(model, 'kafka-reconciler'),
    },
    immutable: true,
    data: { 'admin.properties': properties },
  });
  const scram = model.listeners.find(({ authentication }) => authentication === 'scram-sha-512');
  const logIn = ['--command-config', `${RECONCILE_CONFIG}/admin.properties`];
  const own: readonly PodFile[] = [
    { volume: { name: 'config', configMap: { name } }, mountPath: RECONCILE_CONFIG },
    ...administrator(model),
  ];
  return {
    logIn,
    administrator: own,
    arguments: [
      ...(scram === undefined ? [] : ['--log-ins', serviceBootstrapServers(model, scram)]),
      ...logIn,
      '--secrets',
      USER_SECRETS,
    ],
    filesFor: (desired) => [...own, ...userSecrets(model, desired)],
    labels: { [ADMIN_LABEL]: model.name },
  };
}

export type ConnectPart = Pick<BrokersPart, 'arguments' | 'labels'>;

/** What it is told to speak to the workers of Connect; absent where none are rendered. */
export function connectPart(model: EnvironmentModel): ConnectPart | undefined {
  if (!runsWorkers(model)) return undefined;
  const url = `http://${podDomain(model.spec, connectName(model))}:${model.connect!.restPort}`;
  return { arguments: ['--connect', url], labels: { [CONNECT_CLIENT_LABEL]: model.name } };
}

export const RECONCILE: readonly string[] = ['reconcile', DESIRED];

/** The administrator logs in on the replication listener with the certificate that was made for it. */
export function adminProperties(model: EnvironmentModel): string {
  const tls = model.internalListeners!.replication.protocol === 'SSL';
  return renderProperties([
    ['bootstrap.servers', bootstrapServers(model, REPLICATION_LISTENER)],
    ['security.protocol', model.internalListeners!.replication.protocol],
    ...(tls
      ? ([
          ['ssl.keystore.type', 'PEM'],
          ['ssl.keystore.key', `\${dir:${ADMIN_TLS}:tls.key}`],
          ['ssl.keystore.certificate.chain', `\${dir:${ADMIN_TLS}:tls.crt}`],
          ['ssl.truststore.type', 'PEM'],
          ['ssl.truststore.certificates', `\${dir:${ADMIN_TLS}:ca.crt}`],
        ] as const)
      : []),
  ]);
}

function administrator(model: EnvironmentModel): PodFile[] {
  if (model.internalListeners!.replication.protocol !== 'SSL') return [];
  const volume = { name: 'admin', secret: { secretName: adminCertificateName(model), defaultMode: 0o440 } };
  return [{ volume, mountPath: ADMIN_TLS }];
}
