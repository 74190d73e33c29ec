import fc from 'fast-check';
import { BrokerLoad, planReplicationFactor } from '../../../../lib/core/plan/placement';
import {
  anyCluster,
  apply,
  clusterOf,
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
const loadOf = (
  brokers: Parameters<typeof planned>[0],
  partitions: readonly { readonly replicas: readonly number[] }[],
) =>
  new BrokerLoad(
    brokers,
    partitions.map(({ replicas }) => replicas),
  );

describe('a replication factor', () => {
  test('is raised or cut by adding or taking copies alone, in any cluster', () => {
    const cases = anyCluster.chain((brokers) =>
      fc.record({
        brokers: fc.constant(brokers),
        partitions: scattered(brokers, replicationFactorFor(brokers)),
        replicationFactor: replicationFactorFor(brokers),
      }),
    );
    fc.assert(
      fc.property(cases, ({ brokers, partitions, replicationFactor }) => {
        const own = partitions.filter(({ topic }) => topic === 't0');
        const request = { load: loadOf(brokers, partitions), partitions: own, replicationFactor };
        const moves = planReplicationFactor(request);
        expect(moves.map(({ partition }) => partition)).toEqual(
          own.filter(({ replicas }) => replicas.length !== replicationFactor).map(({ partition }) => partition),
        );
        for (const { from, to } of moves) {
          expect(to).toHaveLength(replicationFactor);
          expectDistinct(to);
          expect(to[0]).toBe(from[0]);
          const [fewer, more] = from.length < to.length ? [from, to] : [to, from];
          expect(fewer.every((id) => more.includes(id))).toBe(true);
        }
        expect(planReplicationFactor(request)).toEqual(moves);
      }),
      runs,
    );
  });

  test('never takes the only copy that has every acknowledged record, though its broker is down', () => {
    const brokers = [1, 2].map((id) => ({ id }));
    const partitions = [{ partition: 0, replicas: [9, 1, 2], isr: [9] }];
    const moves = planReplicationFactor({ load: loadOf(brokers, partitions), partitions, replicationFactor: 2 });
    expect(moves[0]!.to).toContain(9);
    const [single] = planReplicationFactor({ load: loadOf(brokers, partitions), partitions, replicationFactor: 1 });
    expect(single!.to).toEqual([9]);
  });

  test('leaves racks and leaders even where they were, and brokers where it is raised', () => {
    const cases = evenCluster.chain((brokers) =>
      fc.record({
        brokers: fc.constant(brokers),
        partitions: fc.integer({ min: 1, max: 80 }),
        from: replicationFactorFor(brokers),
        to: replicationFactorFor(brokers),
      }),
    );
    fc.assert(
      fc.property(cases, ({ brokers, partitions, from, to }) => {
        const before = planned(brokers, [{ partitions, replicationFactor: from }]);
        const moves = planReplicationFactor({
          load: loadOf(brokers, before),
          partitions: before,
          replicationFactor: to,
        });
        const after = apply(
          before,
          moves.map((move) => ({ ...move, topic: 'topic-0' })),
        ).map(({ replicas }) => replicas);
        for (const replicas of after) expectApart(brokers, replicas);
        if (to > from) expect(spread(counts(brokers, after).replicas)).toBeLessThanOrEqual(1);
        expect(spread(counts(brokers, after).leaders)).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  test('that is cut gives up brokers that are down, then replicas that lag, then crowded racks', () => {
    const brokers = clusterOf([2, 2]);
    expect(brokers.map(({ id, rack }) => `${id} ${rack}`)).toEqual(['1 rack-0', '4 rack-1', '7 rack-0', '10 rack-1']);
    const cut = (replicas: number[], isr: number[], replicationFactor: number) =>
      planReplicationFactor({
        load: loadOf(brokers, []),
        partitions: [{ partition: 0, replicas, isr }],
        replicationFactor,
      })[0]!.to;
    expect(cut([99, 1, 4], [1, 4], 2)).toEqual([1, 4]);
    expect(cut([1, 4, 10], [4, 10], 2)).toEqual([4, 10]);
    expect(cut([1, 4, 7], [1, 4, 7], 2)).toEqual([1, 4]);
    expect(cut([1, 4, 7], [7], 1)).toEqual([7]);
    expect(cut([1, 4, 7], [1, 7], 1)).toEqual([1]);
  });

  test('that is raised lets a replica on a broker that is down count as a copy', () => {
    const partitions = [{ partition: 0, replicas: [99, 0], isr: [0] }];
    expect(planReplicationFactor({ load: loadOf(unracked(3), []), partitions, replicationFactor: 3 })).toEqual([
      { partition: 0, from: [99, 0], to: [99, 0, 1] },
    ]);
  });

  test('counts the partitions of the topic that stay', () => {
    const brokers = unracked(3);
    const partitions = [{ partition: 2, replicas: [0] }];
    const others = [
      [1, 0],
      [0, 1],
    ];
    expect(planReplicationFactor({ load: loadOf(brokers, []), partitions, others, replicationFactor: 2 })).toEqual([
      { partition: 2, from: [0], to: [0, 2] },
    ]);
  });

  test('fails where it is above the brokers that are up', () => {
    const partitions = [{ partition: 0, replicas: [0] }];
    expect(() => planReplicationFactor({ load: loadOf(unracked(2), []), partitions, replicationFactor: 3 })).toThrow(
      'there are too few brokers, got 2 for replication factor 3',
    );
  });
});
