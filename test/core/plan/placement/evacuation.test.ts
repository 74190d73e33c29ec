import fc from 'fast-check';
import { planEvacuation } from '../../../../lib/core/plan/placement';
import {
  anyCluster,
  apply,
  clusterOf,
  counts,
  expectDistinct,
  planned,
  rackCounts,
  replicationFactorFor,
  scattered,
  spread,
  unracked,
} from './clusters';

const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 150), seed: 20261125 };

describe('evacuating brokers', () => {
  test('moves every replica off them and no other, in any cluster', () => {
    const cases = anyCluster.chain((brokers) =>
      fc.record({
        brokers: fc.constant(brokers),
        partitions: scattered(brokers, replicationFactorFor(brokers)),
        leaving: fc.subarray(
          brokers.map(({ id }) => id),
          { minLength: 1 },
        ),
      }),
    );
    fc.assert(
      fc.property(cases, ({ brokers, partitions, leaving }) => {
        const { moves, stuck } = planEvacuation({ brokers, leaving, partitions });
        const stay = brokers.filter(({ id }) => !leaving.includes(id));
        for (const { from, to } of moves) {
          expect(to).toHaveLength(from.length);
          expectDistinct(to);
          expect(to.some((id) => leaving.includes(id))).toBe(false);
          const kept = from.filter((id) => !leaving.includes(id));
          expect(kept.every((id) => to.includes(id))).toBe(true);
          if (!leaving.includes(from[0]!)) expect(to[0]).toBe(from[0]);
          for (const id of to.filter((each) => !kept.includes(each))) expectInEmptiestRack(stay, to, id);
        }
        const moved = new Set(moves.map(({ topic, partition }) => `${topic}#${partition}`));
        const impossible = new Set(stuck.map(({ topic, partition }) => `${topic}#${partition}`));
        for (const { topic, partition, replicas } of partitions) {
          const touched = replicas.some((id) => leaving.includes(id));
          expect(moved.has(`${topic}#${partition}`) || impossible.has(`${topic}#${partition}`)).toBe(touched);
          if (impossible.has(`${topic}#${partition}`)) expect(replicas.length).toBeGreaterThan(stay.length);
        }
      }),
      runs,
    );
  });

  test.each([
    ['a broker', 1],
    ['a rack', 4],
  ])('leaves replicas and leaders of %s even over the others', (_, leavingCount) => {
    const brokers = clusterOf([4, 4, 4, 4]);
    const partitions = planned(brokers, [
      { partitions: 96, replicationFactor: 3 },
      { partitions: 48, replicationFactor: 3 },
    ]);
    const leaving = brokers.filter(({ rack }) => rack === 'rack-2').slice(0, leavingCount);
    const { moves, stuck } = planEvacuation({ brokers, leaving: leaving.map(({ id }) => id), partitions });
    const stay = brokers.filter((broker) => !leaving.includes(broker));
    const { replicas, leaders } = counts(
      stay,
      apply(partitions, moves).map((placed) => placed.replicas),
    );
    expect(stuck).toEqual([]);
    expect(spread(replicas)).toBeLessThanOrEqual(leavingCount === 4 ? 1 : 3);
    expect(spread(leaders)).toBeLessThanOrEqual(leavingCount === 4 ? 2 : 3);
  });

  test('lets a broker lead that has the records, where the leader goes', () => {
    const partitions = [{ topic: 'orders', partition: 0, replicas: [0, 1] }];
    expect(planEvacuation({ brokers: unracked(3), leaving: [0], partitions }).moves).toEqual([
      { topic: 'orders', partition: 0, from: [0, 1], to: [1, 2] },
    ]);
  });

  test('evacuates a broker that is down', () => {
    const partitions = [{ topic: 'orders', partition: 0, replicas: [99, 1] }];
    expect(planEvacuation({ brokers: unracked(3), leaving: [99], partitions }).moves).toEqual([
      { topic: 'orders', partition: 0, from: [99, 1], to: [1, 0] },
    ]);
  });

  test('names what cannot go anywhere', () => {
    const partitions = [
      { topic: 'orders', partition: 1, replicas: [0, 1, 2] },
      { topic: 'orders', partition: 0, replicas: [0, 1] },
    ];
    expect(planEvacuation({ brokers: unracked(3), leaving: [0], partitions })).toEqual({
      moves: [{ topic: 'orders', partition: 0, from: [0, 1], to: [1, 2] }],
      stuck: [{ topic: 'orders', partition: 1 }],
    });
  });
});

/** No rack with room has two replicas fewer than the one that a replica was put in. */
function expectInEmptiestRack(brokers: ReturnType<typeof unracked>, replicas: readonly number[], put: number): void {
  const held = rackCounts(brokers, replicas);
  const room = rackCounts(
    brokers,
    brokers.map(({ id }) => id),
  );
  const own = rackCounts(brokers, [put]).indexOf(1);
  for (const [rack, count] of held.entries())
    if (count < room[rack]!) expect(count).toBeGreaterThanOrEqual(held[own]! - 1);
}
