import type { Evidence } from '../../../../lib/core/plan/observed';
import {
  changesOf,
  config,
  findingsOf,
  issueLine,
  knows,
  line,
  nothing,
  NOW,
  sees,
  sized,
  topic,
  wants,
} from './states';

const GIB = 1024 ** 3;
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

describe('a retention cut', () => {
  const day = { 'retention.ms': '86400000' };
  const threeDays = { 'retention.ms': '259200000' };
  const evidence = (bytes: number, beforeMs?: number) =>
    knows({
      sizes: sized('orders', 80 * GIB),
      cuts: new Map([['orders', { bytes, ...(beforeMs === undefined ? {} : { beforeMs }) }]]),
    });

  test('says how many bytes go, and back to when', () => {
    const found = change(threeDays, day, evidence(12.4 * GIB, NOW - 86_400_000));
    expect(line(found)).toBe('held TOPIC-RETENTION-CUT topics.orders: topic orders: retention.ms 3d -> 1d [data-loss]');
    expect(found.reason).toBe('About 12.4GiB of 80GiB, records before 2026-11-24T10:00Z, go at once.');
  });

  test('by size says how many bytes go', () => {
    const found = change({}, { 'retention.bytes': '21474836480' }, evidence(20 * GIB));
    expect(found).toMatchObject({ code: 'TOPIC-RETENTION-CUT', from: 'unlimited', to: '20GiB', grade: 'data-loss' });
    expect(found.reason).toBe('About 20GiB of 80GiB go at once.');
  });

  test('says when it is not known, or when nothing goes yet', () => {
    expect(change(threeDays, day).reason).toBe('Records beyond it go at once; how many is not known.');
    expect(change(threeDays, day, evidence(0))).toMatchObject({
      grade: 'data-loss',
      reason: 'Nothing goes at once; from now on records go sooner.',
    });
  });

  test('of an empty topic is safe', () => {
    const found = change(
      threeDays,
      day,
      knows({ sizes: sized('orders', 0), cuts: new Map([['orders', { bytes: 0 }]]) }),
    );
    expect(found).toMatchObject({ code: 'TOPIC-RETENTION-CUT', grade: 'safe', status: 'ready' });
  });

  test('is exact in from and to, which an acknowledgement names', () => {
    expect(change({}, { 'retention.bytes': '1073741825' }).to).toBe('1073741825B');
    expect(change({ 'retention.ms': '-1' }, { 'retention.ms': '90061001' })).toMatchObject({
      from: 'forever',
      to: '90061001ms',
    });
  });
});

