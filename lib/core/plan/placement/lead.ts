import type { Tally } from './broker-load';
import type { BrokerSet } from './broker-set';
import { level } from './level';
import { LeaderSlots } from './leader-slots';
import type { Draft } from './replica-slots';

/** Who leads is counted in the topic first, then in all. */
export interface LeaderLoads {
  readonly topic: Tally;
  readonly cluster: Tally;
}

/** Puts the broker with the fewest leaders first, and counts it. `among`: brokers that hold the records already are preferred. */
export function lead({ replicas }: Draft, loads: LeaderLoads, among: readonly number[] = replicas): void {
  const { topic, cluster } = loads;
  let best: number | undefined;
  for (const broker of among) {
    if (broker < 0) continue;
    const order =
      best === undefined
        ? -1
        : topic.brokers[broker]! - topic.brokers[best]! || cluster.brokers[broker]! - cluster.brokers[best]!;
    if (order < 0) best = broker;
  }
  if (best === undefined) return;
  replicas.splice(0, replicas.length, best, ...replicas.filter((broker) => broker !== best));
  topic.add(best);
  if (cluster !== topic) cluster.add(best);
}

/** Evens out who leads these partitions; `leaders` counts them and all others. */
export function levelLeaders(brokers: BrokerSet, drafts: readonly Draft[], leaders: Tally): void {
  if (leaders.spread > 1) level(leaders.brokers, new LeaderSlots(brokers.size, drafts));
}
