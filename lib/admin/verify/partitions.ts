import type { EnvironmentModel } from '../../core/model';
import type { TopicDescription } from '../port';
import { count, listSome, ok, warning, wrong, type VerifyCheck } from './check';

export interface PartitionHealth {
  readonly total: number;
  /** `topic-partition` without a leader: nothing can be written or read. */
  readonly offline: readonly string[];
  /** Fewer replicas in sync than min ISR: writing with acks=all is refused. */
  readonly underMinIsr: readonly string[];
  /** Fewer replicas in sync than there should be. */
  readonly underReplicated: readonly string[];
}

export type MinIsrOf = (topic: string) => number;

export function partitionHealth(topics: readonly TopicDescription[], minIsrOf: MinIsrOf): PartitionHealth {
  const health = { total: 0, offline: [] as string[], underMinIsr: [] as string[], underReplicated: [] as string[] };
  for (const { name, partitions } of topics) {
    health.total += partitions.length;
    for (const { partition, leader, isr, replicas } of partitions) {
      const label = `${name}-${partition}`;
      if (leader < 0) health.offline.push(label);
      if (isr.length < minIsrOf(name)) health.underMinIsr.push(label);
      if (isr.length < replicas.length) health.underReplicated.push(label);
    }
  }
  return health;
}

/** Declared topics say their own min ISR; others, Kafka's internal ones above all, have that of the brokers. */
export function declaredMinIsr(model: EnvironmentModel): MinIsrOf {
  const declared = new Map(model.topics.map(({ name, minInSyncReplicas }) => [name, minInSyncReplicas]));
  const fallback = Number(model.brokerConfig.get('min.insync.replicas')?.value ?? 1);
  return (topic) => declared.get(topic) ?? fallback;
}

export function isHealthy(health: PartitionHealth): boolean {
  return health.offline.length + health.underMinIsr.length + health.underReplicated.length === 0;
}

export function checkPartitions(health: PartitionHealth): VerifyCheck[] {
  const of = `of ${count(health.total, 'partition')}`;
  const seen = (id: string, partitions: readonly string[]) => ({
    id,
    evidence: partitions.length === 0 ? `none ${of}` : `${partitions.length} ${of}: ${listSome(partitions)}`,
  });
  const offline = seen('PARTITIONS-OFFLINE', health.offline);
  const minIsr = seen('PARTITIONS-UNDER-MIN-ISR', health.underMinIsr);
  const replicated = seen('PARTITIONS-UNDER-REPLICATED', health.underReplicated);
  return [
    health.offline.length === 0
      ? ok(offline)
      : wrong(offline, 'Start the brokers that hold their replicas; they can neither be written nor read.'),
    health.underMinIsr.length === 0
      ? ok(minIsr)
      : wrong(minIsr, 'Start the brokers that hold their replicas; producers with acks=all are refused.'),
    health.underReplicated.length === 0
      ? ok(replicated)
      : warning(replicated, 'Wait until the replicas have caught up; if they do not, look for a broker that is down.'),
  ];
}