describe('what an option costs', () => {
  const compacted = { 'cleanup.policy': 'compact' };
  const tiered = { 'remote.storage.enable': 'true' };
  test.each<[string, string, Own, Own, string]>([
    ['data-loss', 'TOPIC-RETENTION-CUT', { 'retention.ms': '-1' }, { 'retention.ms': '604800000' }, 'go at once'],
    ['safe', 'TOPIC-OPTION', { 'retention.ms': '1000' }, { 'retention.ms': '-1' }, 'more disk'],
    ['safe', 'TOPIC-OPTION', { ...compacted, 'retention.ms': '9' }, { ...compacted, 'retention.ms': '1' }, 'no delete'],
    ['data-loss', 'TOPIC-CLEANUP-DELETE', compacted, { 'cleanup.policy': 'compact,delete' }, 'the newest of a key too'],
    ['data-loss', 'TOPIC-CLEANUP-DELETE', compacted, { 'cleanup.policy': 'delete' }, 'the newest of a key too'],
    ['data-loss', 'TOPIC-CLEANUP-COMPACT', { 'cleanup.policy': 'delete' }, compacted, 'without a key are refused'],
    [
      'data-loss',
      'TOPIC-CLEANUP-DELETE',
      { 'cleanup.policy': '' },
      { 'cleanup.policy': 'compact,delete' },
      'Of each key',
    ],
    ['safe', 'TOPIC-OPTION', { 'cleanup.policy': 'compact,delete' }, compacted, 'removes nothing any more'],
    ['safe', 'TOPIC-OPTION', { 'cleanup.policy': 'compact,delete' }, { 'cleanup.policy': 'delete' }, 'until retention'],
    ['safe', 'TOPIC-OPTION', { 'local.retention.ms': '9000' }, { 'local.retention.ms': '1' }, 'without remote storage'],
    [
      'availability',
      'TOPIC-LOCAL-RETENTION-CUT',
      { ...tiered, 'local.retention.ms': '-2' },
      { ...tiered, 'local.retention.ms': '3600000' },
      'remote storage',
    ],
    [
      'safe',
      'TOPIC-OPTION',
      { ...tiered, 'local.retention.ms': '3600000' },
      { ...tiered, 'local.retention.ms': '-2' },
      'own disks',
    ],
    [
      'safe',
      'TOPIC-OPTION',
      { ...tiered, 'remote.log.copy.disable': 'true', 'local.retention.ms': '9' },
      { ...tiered, 'remote.log.copy.disable': 'true', 'local.retention.ms': '1' },
      'no longer copied',
    ],
    ['irreversible', 'TOPIC-TIERING-OFF', tiered, { 'remote.storage.enable': 'false' }, 'Kafka refuses it unless'],
    ['safe', 'TOPIC-OPTION', {}, tiered, 'are copied'],
    [
      'safe',
      'TOPIC-OPTION',
      { ...tiered, 'remote.log.copy.disable': 'false' },
      { ...tiered, 'remote.log.copy.disable': 'true' },
      'Nothing more',
    ],
    ['safe', 'TOPIC-OPTION', {}, { 'remote.log.delete.on.disable': 'true' }, 'turned off'],
    [
      'data-loss',
      'TOPIC-TOMBSTONES-CUT',
      { ...compacted, 'delete.retention.ms': '86400000' },
      { ...compacted, 'delete.retention.ms': '1000' },
      'never learns',
    ],
    ['safe', 'TOPIC-OPTION', {}, { 'delete.retention.ms': '1000' }, 'not compacted'],
    [
      'data-loss',
      'TOPIC-COMPACTION-LAG-CUT',
      { ...compacted, 'min.compaction.lag.ms': '9' },
      { ...compacted, 'min.compaction.lag.ms': '1' },
      'farther behind',
    ],
    ['safe', 'TOPIC-OPTION', compacted, { ...compacted, 'min.compaction.lag.ms': '1' }, 'longer at least'],
    [
      'data-loss',
      'TOPIC-MIN-ISR-CUT',
      { 'min.insync.replicas': '2' },
      { 'min.insync.replicas': '1' },
      'as few as 1 broker has it',
    ],
    ['safe', 'TOPIC-MIN-ISR-RAISE', {}, { 'min.insync.replicas': '2' }, 'more brokers'],
    ['availability', 'TOPIC-MIN-ISR-RAISE', {}, { 'min.insync.replicas': '3' }, 'One broker that is down stops'],
    ['availability', 'TOPIC-MESSAGE-SIZE-CUT', {}, { 'max.message.bytes': '1000' }, 'are refused'],
    ['safe', 'TOPIC-OPTION', {}, { 'max.message.bytes': '2000000' }, 'accepted'],
    ['data-loss', 'TOPIC-UNCLEAN-ELECTION', {}, { 'unclean.leader.election.enable': 'true' }, 'are gone'],
    [
      'safe',
      'TOPIC-OPTION',
      { 'unclean.leader.election.enable': 'true' },
      { 'unclean.leader.election.enable': 'false' },
      'waits',
    ],
    ['availability', 'TOPIC-TIMESTAMP', {}, { 'message.timestamp.type': 'LogAppendTime' }, 'another kind'],
    ['availability', 'TOPIC-TIMESTAMP', {}, { 'message.timestamp.before.max.ms': '3600000' }, 'an older timestamp'],
    [
      'safe',
      'TOPIC-OPTION',
      { 'message.timestamp.before.max.ms': '1' },
      { 'message.timestamp.before.max.ms': '9' },
      'Fewer',
    ],
    ['safe', 'TOPIC-OPTION', {}, { 'compression.type': 'zstd' }, 'CPU'],
    ['safe', 'TOPIC-OPTION', { preallocate: 'false' }, { preallocate: 'true' }, 'laid out'],
    ['safe', 'TOPIC-OPTION', { 'flush.ms': '5' }, { 'flush.ms': '9' }, 'disks are made to write'],
    ['safe', 'TOPIC-OPTION', { 'vendor.flag': '1' }, { 'vendor.flag': '2' }, 'at once'],
  ])('%s %s: %j -> %j', (grade, code, from, to, reason) => {
    const found = change(from, to);
    expect(found).toMatchObject({ grade, code, status: grade === 'safe' ? 'ready' : 'held' });
    expect(found.reason).toContain(reason);
    expect(found.reason).toMatch(/^[A-Z].*\.$/);
  });

  test('tiering that is turned off as Kafka asks says what goes', () => {
    const desired = wants({
      orders: {
        replicationFactor: 3,
        config: { 'remote.storage.enable': 'false', 'remote.log.delete.on.disable': 'true' },
      },
    });
    const changes = changesOf(desired, sees({ topics: [orders], configs: { orders: config(tiered) } }));
    expect(changes.map(({ code }) => code)).toEqual(['TOPIC-OPTION', 'TOPIC-TIERING-OFF']);
    expect(changes[1]!.reason).toContain('All records in the remote storage are deleted');
  });

  test('a topic that begins to delete loses by the retention that it then has', () => {
    const desired = wants({
      orders: { replicationFactor: 3, config: { 'cleanup.policy': 'delete', 'retention.ms': '1000' } },
    });
    const changes = changesOf(
      desired,
      sees({ topics: [orders], configs: { orders: config({ ...compacted, 'retention.ms': '9000' }) } }),
    );
    expect(changes.map(({ code, grade }) => `${code} ${grade}`)).toEqual([
      'TOPIC-CLEANUP-DELETE data-loss',
      'TOPIC-OPTION safe',
    ]);
  });
});

