import { changesOf, config, findingsOf, issueLine, line, sees, topic, wants } from './states';

const racked = [1, 2, 3, 4].map((id) => ({ id, rack: id % 2 === 0 ? 'even' : 'odd' }));
const orders = topic('orders', [
  [1, 2],
  [2, 3],
  [3, 1],
]);

describe('racks', () => {
  const desired = wants({ orders: {}, clicks: { partitions: 1 } });

  test('that hold more replicas of a partition than need be are told, and nothing is moved', () => {
    const observed = sees({ brokers: racked, topics: [orders, topic('clicks', [[2, 4]])] });
    expect(changesOf(desired, observed)).toEqual([]);
    expect(findingsOf(desired, observed).map(issueLine)).toEqual([
      'warning PLAN-RACKS topics: 2 partitions have more replicas in one rack than need be, got orders (1), clicks (1); the loss of that rack takes several copies at once.',
    ]);
  });

  test.each([
    ['there are too few of them', { brokers: racked.map((broker) => ({ ...broker, rack: 'one' })) }],
    ['not every broker has one', { brokers: [...racked, { id: 5 }] }],
    ['the broker is down that would tell', { brokers: racked.slice(0, 2) }],
    [
      'replicas are being moved',
      {
        brokers: racked,
        reassignments: [{ topic: 'orders', partition: 2, replicas: [3, 1, 2], adding: [2], removing: [1] }],
      },
    ],
  ])('are not told where %s', (_, seen) => {
    expect(
      findingsOf(desired, sees({ topics: [orders], ...seen })).filter(({ code }) => code === 'PLAN-RACKS'),
    ).toEqual([]);
  });
});

describe('throttles', () => {
  const rate = (broker: number, source: 'broker' | 'cluster' = 'broker') => [
    { option: 'leader.replication.throttled.rate', value: String(50 * 1024 ** 2), source },
    { option: 'log.retention.ms', value: String(broker), source: 'static' as const },
  ];
  const left = {
    topics: [orders],
    configs: {
      orders: config({
        'follower.replication.throttled.replicas': '0:1',
        'leader.replication.throttled.replicas': '0:2',
      }),
    },
    rest: {
      brokerOptions: new Map([
        [2, rate(2)],
        [1, rate(1)],
        [3, rate(3, 'cluster')],
      ]),
    },
  };

  test('that were left behind are cleared', () => {
    const changes = changesOf(wants({ orders: {} }), sees(left));
    expect(changes.map(line)).toEqual([
      'ready THROTTLE-LEFT reconcile.replicationThrottle: broker 1: clear the replication throttle that was left behind [safe]',
      'ready THROTTLE-LEFT reconcile.replicationThrottle: broker 2: clear the replication throttle that was left behind [safe]',
      'ready THROTTLE-LEFT topics.orders: topic orders: clear the replication throttle that was left behind [safe]',
    ]);
    expect(changes[2]!.operation).toEqual({
      kind: 'clear-throttle',
      on: 'topic',
      name: 'orders',
      options: ['follower.replication.throttled.replicas', 'leader.replication.throttled.replicas'],
    });
  });

  test('of an operator stay, and are told: another rate, or a list of all replicas', () => {
    const slow = [{ option: 'follower.replication.throttled.rate', value: '1000', source: 'broker' as const }];
    const rates = sees({ ...left, rest: { brokerOptions: new Map([[1, slow]]) } });
    expect(changesOf(wants({ orders: {} }), rates)).toEqual([]);
    expect(findingsOf(wants({ orders: {} }), rates).map(issueLine)).toContain(
      'warning THROTTLE-KEPT reconcile.replicationThrottle: a replication throttle is set that is not of this file, got 1000 on broker 1; it is left as it is.',
    );
    const configs = { orders: config({ 'follower.replication.throttled.replicas': '*' }) };
    const all = sees({ topics: [orders], configs });
    expect(changesOf(wants({ orders: {} }), all)).toEqual([]);
    expect(findingsOf(wants({ orders: {} }), all).map(({ message }) => message)).toContainEqual(
      expect.stringContaining('got all replicas of topic orders'),
    );
  });

  test('stay while anything moves, whoever moves it', () => {
    const reassignments = [{ topic: 'other', partition: 0, replicas: [1, 2], adding: [2], removing: [] }];
    expect(changesOf(wants({ orders: {} }), sees({ ...left, reassignments }))).toEqual([]);
  });

  test('are told where CloudFormation makes the topics', () => {
    const desired = wants({ orders: {} }, { topicsManagedBy: 'cloudformation' });
    expect(changesOf(desired, sees(left))).toEqual([]);
    expect(findingsOf(desired, sees(left)).map(({ code, hint }) => `${code} ${hint}`)).toContain(
      'THROTTLE-LEFT Clear it: kafka-configs --entity-type brokers --entity-name 1 --alter --delete-config leader.replication.throttled.rate.',
    );
  });
});

describe('topics that CloudFormation makes', () => {
  const deletedTopics = [{ name: 'old', reason: 'unused', path: 'topics.old.deleted' }];
  const desired = wants(
    { orders: { partitions: 6, config: { 'retention.ms': '1000' } }, clicks: {} },
    { topicsManagedBy: 'cloudformation', deletedTopics },
  );

  test('are compared and never touched', () => {
    const observed = sees({ topics: [orders, topic('old', [[1]])] });
    expect(changesOf(desired, observed)).toEqual([]);
    expect(findingsOf(desired, observed).map(issueLine)).toEqual([
      'warning TOPIC-ELSEWHERE topics.orders: topic orders is not as declared, got 3 -> 6 partitions; retention.ms 7d -> 1s; CloudFormation makes the topics, so nothing is changed here.',
      'warning TOPIC-ELSEWHERE topics.clicks: topic clicks is not as declared, got no such topic; CloudFormation makes the topics, so nothing is changed here.',
      'warning TOPIC-ELSEWHERE topics.old.deleted: topic old is not as declared, got a topic that has a tombstone; CloudFormation makes the topics, so nothing is changed here.',
    ]);
  });
});
