import type { EnvironmentSpec, MirrorSpec } from '../spec';
import { durationMs, MIB, sizeBytes } from '../units';
import { workersOf } from './connect';
import type { Settler } from './explain';
import { bootstrapServiceName } from './kubernetes-names';
import { bootstrapName, iamRoleArn, podsElsewhere } from './pods';
import type { MirrorMakerModel, MirrorModel, MirrorSourceModel } from './mirror-model';
import type { EnvironmentModel, ListenerModel } from './model';
import { podDomain } from './targets/kubernetes';

/** Environments that mirrors copy from, by name. */
export type Environments = ReadonlyMap<string, EnvironmentModel>;

/** Targets whose mirrors can be pods of another environment. A laptop's brokers cannot be reached from there. */
const WITH_PODS_ELSEWHERE: readonly EnvironmentSpec['target'][] = [
  'msk',
  'msk-serverless',
  'ec2',
  'hosts',
  'kubernetes',
];

/**
 * The mirrors that workers run: beside the brokers on Kubernetes, else as pods of the environment that `connect.runtime` names. On Amazon
 * MSK those with a source under `replicator` are the service's.
 */
export function workersMirrors(spec: EnvironmentSpec): (readonly [name: string, mirror: MirrorSpec])[] {
  const { target, targets, mirrors = {} } = spec;
  const here = target === 'kubernetes';
  if (!here && (podsElsewhere(spec) === undefined || !WITH_PODS_ELSEWHERE.includes(target))) return [];
  const replicated =
    target === 'msk' || target === 'msk-serverless' ? (targets?.[target]?.replicator?.sources ?? {}) : {};
  return Object.entries(mirrors).filter(([name]) => !(name in replicated));
}

/** Mirrors that workers run; undefined where a service runs them, or there are none. */
export function resolveMirrors(
  spec: EnvironmentSpec,
  metrics: boolean,
  environments: Environments,
  settler: Settler,
): MirrorMakerModel | undefined {
  const mirrors = workersMirrors(spec);
  if (mirrors.length === 0) return undefined;
  const elsewhere = podsElsewhere(spec);
  const own = elsewhere === undefined ? spec.targets?.kubernetes?.mirrorMaker : spec.pods?.kubernetes.mirrorMaker;
  const { replicas, memory, config = {} } = own ?? {};
  // Of pods elsewhere the listener and the role stand with the brokers, whose rights and policies go by them.
  const { listener, iamRole } = (elsewhere === undefined ? own : spec.connect) ?? {};
  const at = (key: string): string[] => ['targets', 'kubernetes', 'mirrorMaker', key];
  const memoryMiB = settler.settle(
    at('memory'),
    memory === undefined ? undefined : Math.floor(sizeBytes(memory) / MIB),
    () => 2048,
    'room for the batches of a few mirrors',
  );
  return {
    workers: {
      ...workersOf(spec, metrics, memoryMiB),
      group: 'mirror',
      ...(elsewhere === undefined ? {} : { environment: elsewhere }),
      replicas: settler.settle(
        at('replicas'),
        replicas,
        () => 2,
        'the mirrors of a worker that is lost go on on another',
      ),
    },
    ...(listener === undefined ? {} : { listener }),
    ...(iamRole === undefined ? {} : { iamRole }),
    config: texts(config),
    mirrors: mirrors.map(([name, mirror]): MirrorModel => ({
      name,
      alias: mirror.source.environment ?? name,
      topics: mirror.topics,
      groups: mirror.groups ?? ['*'],
      identicalNames: mirror.topicNaming === 'identical',
      tasksMax: mirror.tasksMax ?? 1,
      state: mirror.state ?? 'running',
      ...(mirror.deleted === undefined ? {} : { deleted: mirror.deleted.reason }),
      exactlyOnce: mirror.deliveryGuarantee !== 'at-least-once',
      maxLagMs: durationMs(mirror.maxTimeLag ?? DEFAULT_MIRROR_LAG),
      config: texts(mirror.config ?? {}),
      source: sourceOf(mirror.source, environments.get(mirror.source.environment ?? '')),
    })),
  };
}

/** How late records of a mirror may be: longer than it takes to catch up after workers were restarted. */
export const DEFAULT_MIRROR_LAG = '15m';

/** The listener of another environment that a mirror reads from: that of its principal, else the one that is named, else the first. */
export function sourceListener(source: MirrorSpec['source'], other: EnvironmentModel): ListenerModel | undefined {
  const principal = other.principals.find(({ name }) => name === source.principal);
  const wanted = principal?.listener ?? source.listener;
  return wanted === undefined ? other.listeners[0] : other.listeners.find(({ name }) => name === wanted);
}

function sourceOf(source: MirrorSpec['source'], other: EnvironmentModel | undefined): MirrorSourceModel {
  const own = {
    ...(source.secret === undefined ? {} : { secret: source.secret }),
    ...(source.rack === undefined ? {} : { rack: source.rack }),
  };
  const listener = other === undefined ? undefined : sourceListener(source, other);
  if (other === undefined || listener === undefined) {
    const authentication = source.authentication ?? 'none';
    const sasl = authentication !== 'none' && authentication !== 'mtls';
    const tls = source.encryption !== 'none';
    return {
      ...own,
      ...(source.iamRole === undefined ? {} : { roleArn: source.iamRole }),
      bootstrapServers: source.bootstrapServers ?? '',
      authentication,
      protocol: sasl ? (tls ? 'SASL_SSL' : 'SASL_PLAINTEXT') : tls ? 'SSL' : 'PLAINTEXT',
      username: source.username ?? '',
      ownAuthority: tls && authentication !== 'iam' && source.authority !== 'public',
    };
  }
  const principal = other.principals.find(({ name }) => name === source.principal);
  const tls = listener.protocol.endsWith('SSL');
  const role = principal === undefined ? undefined : other.spec.principals?.[principal.name]?.iamRole;
  const roleArn = role === undefined ? undefined : iamRoleArn(other, role);
  return {
    ...own,
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(other.managedBy === 'service' ? { bootstrap: { configMap: bootstrapName(other), key: listener.name } } : {}),
    bootstrapServers: serversOf(other, listener),
    authentication: listener.authentication,
    protocol: listener.protocol,
    username: source.username ?? principal?.users[0]?.name ?? principal?.name ?? '',
    ownAuthority: tls && (source.authority ?? (other.managedBy === 'service' ? 'public' : 'secret')) === 'secret',
  };
}

/** Empty for a service, which makes up its addresses. */
function serversOf(other: EnvironmentModel, listener: ListenerModel): string {
  const outside = (listener.external?.bootstrap ?? []).map(({ host, port }) => `${host}:${port}`).join(',');
  if (outside !== '') return outside;
  if (other.target === 'kubernetes')
    return `${podDomain(other.spec, bootstrapServiceName(other, listener))}:${listener.port}`;
  return other.nodes
    .flatMap(({ host, ports }) => {
      const port = ports[listener.kafkaName];
      return port === undefined ? [] : [`${host}:${port}`];
    })
    .join(',');
}

function texts(values: Readonly<Record<string, string | number | boolean>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
