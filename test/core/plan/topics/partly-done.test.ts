import { changesOf, config, knows, line, sees, sized, topic, wants } from './states';

const orders = topic('orders', [
  [1, 2],
  [2, 3],
  [3, 1],
]);
const seen = (own: Readonly<Record<string, string>>) => sees({ topics: [orders], configs: { orders: config(own) } });
const gradeOf = (own: Readonly<Record<string, string>>, declared: Readonly<Record<string, string>>, option: string) =>
  changesOf(wants({ orders: { config: declared } }), seen(own), knows({ sizes: sized('orders', 3000) })).find(
    ({ operation }) => operation.kind === 'set-topic-option' && operation.option === option,
  );

describe('an option that is harmless only beside another change, which may be held or refused by the cluster', () => {
  test('a shorter retention of a topic that is still to be compacted loses records where it is not', () => {
    const change = gradeOf(
      { 'retention.ms': '2592000000' },
      { 'cleanup.policy': 'compact', 'retention.ms': '86400000' },
      'retention.ms',
    );
    expect(line(change!)).toBe(
      'held TOPIC-RETENTION-CUT topics.orders: topic orders: retention.ms 30d -> 1d [data-loss]',
    );
  });

  test('markers of deleted keys go sooner where the topic stays compacted', () => {
    const change = gradeOf(
      { 'cleanup.policy': 'compact' },
      { 'cleanup.policy': 'delete', 'delete.retention.ms': '1000' },
      'delete.retention.ms',
    );
    expect(change).toMatchObject({ status: 'held', code: 'TOPIC-TOMBSTONES-CUT', grade: 'data-loss' });
  });

  test('older timestamps are refused where brokers do not set them yet', () => {
    const change = gradeOf(
      {},
      { 'message.timestamp.type': 'LogAppendTime', 'message.timestamp.before.max.ms': '1000' },
      'message.timestamp.before.max.ms',
    );
    expect(change).toMatchObject({ status: 'held', code: 'TOPIC-TIMESTAMP', grade: 'availability' });
  });

  test('older records leave the brokers where the topic stays in remote storage', () => {
    const change = gradeOf(
      { 'remote.storage.enable': 'true', 'local.retention.ms': '86400000' },
      { 'remote.storage.enable': 'false', 'local.retention.ms': '1000' },
      'local.retention.ms',
    );
    expect(change).toMatchObject({ status: 'held', code: 'TOPIC-LOCAL-RETENTION-CUT' });
  });

  test('a retention that is longer stays safe', () => {
    const change = gradeOf({}, { 'cleanup.policy': 'compact', 'retention.ms': '-1' }, 'retention.ms');
    expect(change).toMatchObject({ status: 'ready', grade: 'safe' });
  });
});

describe('a topic in remote storage whose local logs are empty', () => {
  const remote = { 'remote.storage.enable': 'true', 'retention.ms': '2592000000' };
  const known = knows({
    sizes: sized('orders', 0),
    cuts: new Map([['orders', { bytes: 0, beforeMs: 0 }]]),
  });

  test('is not empty: a shorter retention removes what is in the remote storage', () => {
    const wanted = wants({ orders: { config: { ...remote, 'retention.ms': '86400000' } } });
    const [change] = changesOf(wanted, seen(remote), known);
    expect(change).toMatchObject({
      status: 'held',
      code: 'TOPIC-RETENTION-CUT',
      grade: 'data-loss',
      reason: expect.stringContaining('how many is not known'),
    });
  });

  test('has keys whose order is lost when partitions are added', () => {
    const wanted = wants({ orders: { partitions: 6, config: remote } });
    expect(changesOf(wanted, seen(remote), known)[0]).toMatchObject({ status: 'held', grade: 'ordering' });
  });
});
