import type { EnvironmentModel, TopicModel } from '../model';
import { segmentsOf } from './segments';

/** What the declared load asks of each broker that is left after the loss that is to be survived. */
export interface Demand {
  /** Brokers that are left; the load and the data are theirs then. */
  readonly brokers: number;
  /** Data on each broker. */
  readonly diskBytes: number;
  /** Topics whose data grows without end under their load. */
  readonly endless: readonly string[];
  /** Produced and replicated bytes that arrive at each broker, which it writes to disk. */
  readonly inBytesPerSecond: number;
  /** Replicated and consumed bytes that leave each broker. */
  readonly outBytesPerSecond: number;
  /** Of these, what clients write and read. */
  readonly clientInBytesPerSecond: number;
  readonly clientOutBytesPerSecond: number;
  /** The topic that asks for the most disk. */
  readonly largest?: { readonly topic: string; readonly diskBytes: number };
}

/** Brokers that are left after the loss that the environment is to survive. */
export function brokersLeft(model: EnvironmentModel): number {
  const { brokerCount, racks } = model;
  switch (model.capacity.survive) {
    case 'nothing':
      return brokerCount;
    case 'node':
      return brokerCount - 1;
    case 'rack':
      return racks.length < 2 ? 0 : brokerCount - Math.ceil(brokerCount / racks.length);
  }
}

/**
 * The sizing formulas of AWS's guidance for MSK, which hold for any cluster: in = load x replicas; out = load x (replicas - 1 + groups);
 * disk = replicas x min(load x (retention + roll time), partitions x (retention size + segment)), spread over the brokers that are left.
 * A cluster with fewer brokers than replicas holds as many copies as there are brokers.
 */
export function demandOf(model: EnvironmentModel): Demand | undefined {
  const loaded = model.topics.filter((topic) => topic.load !== undefined);
  const brokers = brokersLeft(model);
  if (loaded.length === 0 || brokers < 1) return undefined;
  let [disk, incoming, outgoing, clientIn, clientOut] = [0, 0, 0, 0, 0];
  let largest: Demand['largest'];
  const endless: string[] = [];
  for (const topic of loaded) {
    const { produceBytesPerSecond: rate, consumerGroups } = topic.load!;
    const copies = Math.min(topic.replicationFactor, brokers);
    clientIn += rate;
    clientOut += rate * consumerGroups;
    incoming += rate * copies;
    outgoing += rate * (copies - 1 + consumerGroups);
    const kept = keptBytes(model, topic);
    if (kept === undefined) endless.push(topic.name);
    else {
      const bytes = (kept * copies) / brokers;
      disk += bytes;
      if (largest === undefined || bytes > largest.diskBytes) largest = { topic: topic.name, diskBytes: bytes };
    }
  }
  return {
    brokers,
    diskBytes: disk,
    endless,
    inBytesPerSecond: incoming / brokers,
    outBytesPerSecond: outgoing / brokers,
    clientInBytesPerSecond: clientIn / brokers,
    clientOutBytesPerSecond: clientOut / brokers,
    ...(largest === undefined ? {} : { largest }),
  };
}

/** What one copy of a topic grows to; undefined where nothing bounds it. Compaction is bounded by the keys, which are not known: 0. */
export function keptBytes(model: EnvironmentModel, topic: TopicModel): number | undefined {
  if (topic.cleanupPolicy.includes('compact')) return 0;
  const segments = segmentsOf(model, topic);
  const byTime =
    topic.retentionMs < 0
      ? Infinity
      : (topic.load!.produceBytesPerSecond * (topic.retentionMs + segments.closedAfterMs)) / 1000;
  const bySize =
    topic.retentionBytesPerPartition < 0
      ? Infinity
      : topic.partitions * (topic.retentionBytesPerPartition + segments.bytes);
  const kept = Math.min(byTime, bySize);
  return Number.isFinite(kept) ? kept : undefined;
}
