import type { Tally } from './broker-load';
import type { BrokerSet } from './broker-set';

/** What is counted to find the emptiest broker: first what the topic has, so that a new broker is not given all of it, then all topics. */
export interface Loads {
  readonly topic: Tally;
  readonly cluster: Tally;
}

/**
 * The broker for one more replica of a partition that has these: in the rack with the fewest of them, of those the one with the
 * least of the topic for its size, and of their brokers the emptiest; of equals the first. Undefined where each has one.
 */
export function chooseBroker(brokers: BrokerSet, replicas: readonly number[], loads: Loads): number | undefined {
  const { topic, cluster } = loads;
  const counts = brokers.rackCounts(replicas);
  let best: number | undefined;
  let [bestCount, bestShare] = [Infinity, Infinity];
  for (const [rack, members] of brokers.racks.entries()) {
    const count = counts[rack]!;
    const share = topic.racks[rack]! / members.length;
    const order = count - bestCount || share - bestShare;
    if (best !== undefined && order > 0) continue;
    let found = best !== undefined && order === 0 ? best : undefined;
    for (const broker of members) {
      if (replicas.includes(broker)) continue;
      const better =
        found === undefined ||
        topic.brokers[broker]! < topic.brokers[found]! ||
        (topic.brokers[broker] === topic.brokers[found] && cluster.brokers[broker]! < cluster.brokers[found]!);
      if (better) found = broker;
    }
    if (found === undefined) continue;
    best = found;
    [bestCount, bestShare] = [count, share];
  }
  return best;
}
