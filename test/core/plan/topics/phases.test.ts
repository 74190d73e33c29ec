import type { Change, Operation } from '../../../../lib/core/plan/change';
import { changePhase, PHASES, phaseOf, prerequisites } from '../../../../lib/core/plan/phases';
import { changesOf, config, sees, topic, wants } from './states';

describe('phases', () => {
  test('give before they take', () => {
    const order = (kind: Operation['kind']): number => changePhase({ code: '', operation: { kind } as Operation });
    const before: [Operation['kind'], Operation['kind']][] = [
      ['clear-throttle', 'move-replicas'],
      ['set-user', 'delete-user'],
      ['set-user', 'create-acl'],
      ['create-acl', 'delete-acl'],
      ['set-broker-option', 'create-topic'],
      ['create-topic', 'put-connector'],
      ['create-acl', 'put-connector'],
      ['add-partitions', 'move-replicas'],
      ['delete-connector', 'delete-topic'],
      ['delete-acl', 'delete-user'],
    ];
    for (const [first, then] of before) expect(order(first)).toBeLessThan(order(then));
  });

  test('raise a min ISR after the replicas, and lower it before', () => {
    const both = (
      replicationFactor: number,
      minIsr: string,
      from: Record<string, string>,
      replicas: number[][],
    ): Change[] =>
      [
        ...changesOf(
          wants({ orders: { partitions: 1, replicationFactor, config: { 'min.insync.replicas': minIsr } } }),
          sees({ topics: [topic('orders', replicas)], configs: { orders: config(from) } }),
        ),
      ].sort((a, b) => changePhase(a) - changePhase(b));
    expect(both(3, '2', {}, [[1]]).map(phaseOf)).toEqual(['replicas-moved', 'topic-options-tightened']);
    expect(both(2, '1', { 'min.insync.replicas': '2' }, [[1, 2, 3]]).map(phaseOf)).toEqual([
      'topic-options',
      'replicas-moved',
    ]);
  });

  test('do not let a min ISR wait for partitions that are not added', () => {
    const desired = wants({
      orders: { partitions: 2, replicationFactor: 3, config: { 'min.insync.replicas': '2' } },
    });
    const changes = changesOf(desired, sees({ topics: [topic('orders', [[1]])] }));
    const raise = 'set-topic-option orders min.insync.replicas';
    expect(changes.find(({ code }) => code === 'TOPIC-PARTITIONS-GROW')!.status).toBe('held');
    expect(prerequisites(changes).get(raise)).toEqual(['move-replicas orders raise']);
    const acknowledged = changes.map((change): Change => ({ ...change, status: 'acknowledged' }));
    expect(prerequisites(acknowledged).get(raise)).toEqual(['move-replicas orders raise', 'move-replicas orders new']);
  });

  test('are each named once', () => expect(new Set(PHASES).size).toBe(PHASES.length));
});
