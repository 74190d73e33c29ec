import type { Operation } from '../../../../lib/core/plan/change';
import { changesOf, config, findingsOf, issueLine, knows, line, sees, sized, topic, wants } from './states';

const racked = [1, 2, 3, 4, 5, 6].map((id) => ({ id, rack: `r${id % 3}` }));
const three = [
  [1, 2],
  [2, 3],
  [3, 1],
];

describe('a topic that is not there', () => {
  const orders = { orders: { partitions: 48, replicationFactor: 3, config: { 'min.insync.replicas': '2' } } };

  test('is made with all that is declared', () => {
    const [change] = changesOf(wants(orders), sees());
    expect(line(change!)).toBe(
      'ready TOPIC-CREATE topics.orders: topic orders: create with 48 partitions, replication factor 3, 1 option [safe]',
    );
    expect(change!.operation).toEqual({
      kind: 'create-topic',
      topic: 'orders',
      partitions: 48,
      replicationFactor: 3,
      config: { 'min.insync.replicas': '2' },
    });
  });

  test('waits for brokers that are down', () => {
    const [change] = changesOf(wants(orders), sees({ brokers: [{ id: 1 }, { id: 2 }] }));
    expect(change).toMatchObject({
      status: 'blocked',
      block: {
        reason: '2 brokers are up, and each of its 3 replicas is on one of its own.',
        hint: 'Start the brokers that are missing, or lower the replication factor.',
      },
    });
  });

  test('fails where its name collides with one on the cluster', () => {
    const desired = wants({ 'shop.orders': {} });
    const observed = sees({ topics: [topic('shop_orders', three)] });
    expect(changesOf(desired, observed)).toEqual([]);
    expect(findingsOf(desired, observed).map(issueLine)).toEqual([
      'error PLAN-NAME-COLLISION topics["shop.orders"]: the name collides with that of a topic on the cluster, got shop.orders beside shop_orders; names differ in more than dots and underscores.',
    ]);
  });

  test('waits for the topic with the colliding name to go', () => {
    const deletedTopics = [{ name: 'shop_orders', reason: 'renamed', path: 'topics.shop_orders.deleted' }];
    const observed = sees({ topics: [topic('shop_orders', three)] });
    const [change] = changesOf(wants({ 'shop.orders': {} }, { deletedTopics }), observed);
    expect(change).toMatchObject({ status: 'blocked', block: { hint: expect.stringContaining('tombstone') } });
  });

  test.each(['__consumer_offsets', '__transaction_state', '__cluster_metadata', '__amazon_msk_canary'])(
    'fails where it is %s, which Kafka keeps for itself',
    (name) => {
      const desired = wants(
        { [name]: {} },
        { deletedTopics: [{ name, reason: 'gone', path: `topics.${name}.deleted` }] },
      );
      expect(changesOf(desired, sees())).toEqual([]);
      expect(changesOf(desired, sees({ topics: [topic(name, three)] }))).toEqual([]);
      expect(findingsOf(desired, sees()).map(({ code, level }) => `${level} ${code}`)).toEqual([
        'error PLAN-INTERNAL-TOPIC',
        'error PLAN-INTERNAL-TOPIC',
      ]);
    },
  );

  test('fails where the cluster says that it is internal', () => {
    const observed = sees({ topics: [{ ...topic('strange', three), internal: true }] });
    expect(findingsOf(wants({ strange: { partitions: 9 } }), observed).map(({ code }) => code)).toEqual([
      'PLAN-INTERNAL-TOPIC',
    ]);
  });

  test('may have a name that tools use', () => {
    expect(changesOf(wants({ '__debezium-heartbeat.shop': {} }), sees())).toHaveLength(1);
  });

  test('fails outside of what the file owns', () => {
    const desired = wants({ orders: {}, 'pay.in': {}, invoices: {} }, { owns: { topics: ['pay.*', 'invoices'] } });
    expect(changesOf(desired, sees()).map(({ subject }) => subject)).toEqual(['topic pay.in', 'topic invoices']);
    expect(findingsOf(desired, sees()).map(issueLine)).toEqual([
      'error PLAN-SCOPE topics.orders: the topic is not of this file, got orders; it owns pay.*, invoices.',
    ]);
  });
});

