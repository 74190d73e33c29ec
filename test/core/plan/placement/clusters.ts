import fc from 'fast-check';
import type { PartitionPlacement } from '../../../../lib/core/cluster';
import { BrokerLoad, planNewPartitions, type PlacementBroker } from '../../../../lib/core/plan/placement';

/** Racks by their number of brokers; ids have gaps and are not in the order of racks. */
export function clusterOf(racks: readonly number[]): PlacementBroker[] {
  const brokers: PlacementBroker[] = [];
  for (let place = 0; place < Math.max(0, ...racks); place++)
    for (const [rack, members] of racks.entries())
      if (place < members) brokers.push({ id: brokers.length * 3 + 1, rack: `rack-${rack}` });
  return brokers;
}

export const unracked = (size: number): PlacementBroker[] => Array.from({ length: size }, (_, id) => ({ id }));

/** 1 to 60 brokers: without racks, in racks of the same size, or in uneven racks. */
export const anyCluster: fc.Arbitrary<PlacementBroker[]> = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map(unracked),
  fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 10 }))
    .map(([racks, members]) => clusterOf(new Array<number>(racks).fill(members))),
  fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 6 }).map(clusterOf),
);

/** Racks of the same size, or none. */
export const evenCluster: fc.Arbitrary<PlacementBroker[]> = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map(unracked),
  fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 10 }))
    .map(([racks, members]) => clusterOf(new Array<number>(racks).fill(members))),
);

export const replicationFactorFor = (brokers: readonly PlacementBroker[]): fc.Arbitrary<number> =>
  fc.integer({ min: 1, max: Math.min(brokers.length, 5) });

/** Partitions as anybody may have left them: replicas anywhere, never two on one broker. */
export function scattered(
  brokers: readonly PlacementBroker[],
  replicationFactor: fc.Arbitrary<number>,
  maxPartitions = 80,
): fc.Arbitrary<PartitionPlacement[]> {
  const ids = brokers.map(({ id }) => id);
  return fc
    .array(
      replicationFactor.chain((factor) =>
        fc.shuffledSubarray(ids, { minLength: Math.min(factor, ids.length), maxLength: Math.min(factor, ids.length) }),
      ),
      { minLength: 1, maxLength: maxPartitions },
    )
    .map((all) =>
      all.map((replicas, index) => ({ topic: `t${index % 7}`, partition: Math.floor(index / 7), replicas })),
    );
}

/** Topics made one after another by the planner. */
export function planned(
  brokers: readonly PlacementBroker[],
  topics: readonly { readonly partitions: number; readonly replicationFactor: number }[],
): PartitionPlacement[] {
  const load = new BrokerLoad(brokers);
  return topics.flatMap(({ partitions: count, replicationFactor }, index) => {
    const placed = planNewPartitions({ load, existing: [], count, replicationFactor });
    for (const replicas of placed) load.add(replicas);
    return placed.map((replicas, partition) => ({ topic: `topic-${index}`, partition, replicas }));
  });
}

export function counts(
  brokers: readonly PlacementBroker[],
  partitions: readonly (readonly number[])[],
): { readonly replicas: ReadonlyMap<number, number>; readonly leaders: ReadonlyMap<number, number> } {
  const replicas = new Map(brokers.map(({ id }) => [id, 0]));
  const leaders = new Map(brokers.map(({ id }) => [id, 0]));
  for (const placed of partitions)
    for (const [position, id] of placed.entries()) {
      if (replicas.has(id)) replicas.set(id, replicas.get(id)! + 1);
      if (position === 0 && leaders.has(id)) leaders.set(id, leaders.get(id)! + 1);
    }
  return { replicas, leaders };
}

export function spread(values: ReadonlyMap<number, number>): number {
  return Math.max(...values.values()) - Math.min(...values.values());
}

/** How many replicas each rack has; a broker without one is a rack of its own. */
export function rackCounts(brokers: readonly PlacementBroker[], replicas: readonly number[]): number[] {
  const racks = new Map<string, number>();
  for (const { id, rack } of brokers) {
    const name = rack ?? String(id);
    racks.set(name, (racks.get(name) ?? 0) + Number(replicas.includes(id)));
  }
  return [...racks.values()];
}

/** Racks that have room hold at most one replica fewer than the fullest. */
export function expectApart(brokers: readonly PlacementBroker[], replicas: readonly number[]): void {
  const held = rackCounts(brokers, replicas);
  const room = rackCounts(
    brokers,
    brokers.map(({ id }) => id),
  );
  const most = Math.max(...held);
  for (const [rack, count] of held.entries())
    if (count < room[rack]! && count < most - 1) throw new Error(`racks hold ${held.join()} of ${replicas.join()}`);
}

export function expectDistinct(replicas: readonly number[]): void {
  expect(new Set(replicas).size).toBe(replicas.length);
}

export function apply(
  partitions: readonly PartitionPlacement[],
  moves: readonly { readonly topic: string; readonly partition: number; readonly to: readonly number[] }[],
): PartitionPlacement[] {
  const to = new Map(moves.map((move) => [`${move.topic}#${move.partition}`, move.to]));
  return partitions.map((placed) => ({
    ...placed,
    replicas: to.get(`${placed.topic}#${placed.partition}`) ?? placed.replicas,
  }));
}

/** Replicas that are copied. */
export function copied(moves: readonly { readonly from: readonly number[]; readonly to: readonly number[] }[]): number {
  return moves.reduce((sum, { from, to }) => sum + to.filter((broker) => !from.includes(broker)).length, 0);
}