describe('a min ISR', () => {
  const lagging = {
    ...orders,
    partitions: orders.partitions.map((each) => (each.partition === 1 ? { ...each, isr: [2] } : each)),
  };
  const raise = (to: string, replicationFactor = 3) =>
    wants({
      orders: {
        replicationFactor,
        config: { 'min.insync.replicas': to },
        paths: { 'min.insync.replicas': 'topicDefaults.minInSyncReplicas' },
      },
    });

  test('stops producers where fewer replicas are in sync today', () => {
    const [found] = changesOf(raise('2'), sees({ topics: [lagging] }));
    expect(found).toMatchObject({ code: 'TOPIC-MIN-ISR-RAISE', grade: 'availability', status: 'held' });
    expect(found!.reason).toBe('Producers with acks=all stop on 1 partition that has fewer replicas in sync today.');
  });

  test('waits for replicas that are being moved', () => {
    const reassignments = [{ topic: 'orders', partition: 1, replicas: [1, 2, 3], adding: [1, 3], removing: [] }];
    const [found] = changesOf(raise('2'), sees({ topics: [lagging], reassignments }));
    expect(found).toMatchObject({ status: 'blocked', block: { hint: 'Apply again when they are done.' } });
  });

  test('counts the copies that the same plan adds', () => {
    const single = topic('orders', [[1], [2], [3]]);
    const changes = changesOf(raise('2'), sees({ topics: [single] }));
    expect(changes.map(({ code, grade }) => `${code} ${grade}`)).toEqual([
      'TOPIC-REPLICATION-RAISE safe',
      'TOPIC-MIN-ISR-RAISE safe',
    ]);
  });

  test('does not count copies that no broker can take', () => {
    const single = topic('orders', [[1], [2], [3]]);
    const changes = changesOf(raise('2', 4), sees({ topics: [single] }));
    expect(changes.map(({ code, grade }) => `${code} ${grade}`)).toEqual(['TOPIC-MIN-ISR-RAISE availability']);
  });

  test('fails above the replication factor', () => {
    expect(changesOf(raise('4'), sees({ topics: [orders] }))).toEqual([]);
    expect(findingsOf(raise('4'), sees({ topics: [orders] })).map(issueLine)).toEqual([
      'error PLAN-MIN-ISR topicDefaults.minInSyncReplicas: the min ISR of orders is above its replication factor, got 4 with 3; no record with acks=all would be accepted.',
    ]);
  });

  test('of the one replica of a topic is safe', () => {
    const single = topic('orders', [[1], [2], [3]]);
    const observed = sees({ topics: [single], configs: { orders: config({ 'min.insync.replicas': '1' }) } });
    expect(
      changesOf(wants({ orders: { replicationFactor: 1, config: { 'min.insync.replicas': '1' } } }), observed),
    ).toEqual([]);
  });
});
