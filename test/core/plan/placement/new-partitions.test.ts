import fc from 'fast-check';
import { BrokerLoad, planNewPartitions } from '../../../../lib/core/plan/placement';
import {
  anyCluster,
  clusterOf,
  counts,
  evenCluster,
  expectApart,
  expectDistinct,
  replicationFactorFor,
  scattered,
  spread,
  unracked,
} from './clusters';

const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 150), seed: 20261125 };

describe('new partitions', () => {
  test('are on as many brokers as asked for, apart over the racks, in any cluster', () => {
    const cases = anyCluster.chain((brokers) =>
      fc.record({
        brokers: fc.constant(brokers),
        held: scattered(brokers, replicationFactorFor(brokers)),
        count: fc.integer({ min: 1, max: 70 }),
        replicationFactor: replicationFactorFor(brokers),
      }),
    );
    fc.assert(
      fc.property(cases, ({ brokers, held, count, replicationFactor }) => {
        const load = new BrokerLoad(
          brokers,
          held.map(({ replicas }) => replicas),
        );
        const own = held.filter(({ topic }) => topic === 't0').map(({ replicas }) => replicas);
        const request = { load, existing: own, count, replicationFactor };
        const placed = planNewPartitions(request);
        expect(placed).toHaveLength(count);
        for (const replicas of placed) {
          expect(replicas).toHaveLength(replicationFactor);
          expectDistinct(replicas);
          expectApart(brokers, replicas);
          for (const id of replicas) expect(brokers.some((broker) => broker.id === id)).toBe(true);
        }
        expect(planNewPartitions(request)).toEqual(placed);
        expect(
          planNewPartitions({
            ...request,
            load: new BrokerLoad(
              [...brokers].reverse(),
              held.map((p) => p.replicas),
            ),
          }),
        ).toEqual(placed);
      }),
      runs,
    );
  });

  test('give every broker the same number of replicas and of leaders, give or take one, where racks are even', () => {
    const cases = evenCluster.chain((brokers) =>
      fc.record({
        brokers: fc.constant(brokers),
        sizes: fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 4 }),
        replicationFactor: replicationFactorFor(brokers),
      }),
    );
    fc.assert(
      fc.property(cases, ({ brokers, sizes, replicationFactor }) => {
        const load = new BrokerLoad(brokers);
        const existing: number[][] = [];
        for (const count of sizes) {
          const placed = planNewPartitions({ load, existing, count, replicationFactor });
          for (const replicas of placed) load.add(replicas);
          existing.push(...placed);
          const { replicas, leaders } = counts(brokers, existing);
          expect(spread(replicas)).toBeLessThanOrEqual(1);
          expect(spread(leaders)).toBeLessThanOrEqual(1);
        }
      }),
      runs,
    );
  });

  test('go to the brokers that hold the least of other topics, where the topic itself does not decide', () => {
    const load = new BrokerLoad(unracked(4), [
      [0, 1],
      [0, 1],
      [1, 0],
    ]);
    expect(planNewPartitions({ load, existing: [], count: 2, replicationFactor: 1 })).toEqual([[2], [3]]);
  });

  test('are spread over a topic before a new broker is filled', () => {
    const load = new BrokerLoad(
      unracked(3),
      Array.from({ length: 50 }, (_, index) => [index % 2]),
    );
    const placed = planNewPartitions({ load, existing: [], count: 6, replicationFactor: 1 });
    expect([...counts(unracked(3), placed).replicas.values()]).toEqual([2, 2, 2]);
  });

  test('fill the one broker of a small rack no more than racks ask for', () => {
    const brokers = clusterOf([1, 3, 3]);
    const placed = planNewPartitions({ load: new BrokerLoad(brokers), existing: [], count: 21, replicationFactor: 2 });
    expect([...counts(brokers, placed).replicas.values()]).toEqual([6, 6, 6, 6, 6, 6, 6]);
    for (const replicas of placed) expectApart(brokers, replicas);
  });

  test('fails where there are fewer brokers than replicas', () => {
    const load = new BrokerLoad(unracked(2));
    expect(() => planNewPartitions({ load, existing: [], count: 1, replicationFactor: 3 })).toThrow(
      'there are too few brokers, got 2 for replication factor 3; each replica is on a broker of its own.',
    );
  });
});
