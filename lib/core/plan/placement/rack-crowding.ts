import type { BrokerSet } from './broker-set';

/**
 * Whether a rack holds two replicas of a partition more than another rack that could take one. Undefined where the rack of a replica is
 * not known, since its broker is down.
 */
export function isCrowded(brokers: BrokerSet, replicas: readonly number[]): boolean | undefined {
  const indexes = replicas.map((id) => brokers.index(id));
  if (indexes.some((index) => index < 0)) return undefined;
  const counts = brokers.rackCounts(indexes);
  const crowd = Math.max(0, ...counts);
  return brokers.racks.some((members, rack) => counts[rack]! <= crowd - 2 && counts[rack]! < members.length);
}
