import { mskInstanceType } from '../capacity';
import type { Path } from '../issue';
import { shortHash } from '../model/kafka-uuid';
import type { EnvironmentModel } from '../model/model';
import type { EnvironmentSpec } from '../spec';
import { GIB } from '../units';

/** The requests of Amazon MSK that change a provisioned cluster; each is an operation of its own, and the cluster carries out one at a time. */
export type MskOperation =
  'storage' | 'storage-mode' | 'broker-size' | 'broker-count' | 'software' | 'security' | 'monitoring' | 'rebalancing';

/** One property of a provisioned cluster that can be changed later, as the lock keeps it. */
export interface MskFact {
  /** Its name in the lock; never changes once released. */
  readonly name: string;
  /** What changes it. */
  readonly operation: MskOperation;
  /** As text. Undefined where the cluster has no such thing. */
  readonly value: (model: EnvironmentModel) => string | undefined;
  /** Where it is written. */
  readonly path: (model: EnvironmentModel) => Path;
}

const setting =
  (name: string): MskFact['path'] =>
  () => ['targets', 'msk', name];

/**
 * What `kdk lock` keeps of a cluster on provisioned MSK. A property more is a line more here; rules read the table. Source: Amazon MSK API
 * reference, UpdateBrokerCount, UpdateBrokerType, UpdateBrokerStorage, UpdateStorage, UpdateClusterKafkaVersion (which takes a configuration
 * too), UpdateClusterConfiguration, UpdateMonitoring (which takes logs too), UpdateSecurity, UpdateRebalancing, read 2026-11-26.
 */
export const MSK_FACTS: readonly MskFact[] = [
  {
    name: 'volumeSize',
    operation: 'storage',
    value: (model) => {
      const bytes = brokerPool(model)?.volumeBytes[0];
      return bytes === undefined || isExpress(model) ? undefined : `${Math.ceil(bytes / GIB)}GiB`;
    },
    path: (model) => ['nodePools', brokerPool(model)?.name ?? 'brokers', 'volumes', 0, 'size'],
  },
  {
    name: 'provisionedThroughput',
    operation: 'storage',
    value: ({ spec }) => spec.targets?.msk?.provisionedThroughput,
    path: setting('provisionedThroughput'),
  },
  {
    name: 'storageMode',
    operation: 'storage-mode',
    value: (model) => (isExpress(model) ? undefined : (model.spec.targets?.msk?.storageMode ?? 'local')),
    path: setting('storageMode'),
  },
  {
    name: 'instanceType',
    operation: 'broker-size',
    value: ({ spec }) => mskInstanceType(spec.targets?.msk?.brokerType, spec.targets?.msk?.instanceType),
    path: setting('instanceType'),
  },
  {
    name: 'brokers',
    operation: 'broker-count',
    value: ({ brokerCount }) => String(brokerCount),
    path: (model) => ['nodePools', brokerPool(model)?.name ?? 'brokers', 'replicas'],
  },
  {
    name: 'kafkaVersion',
    operation: 'software',
    value: ({ kafka }) => kafka.version,
    path: () => ['kafka', 'version'],
  },
  {
    name: 'configuration',
    operation: 'software',
    value: ({ brokerConfig }) => {
      const options = [...brokerConfig].map(([option, { value }]) => `${option}=${value}`).sort();
      return shortHash(options.join('\n'), 12);
    },
    path: () => ['kafka', 'config'],
  },
  {
    name: 'authentications',
    operation: 'security',
    value: ({ listeners }) =>
      [...new Set(listeners.map(({ authentication }) => authentication))].sort().join(',') || undefined,
    path: () => ['listeners'],
  },
  {
    name: 'certificateAuthorities',
    operation: 'security',
    value: ({ spec }) => [...(spec.targets?.msk?.certificateAuthorities ?? [])].sort().join(',') || undefined,
    path: setting('certificateAuthorities'),
  },
  {
    name: 'monitoringLevel',
    operation: 'monitoring',
    value: ({ spec }) => spec.targets?.msk?.monitoringLevel ?? 'PER_BROKER',
    path: setting('monitoringLevel'),
  },
  {
    name: 'exporters',
    operation: 'monitoring',
    value: ({ spec, metrics }) =>
      metrics.enabled ? [...(spec.targets?.msk?.exporters ?? ['jmx', 'node'])].sort().join(',') : undefined,
    path: ({ spec }) =>
      spec.targets?.msk?.exporters === undefined ? ['monitoring', 'metrics'] : ['targets', 'msk', 'exporters'],
  },
  {
    name: 'brokerLogs',
    operation: 'monitoring',
    value: ({ spec }) => destinations(spec.targets?.msk?.brokerLogs),
    path: setting('brokerLogs'),
  },
  {
    name: 'authorizerLogs',
    operation: 'monitoring',
    value: ({ spec }) => destinations(spec.targets?.msk?.authorizerLogs),
    path: setting('authorizerLogs'),
  },
  {
    name: 'rebalancing',
    operation: 'rebalancing',
    value: (model) => (isExpress(model) ? (model.spec.targets?.msk?.rebalancing ?? 'ACTIVE') : undefined),
    path: setting('rebalancing'),
  },
];

/** The lock keeps it where the cluster has no such thing, so that a name that is missing there is one that an older kit did not know. */
const NOTHING = 'none';

/** By name. Undefined where it is no provisioned cluster. */
export function mskFacts(model: EnvironmentModel): Record<string, string> | undefined {
  if (model.target !== 'msk') return undefined;
  return Object.fromEntries(MSK_FACTS.map(({ name, value }) => [name, value(model) ?? NOTHING]));
}

export interface ChangedMskFact {
  readonly fact: MskFact;
  /** `none` where there was, or is to be, no such thing. */
  readonly from: string;
  readonly to: string;
}

/** Facts that the lock has otherwise, in the order of the table. One that it does not have is not compared. */
export function changedMskFacts(model: EnvironmentModel): ChangedMskFact[] {
  const now = mskFacts(model);
  const locked = model.lock?.cluster;
  if (now === undefined || locked === undefined) return [];
  return MSK_FACTS.flatMap((fact) => {
    const [from, to] = [locked[fact.name], now[fact.name]!];
    return from === undefined || from === to ? [] : [{ fact, from, to }];
  });
}

function brokerPool({ pools }: EnvironmentModel) {
  return pools.find(({ roles }) => roles.includes('broker'));
}

function isExpress({ spec }: EnvironmentModel): boolean {
  return spec.targets?.msk?.brokerType === 'express';
}

type Logs = NonNullable<NonNullable<EnvironmentSpec['targets']>['msk']>['brokerLogs'];

/** How long a log group keeps events is no setting of the cluster. */
function destinations(logs: Logs): string | undefined {
  if (logs === undefined) return 'cloudWatch';
  const { cloudWatch, s3, firehose } = logs;
  const texts = [
    ...(cloudWatch === undefined ? [] : ['cloudWatch']),
    ...(s3 === undefined ? [] : [`s3:${s3.bucket}/${s3.prefix ?? ''}`]),
    ...(firehose === undefined ? [] : [`firehose:${firehose.deliveryStream}`]),
  ];
  return texts.join(',') || undefined;
}
