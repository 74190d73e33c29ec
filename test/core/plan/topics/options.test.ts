import type { Evidence } from '../../../../lib/core/plan/observed';
import { changesOf, config, findingsOf, line, nothing, sees, topic, wants } from './states';

const orders = topic('orders', [
  [1, 2, 3],
  [2, 3, 1],
  [3, 1, 2],
]);
type Own = Readonly<Record<string, string>>;

function change(from: Own, to: Own, evidence: Evidence = nothing) {
  const desired = wants({ orders: { replicationFactor: 3, config: to } });
  const changes = changesOf(desired, sees({ topics: [orders], configs: { orders: config(from) } }), evidence);
  expect(changes).toHaveLength(1);
  return changes[0]!;
}

describe('an option', () => {
  test('is set where it differs', () => {
    const found = change({ 'segment.bytes': '1073741824' }, { 'segment.bytes': '536870912' });
    expect(line(found)).toBe('ready TOPIC-OPTION topics.orders: topic orders: segment.bytes 1GiB -> 512MiB [safe]');
    expect(found.operation).toEqual({
      kind: 'set-topic-option',
      topic: 'orders',
      topicId: 'id-of-orders',
      option: 'segment.bytes',
      value: '536870912',
    });
  });

  test('is left alone where Kafka takes both values for the same', () => {
    const from = { 'cleanup.policy': 'compact,delete', 'unclean.leader.election.enable': 'false' };
    const to = { 'cleanup.policy': 'delete, compact', 'unclean.leader.election.enable': 'FALSE' };
    expect(
      changesOf(
        wants({ orders: { replicationFactor: 3, config: to } }),
        sees({ topics: [orders], configs: { orders: config(from) } }),
      ),
    ).toEqual([]);
  });

  test('is pinned where only the default makes it right', () => {
    const found = change({}, { 'retention.ms': '604800000' });
    expect(line(found)).toBe(
      'ready TOPIC-OPTION-PIN topics.orders: topic orders: pin the default retention.ms 7d [safe]',
    );
    expect(found).toMatchObject({ from: '7d by default', to: '7d', operation: { value: '604800000' } });
  });

  test('is told where only the default makes it right and the file wants no more', () => {
    const { reconcile, ...desired } = wants({
      orders: { replicationFactor: 3, config: { 'retention.ms': '604800000' } },
    });
    const wanted = { ...desired, reconcile: { ...reconcile, unpinned: 'report' as const } };
    const observed = sees({
      topics: [orders],
      configs: { orders: config({ 'compression.type': 'producer' }) },
    });
    expect(changesOf(wanted, observed)).toEqual([]);
    const told = findingsOf(wanted, observed).filter(({ code }) => code === 'TOPIC-OPTION-UNPINNED');
    expect(told.map(({ message }) => message)).toEqual([
      'values of topics hold because of the default of the brokers, got compression.type of orders, retention.ms of orders; they are left so.',
    ]);
  });

  test('that nobody declares is taken off, and what it costs is judged by the default', () => {
    const found = change({ 'retention.ms': '2592000000' }, {});
    expect(line(found)).toBe(
      'held TOPIC-RETENTION-CUT topics.orders.retention.time: topic orders: retention.ms 30d -> default 7d [data-loss]',
    );
    expect(found).toMatchObject({ from: '30d', to: '7d' });
    expect(found.operation).not.toHaveProperty('value');
  });

  test('that nobody declares and is like the default is taken off', () => {
    const found = change({ 'compression.type': 'producer' }, {});
    expect(line(found)).toBe(
      'ready TOPIC-OPTION-UNDECLARED topics.orders.config["compression.type"]: topic orders: unset compression.type producer [safe]',
    );
  });

  test('that no version knows is taken off to a default that is not known', () => {
    expect(line(change({ 'vendor.flag': '1' }, {}))).toBe(
      'ready TOPIC-OPTION-UNDECLARED topics.orders.config["vendor.flag"]: topic orders: vendor.flag 1 -> default [safe]',
    );
  });

  test('that throttles replication is never taken for undeclared', () => {
    const observed = sees({
      topics: [orders],
      configs: { orders: config({ 'leader.replication.throttled.replicas': '0:1,1:2' }) },
      reassignments: [{ topic: 'other', partition: 0, replicas: [1], adding: [], removing: [] }],
    });
    expect(changesOf(wants({ orders: { replicationFactor: 3 } }), observed)).toEqual([]);
  });

  test('is not compared where it was not read, and that is told', () => {
    const observed = sees({ topics: [orders], rest: { topicConfigs: new Map() } });
    const desired = wants({ orders: { replicationFactor: 3, config: { 'retention.ms': '1' } } });
    expect(changesOf(desired, observed)).toEqual([]);
    expect(findingsOf(desired, observed).map(({ code }) => code)).toEqual(['PLAN-UNREAD']);
  });
});

describe('the default of an option that is taken off', () => {
  const observed = (rest: Parameters<typeof sees>[0] = {}) =>
    sees({ topics: [orders], configs: { orders: config({ 'retention.ms': '86400000' }) }, ...rest });
  const to = (seen: ReturnType<typeof sees>, rest: Parameters<typeof wants>[1] = {}) =>
    changesOf(wants({ orders: { replicationFactor: 3 } }, rest), seen)[0]!.to;

  test('is what another topic shows that has none of its own', () => {
    const other = topic('other', [[1]]);
    const configs = {
      orders: config({ 'retention.ms': '86400000' }),
      other: config().map((entry) => (entry.option === 'retention.ms' ? { ...entry, value: '3600000' } : entry)),
    };
    expect(to(observed({ topics: [orders, other], configs }))).toBe('1h');
  });

  test('is what the brokers say, in their units', () => {
    const brokerOptions = new Map([[1, [{ option: 'log.retention.hours', value: '48', source: 'static' as const }]]]);
    expect(to(observed({ rest: { brokerOptions } }))).toBe('2d');
    const clusterOptions = [{ option: 'log.retention.ms', value: '7200000', source: 'cluster' as const }];
    expect(to(observed({ rest: { brokerOptions, clusterOptions } }))).toBe('2h');
  });

  test('is what the same plan makes it', () => {
    const brokerOptions = [
      {
        option: 'log.retention.ms',
        value: '10800000',
        update: 'cluster-wide' as const,
        path: 'kafka.config["log.retention.ms"]',
      },
    ];
    expect(to(observed(), { brokerOptions })).toBe('3h');
    expect(to(observed(), { brokerOptions: [{ ...brokerOptions[0]!, update: 'read-only' }] })).toBe('7d');
  });

  test('is that of Kafka otherwise', () => expect(to(observed())).toBe('7d'));
});