describe('partitions', () => {
  const grow = (to: number, policy = 'delete') =>
    wants({ orders: { partitions: to, config: { 'cleanup.policy': policy } } });
  const seen = (policy = 'delete') =>
    sees({
      brokers: racked,
      topics: [topic('orders', three)],
      configs: { orders: config({ 'cleanup.policy': policy }) },
    });

  test('are added apart over racks, and it is said how many keys move', () => {
    const [change] = changesOf(grow(6), seen());
    expect(line(change!)).toBe('held TOPIC-PARTITIONS-GROW topics.orders: topic orders: 3 -> 6 partitions [ordering]');
    expect(change!.reason).toBe(
      'About 50% of the keys go to other partitions, where producers choose by key, so their order is lost across the change.',
    );
    expect(change).toMatchObject({ id: 'add-partitions orders', from: '3', to: '6' });
    const operation = change!.operation as Extract<Operation, { kind: 'add-partitions' }>;
    expect(operation).toMatchObject({ topic: 'orders', topicId: 'id-of-orders', from: 3, to: 6 });
    expect(operation.assignments).toHaveLength(3);
    for (const [first, second] of operation.assignments) expect(first! % 3).not.toBe(second! % 3);
    // The three brokers that hold nothing come first.
    expect(new Set(operation.assignments.flat())).toEqual(new Set([4, 5, 6]));
  });

  test.each([
    [4, '75%'],
    [5, '80%'],
    [9, '67%'],
  ])('to %i move %s of the keys', (to, share) => {
    expect(changesOf(grow(to), seen())[0]!.reason).toContain(`About ${share} of the keys`);
  });

  test('of a compacted topic leave old records behind', () => {
    const [change] = changesOf(grow(6, 'compact'), seen('compact'));
    expect(change).toMatchObject({ code: 'TOPIC-PARTITIONS-GROW-COMPACTED', grade: 'ordering', status: 'held' });
    expect(change!.reason).toContain('old records of those keys stay behind where no newer one ever replaces them');
  });

  test('of an empty topic are added without a word', () => {
    const [change] = changesOf(grow(6), seen(), knows({ sizes: sized('orders', 0) }));
    expect(change).toMatchObject({ status: 'ready', grade: 'safe' });
  });

  test('of a topic that was seen in part are not taken for those of an empty one', () => {
    const [change] = changesOf(grow(6), seen(), knows({ sizes: sized('orders', 0, 2) }));
    expect(change).toMatchObject({ status: 'held', grade: 'ordering' });
  });

  test('fails to become fewer, and neither deletes nor creates', () => {
    expect(changesOf(grow(2), seen())).toEqual([]);
    const [issue] = findingsOf(grow(2), seen());
    expect(issueLine(issue!)).toBe(
      'error TOPIC-PARTITIONS-SHRINK topics.orders: Kafka cannot take partitions away from a topic, got 2 where orders has 3; the number can only grow.',
    );
    expect(issue!.hint).toBe(
      'Write 3 again. For fewer, declare a new topic, move producers and consumers to it, and give this one a tombstone.',
    );
  });

  test('of many topics are planned one after the other, so that no broker gets all', () => {
    const names = Array.from({ length: 12 }, (_, index) => `t${index}`);
    const observed = sees({
      brokers: racked,
      topics: names.map((name) => topic(name, [[1]])),
    });
    const desired = wants(Object.fromEntries(names.map((name) => [name, { partitions: 2, replicationFactor: 1 }])));
    const placed = changesOf(desired, observed).map(
      ({ operation }) => (operation as Extract<Operation, { kind: 'add-partitions' }>).assignments[0]![0],
    );
    // Brokers 1 and 4 are in the rack that has the first partition of each.
    expect([...placed].sort()).toEqual([2, 2, 2, 3, 3, 3, 5, 5, 5, 6, 6, 6]);
  });

  test.each([
    [
      'replicas are being moved',
      { reassignments: [{ topic: 'orders', partition: 0, replicas: [1, 2, 3], adding: [3], removing: [1] }] },
      'Replicas of the topic are being moved',
    ],
    ['brokers are down', { brokers: [{ id: 1 }] }, '1 broker is up, and each of its 2 replicas'],
    [
      'replicas differ in number',
      { topics: [topic('orders', [[1], [2, 3], [3, 1]])] },
      'Its partitions have 1 and 2 replicas',
    ],
  ])('wait while %s', (_, differs, reason) => {
    const observed = sees({ topics: [topic('orders', three)], ...differs });
    const change = changesOf(grow(6), observed).find(({ code }) => code === 'TOPIC-PARTITIONS-GROW');
    expect(change).toMatchObject({ status: 'blocked', block: { reason: expect.stringContaining(reason) } });
    expect(change!.operation).toMatchObject({ assignments: [] });
  });
});
