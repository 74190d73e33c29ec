import { gzipSync } from 'node:zlib';
import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import {
  adminCertificateName,
  connectName,
  secretName,
  shortHash,
  podDomain,
  REPLICATION_LISTENER,
  type EnvironmentModel,
} from '../../lib/core/model';
import { desiredState, type DesiredState } from '../../lib/core/plan';
import { bootstrapServers, renderProperties } from '../../lib/core/config';
import { ADMIN_LABEL, CONNECT_CLIENT_LABEL, objectLabels } from './labels';
import { addReconcilerNetworkPolicy } from './network-policies';
import { ADMIN_TLS, DESIRED, RECONCILE_CONFIG, USER_SECRETS } from './paths';
import { podSpec, type PodFile } from './pod';
import { serviceBootstrapServers } from './services';

/** An object of Kubernetes holds 1 MiB, as text: base64 makes four bytes of three. */
const PART_BYTES = 600 * 1024;
const MEMORY_MIB = 512;
/** A whole wave of moves ends within it, and what is left is for the next Job. */
const DEADLINE_SECONDS = 4 * 3600;
const GRACE_SECONDS = 60;

/**
 * Topics, users, access, quotas and connectors are made by a Job with the tools of the kit. Its name holds a hash of what is wanted: another
 * wish is another Job, and the same is none. Absent where the environment names no image with the tools.
 */
export function addReconcileJob(scope: Construct, model: EnvironmentModel): void {
  const { namespace, images } = model.spec.targets!.kubernetes!;
  if (images.tools === undefined) return;
  const desired = desiredState(model);
  const parts = desiredParts(desired);
  const hash = shortHash(JSON.stringify([desired, images.tools]), 10);
  const name = `${model.name}-reconcile-${hash}`;
  const labels = objectLabels(model, 'kafka-reconciler');
  const metadata = { namespace, labels };
  addReconcilerNetworkPolicy(scope, model);
  parts.forEach(
    (part, index) =>
      new k8s.KubeConfigMap(scope, `ConfigMap-${name}-${index}`, {
        metadata: { ...metadata, name: partName(name, index) },
        immutable: true,
        binaryData: { [partFile(index)]: part.toString('base64') },
      }),
  );
  new k8s.KubeConfigMap(scope, `ConfigMap-${name}`, {
    metadata: { ...metadata, name },
    immutable: true,
    data: { 'admin.properties': adminProperties(model) },
  });
  const spec = podSpec(model, {
    name: 'reconcile',
    image: images.tools,
    command: ['kdk', ...command(model)],
    env: [],
    ports: {},
    memoryMiB: MEMORY_MIB,
    files: files(model, desired, name, parts.length),
    claims: {},
    probes: {},
    terminationGracePeriodSeconds: GRACE_SECONDS,
    scheduling: {},
  });
  new k8s.KubeJob(scope, `Job-${name}`, {
    metadata: { ...metadata, name },
    spec: {
      backoffLimit: 6,
      activeDeadlineSeconds: DEADLINE_SECONDS,
      template: {
        metadata: {
          labels: {
            ...labels,
            [ADMIN_LABEL]: model.name,
            ...(model.connect === undefined ? {} : { [CONNECT_CLIENT_LABEL]: model.name }),
          },
        },
        spec: { ...spec, restartPolicy: 'Never' },
      },
    },
  });
}

function command(model: EnvironmentModel): string[] {
  const workers =
    model.connect === undefined
      ? []
      : ['--connect', `http://${podDomain(model.spec, connectName(model))}:${model.connect.restPort}`];
  const scram = model.listeners.find(({ authentication }) => authentication === 'scram-sha-512');
  return [
    'reconcile',
    DESIRED,
    ...(scram === undefined ? [] : ['--log-ins', serviceBootstrapServers(model, scram)]),
    '--command-config',
    `${RECONCILE_CONFIG}/admin.properties`,
    '--secrets',
    USER_SECRETS,
    // The pods of the brokers may still be on their way.
    '--wait',
    '15m',
    ...workers,
  ];
}

/** The administrator logs in on the replication listener with the certificate that was made for it. */
function adminProperties(model: EnvironmentModel): string {
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

function files(model: EnvironmentModel, desired: DesiredState, name: string, parts: number): PodFile[] {
  const users = [...new Set((desired.users?.users ?? []).map(({ secret }) => secret.secret))].sort();
  const admin = model.internalListeners!.replication.protocol === 'SSL' ? adminCertificateName(model) : undefined;
  return [
    { volume: { name: 'config', configMap: { name } }, mountPath: RECONCILE_CONFIG },
    {
      volume: {
        name: 'desired',
        projected: {
          sources: Array.from({ length: parts }, (_, index) => ({ configMap: { name: partName(name, index) } })),
        },
      },
      mountPath: DESIRED,
    },
    ...(admin === undefined
      ? []
      : [{ volume: { name: 'admin', secret: { secretName: admin, defaultMode: 0o440 } }, mountPath: ADMIN_TLS }]),
    // One volume for all: a pod with a volume for each of hundreds of users takes minutes to start.
    ...(users.length === 0
      ? []
      : [
          {
            volume: {
              name: 'users',
              projected: { defaultMode: 0o440, sources: userSources(model, desired, users) },
            },
            mountPath: USER_SECRETS,
          },
        ]),
  ];
}

function userSources(
  model: EnvironmentModel,
  desired: DesiredState,
  secrets: readonly string[],
): k8s.VolumeProjection[] {
  return secrets.map((secret) => {
    const keys = desired.users!.users.filter((user) => user.secret.secret === secret).map((user) => user.secret.key);
    return {
      secret: {
        name: secretName(model, secret),
        items: [...new Set(keys)].sort().map((key) => ({ key, path: `${secret}/${key}` })),
      },
    };
  });
}

/** Compressed, in as many pieces as objects are needed: some ten thousand topics fit into one. */
function desiredParts(desired: DesiredState): Buffer[] {
  const bytes = gzipSync(JSON.stringify(desired));
  // The system that compressed it stands here, and would make other bytes of the same state.
  bytes[9] = 255;
  return Array.from({ length: Math.ceil(bytes.length / PART_BYTES) }, (_, index) =>
    bytes.subarray(index * PART_BYTES, (index + 1) * PART_BYTES),
  );
}

function partName(job: string, index: number): string {
  return `${job}-desired-${index}`;
}

/** In the order of their names. */
function partFile(index: number): string {
  return `desired.json.gz.${String(index).padStart(3, '0')}`;
}
