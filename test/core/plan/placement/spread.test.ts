import fc from 'fast-check';
import { planSpread } from '../../../../lib/core/plan/placement';
import {
  anyCluster,
  apply,
  clusterOf,
  copied,
  counts,
  evenCluster,
  expectApart,
  expectDistinct,
  planned,
  replicationFactorFor,
  scattered,
  spread,
  unracked,
} from './clusters';

const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 150), seed: 20261125 };

describe('spreading over brokers', () => {
  test('keeps every copy on a broker of its own and racks apart, and is done the second time, in any cluster', () => {
    const cases = anyCluster.chain((brokers) =>
      fc.record({ brokers: fc.constant(brokers), partitions: scattered(brokers, replicationFactorFor(brokers)) }),
    );
    fc.assert(
      fc.property(cases, ({ brokers, partitions }) => {
        const moves = planSpread({ brokers, partitions });
        const after = apply(partitions, moves);
        for (const [index, { replicas }] of after.entries()) {
          expect(replicas).toHaveLength(partitions[index]!.replicas.length);
          expectDistinct(replicas);
          expectApart(brokers, replicas);
        }
        expect(planSpread({ brokers, partitions: after })).toEqual([]);
        expect(planSpread({ brokers: [...brokers].reverse(), partitions: [...partitions].reverse() })).toEqual(moves);
      }),
      runs,
    );
  });

  test('evens out replicas and leaders, give or take one, where racks are even', () => {
    const cases = evenCluster.chain((brokers) =>
      replicationFactorFor(brokers).chain((factor) =>
        fc.record({ brokers: fc.constant(brokers), partitions: scattered(brokers, fc.constant(factor)) }),
      ),
    );
    fc.assert(
      fc.property(cases, ({ brokers, partitions }) => {
        const after = apply(partitions, planSpread({ brokers, partitions })).map(({ replicas }) => replicas);
        const { replicas, leaders } = counts(brokers, after);
        expect(spread(replicas)).toBeLessThanOrEqual(1);
        expect(spread(leaders)).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  test('copies no more replicas than the fullest brokers have too many, or the emptiest too few', () => {
    const cases = fc.integer({ min: 2, max: 60 }).chain((size) => {
      const brokers = unracked(size);
      return fc.record({
        brokers: fc.constant(brokers),
        partitions: scattered(brokers, replicationFactorFor(brokers)),
      });
    });
    fc.assert(
      fc.property(cases, ({ brokers, partitions }) => {
        const held = [
          ...counts(
            brokers,
            partitions.map(({ replicas }) => replicas),
          ).replicas.values(),
        ];
        const mean = held.reduce((sum, each) => sum + each, 0) / brokers.length;
        const sum = (each: (count: number) => number): number =>
          held.reduce((all, count) => all + Math.max(0, each(count)), 0);
        const least = Math.max(
          sum((count) => count - Math.ceil(mean)),
          sum((count) => Math.floor(mean) - count),
        );
        expect(copied(planSpread({ brokers, partitions }))).toBe(least);
      }),
      runs,
    );
  });

  test('gives new brokers their share of replicas, leaders and topics', () => {
    const brokers = clusterOf([3, 3, 3]);
    const partitions = planned(
      brokers.slice(0, 6),
      Array.from({ length: 30 }, () => ({ partitions: 12, replicationFactor: 3 })),
    );
    const moves = planSpread({ brokers, partitions });
    const after = apply(partitions, moves);
    const { replicas, leaders } = counts(
      brokers,
      after.map((placed) => placed.replicas),
    );
    expect([...replicas.values()]).toEqual(new Array(9).fill(120));
    expect([...leaders.values()]).toEqual(new Array(9).fill(40));
    expect(copied(moves)).toBe(360);
    const topicsOfNew = new Set(
      after.filter((placed) => placed.replicas.includes(brokers[8]!.id)).map(({ topic }) => topic),
    );
    expect(topicsOfNew.size).toBeGreaterThan(25);
  });

  test('takes replicas of one rack apart', () => {
    const brokers = clusterOf([2, 2, 2]);
    const partitions = [{ topic: 'orders', partition: 0, replicas: [1, 10, 4] }];
    expect(planSpread({ brokers, partitions })).toEqual([
      { topic: 'orders', partition: 0, from: [1, 10, 4], to: [1, 7, 4] },
    ]);
  });

  test('leaves replicas alone that are on brokers that are down', () => {
    const partitions = [0, 1, 2].map((partition) => ({ topic: 'orders', partition, replicas: [99] }));
    expect(planSpread({ brokers: unracked(3), partitions })).toEqual([]);
  });

  // 1.1 s of CPU time; what matters here is that the result is right at this size.
  test('takes 10,000 topics with 12 partitions from 50 brokers to 60', () => {
    const brokers = clusterOf([20, 20, 20]);
    const partitions = planned(
      brokers.slice(0, 51),
      Array.from({ length: 10_000 }, () => ({ partitions: 12, replicationFactor: 3 })),
    );
    const moves = planSpread({ brokers, partitions });
    const { replicas, leaders } = counts(
      brokers,
      apply(partitions, moves).map((placed) => placed.replicas),
    );
    expect([...replicas.values()]).toEqual(new Array(60).fill(6_000));
    expect([...leaders.values()]).toEqual(new Array(60).fill(2_000));
    expect(copied(moves)).toBe(9 * 6_000);
  }, 60_000);
});
