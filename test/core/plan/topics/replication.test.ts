import type { Operation } from '../../../../lib/core/plan/change';
import { prerequisites } from '../../../../lib/core/plan/phases';
import { changesOf, config, findingsOf, issueLine, knows, line, sees, sized, topic, wants } from './states';

const GIB = 1024 ** 3;
const movesOf = (operation: Operation) => (operation as Extract<Operation, { kind: 'move-replicas' }>).moves;
const single = topic('orders', [[1], [2], [3]]);
const triple = topic('orders', [
  [1, 2, 3],
  [2, 3, 1],
  [3, 1, 2],
]);

describe('a replication factor', () => {
  test('that is raised copies bytes, for a time that the throttle sets', () => {
    const desired = wants({
      orders: { replicationFactor: 2, paths: { replicationFactor: 'topicDefaults.replicationFactor' } },
    });
    const [change] = changesOf(desired, sees({ topics: [single] }), knows({ sizes: sized('orders', 30 * GIB) }));
    expect(line(change!)).toBe(
      'ready TOPIC-REPLICATION-RAISE topicDefaults.replicationFactor: topic orders: replication factor 1 -> 2 [safe]',
    );
    expect(change!.reason).toBe('30GiB are copied to other brokers, which takes about 3m at 50MiB/s on each.');
    expect(change!.operation).toEqual({
      kind: 'move-replicas',
      topic: 'orders',
      topicId: 'id-of-orders',
      replicationFactor: 'may-change',
      bytes: 30 * GIB,
      moves: [
        { partition: 0, from: [1], to: [1, 2] },
        { partition: 1, from: [2], to: [2, 3] },
        { partition: 2, from: [3], to: [3, 1] },
      ],
    });
  });

  test('that is raised says when the bytes are not known', () => {
    const [change] = changesOf(wants({ orders: {} }), sees({ topics: [single] }));
    expect(change!.reason).toBe(
      'Records are copied to other brokers, at most 50MiB/s on each; how many bytes is not known.',
    );
    expect(change!.operation).not.toHaveProperty('bytes');
  });

  test('that is cut gives copies up', () => {
    const desired = wants({ orders: { replicationFactor: 2, config: { 'min.insync.replicas': '1' } } });
    const observed = sees({ topics: [triple], configs: { orders: config({ 'min.insync.replicas': '1' }) } });
    const [change] = changesOf(desired, observed);
    expect(line(change!)).toBe(
      'held TOPIC-REPLICATION-CUT topics.orders: topic orders: replication factor 3 -> 2 [availability]',
    );
    expect(change!.reason).toBe(
      '3 partitions give copies up: a record is on 2 brokers instead of 3, and producers with acks=all go on with at most 1 of them down.',
    );
    expect(movesOf(change!.operation).map(({ from, to }) => to.length === 2 && to[0] === from[0])).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('that is cut to one says that the copy is the only one', () => {
    const [change] = changesOf(wants({ orders: { replicationFactor: 1 } }), sees({ topics: [triple] }));
    expect(change!.reason).toContain('go on with none of them down. The disk of one broker is then the only copy.');
  });

  test('fails to be cut below the min ISR', () => {
    const desired = wants({ orders: { replicationFactor: 1, config: { 'min.insync.replicas': '2' } } });
    const observed = sees({ topics: [triple], configs: { orders: config({ 'min.insync.replicas': '2' }) } });
    expect(changesOf(desired, observed)).toEqual([]);
    expect(findingsOf(desired, observed).map(issueLine)).toEqual([
      'error PLAN-MIN-ISR topics.orders: the replication factor of orders is below its min ISR, got 1 with 2; no record with acks=all would be accepted.',
    ]);
  });

  test('fails above the brokers that are up', () => {
    const desired = wants({ orders: { replicationFactor: 4 } });
    const observed = sees({ topics: [triple] });
    expect(changesOf(desired, observed)).toEqual([]);
    expect(findingsOf(desired, observed).map(issueLine)).toEqual([
      'error TOPIC-REPLICATION-BROKERS topics.orders: the replication factor of orders is above the number of brokers that are up, got 4 for 3; each replica is on a broker of its own.',
    ]);
  });

  test('that a killed run left half done is finished for the partitions that differ', () => {
    const half = topic('orders', [[1, 2], [2], [3, 1, 2]]);
    const changes = changesOf(wants({ orders: { replicationFactor: 2 } }), sees({ topics: [half] }));
    expect(changes.map(line)).toEqual([
      'held TOPIC-REPLICATION-CUT topics.orders: topic orders: replication factor of 1 partition 3 -> 2 [availability]',
      'ready TOPIC-REPLICATION-RAISE topics.orders: topic orders: replication factor of 1 partition 1 -> 2 [safe]',
    ]);
    expect(changes.map(({ id }) => id)).toEqual(['move-replicas orders cut', 'move-replicas orders raise']);
    expect(changes.flatMap(({ operation }) => movesOf(operation)).map(({ partition }) => partition)).toEqual([2, 1]);
  });

  test('that is being raised is left to finish', () => {
    const observed = sees({
      topics: [topic('orders', [[1, 2], [2, 3], [3]])],
      reassignments: [
        { topic: 'orders', partition: 0, replicas: [1, 2], adding: [2], removing: [] },
        { topic: 'orders', partition: 1, replicas: [2, 3], adding: [3], removing: [] },
      ],
    });
    const [change, ...more] = changesOf(wants({ orders: {} }), observed);
    expect(more).toEqual([]);
    expect(movesOf(change!.operation).map(({ partition }) => partition)).toEqual([2]);
    expect(findingsOf(wants({ orders: {} }), observed).map(issueLine)).toEqual([
      'warning PLAN-IN-PROGRESS topics.orders: replicas of orders are being moved, got 2 partitions under way (0, 1); they are left to finish.',
    ]);
  });

  test('is that of the end of a move, where brokers are exchanged', () => {
    const observed = sees({
      topics: [
        topic('orders', [
          [1, 2, 3],
          [2, 3],
          [3, 1],
        ]),
      ],
      reassignments: [{ topic: 'orders', partition: 0, replicas: [1, 2, 3], adding: [3], removing: [1] }],
    });
    expect(changesOf(wants({ orders: {} }), observed)).toEqual([]);
  });

  test('that a move under way will not meet is planned the next time', () => {
    const observed = sees({
      topics: [topic('orders', [[1, 2], [2], [3]])],
      reassignments: [{ topic: 'orders', partition: 0, replicas: [1, 2], adding: [2], removing: [] }],
    });
    const desired = wants({ orders: { replicationFactor: 1 } });
    expect(changesOf(desired, observed)).toEqual([]);
    expect(findingsOf(desired, observed)[0]!.message).toContain('and what differs then is planned the next time');
  });

  test('holds for partitions that the same plan adds', () => {
    const desired = wants({ orders: { partitions: 5, replicationFactor: 3 } });
    const changes = changesOf(desired, sees({ topics: [single] }));
    expect(changes.map(line)).toEqual([
      'held TOPIC-PARTITIONS-GROW topics.orders: topic orders: 3 -> 5 partitions [ordering]',
      'ready TOPIC-REPLICATION-RAISE topics.orders: topic orders: replication factor 1 -> 3 [safe]',
      'ready TOPIC-REPLICATION-RAISE topics.orders: topic orders: replication factor of new partitions 1 -> 3 [safe]',
    ]);
    const added = (changes[0]!.operation as Extract<Operation, { kind: 'add-partitions' }>).assignments;
    expect(movesOf(changes[2]!.operation).map(({ partition, from }) => [partition, from])).toEqual([
      [3, added[0]],
      [4, added[1]],
    ]);
    expect([...prerequisites(changes)]).toEqual([['move-replicas orders new', ['add-partitions orders']]]);
  });

  test('goes with its min ISR: first the copies, then the demand, and the other way round', () => {
    const raise = changesOf(
      wants({ orders: { replicationFactor: 3, config: { 'min.insync.replicas': '2' } } }),
      sees({ topics: [single] }),
    );
    expect([...prerequisites(raise)]).toEqual([
      ['set-topic-option orders min.insync.replicas', ['move-replicas orders raise']],
    ]);
    const cut = changesOf(
      wants({ orders: { replicationFactor: 1, config: { 'min.insync.replicas': '1' } } }),
      sees({ topics: [triple], configs: { orders: config({ 'min.insync.replicas': '2' }) } }),
    );
    expect([...prerequisites(cut)]).toEqual([
      ['move-replicas orders cut', ['set-topic-option orders min.insync.replicas']],
    ]);
  });
});
