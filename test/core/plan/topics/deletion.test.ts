import type { TopicUsage } from '../../../../lib/core/plan/observed';
import { changesOf, DAY, findingsOf, issueLine, knows, line, nothing, NOW, sees, sized, topic, wants } from './states';

const old = topic('orders-v1', [[1], [2], [3]]);
const gone = wants(
  {},
  { deletedTopics: [{ name: 'orders-v1', reason: 'replaced by orders.', path: 'topics["orders-v1"].deleted' }] },
);
const quiet: TopicUsage = { records: 1_204_331, lastWrittenMs: NOW - 40 * DAY, groups: [] };
const used = (usage: TopicUsage) =>
  knows({ usage: new Map([['orders-v1', usage]]), sizes: sized('orders-v1', 3 * 1024 ** 3) });

describe('a topic with a tombstone', () => {
  test('is deleted when it has been quiet, and the tombstone is the acknowledgement', () => {
    const [change] = changesOf(gone, sees({ topics: [old] }), used(quiet));
    expect(line(change!)).toBe(
      'acknowledged TOPIC-DELETE topics["orders-v1"].deleted: topic orders-v1: delete [data-loss]',
    );
    expect(change!.reason).toBe(
      '1,204,331 records (3GiB) go, the last written 40d ago, and no group reads it. Tombstone: replaced by orders.',
    );
    expect(change!.operation).toEqual({ kind: 'delete-topic', topic: 'orders-v1', topicId: 'id-of-orders-v1' });
  });

  test('that is gone needs nothing', () => {
    expect(changesOf(gone, sees())).toEqual([]);
    expect(findingsOf(gone, sees())).toEqual([]);
  });

  test('that is empty goes whenever it was made', () => {
    const [change] = changesOf(gone, sees({ topics: [old] }), used({ records: 0, groups: [] }));
    expect(change).toMatchObject({
      status: 'acknowledged',
      reason: expect.stringMatching(/^It is empty, and no group/),
    });
  });

  test.each<[string, TopicUsage | undefined, string, string]>([
    [
      'was written to a short while ago',
      { ...quiet, lastWrittenMs: NOW - 2 * DAY },
      "It was last written 2d ago by its newest record's timestamp; 7d of quiet are needed.",
      'Stop its producers and wait; reconcile.quietBeforeDelete says how long.',
    ],
    [
      'was written to in the future',
      { ...quiet, lastWrittenMs: NOW + DAY },
      'Its newest record has a timestamp in the future, 2026-11-26T10:00Z; 7d of quiet are needed.',
      'Stop its producers and wait until that time and the quiet after it have passed.',
    ],
    [
      'is read',
      {
        ...quiet,
        groups: [
          { group: 'billing', members: 3 },
          { group: 'old', members: 0 },
        ],
      },
      'A group reads it: billing (3 members).',
      'Stop the consumers or take the topic out of their subscription.',
    ],
    [
      'has offsets of a group',
      {
        ...quiet,
        groups: [
          { group: 'billing', members: 0 },
          { group: 'audit', members: 0 },
        ],
      },
      '2 groups have offsets committed for it: billing, audit.',
      'Kafka forgets them offsets.retention.minutes after the last member has left; or delete them with kafka-consumer-groups --delete-offsets.',
    ],
    [
      'has a use that is not known',
      undefined,
      'It is not known whether anybody writes or reads it.',
      'Give the administrator the right to describe the topic and all groups, and plan again.',
    ],
  ])('that %s stays', (_, usage, reason, hint) => {
    const [change] = changesOf(gone, sees({ topics: [old] }), usage === undefined ? nothing : used(usage));
    expect(change).toMatchObject({ status: 'blocked', grade: 'data-loss', block: { reason, hint } });
  });

  test('of which a partition has no leader stays: nobody can tell who writes it', () => {
    const [first, ...rest] = old.partitions;
    const offline = { ...old, partitions: [{ ...first!, leader: -1 }, ...rest] };
    const [change] = changesOf(gone, sees({ topics: [offline] }), used({ records: 0, groups: [] }));
    expect(change).toMatchObject({
      status: 'blocked',
      block: { reason: '1 partition (0) has no leader, so nobody can tell when it was last written.' },
    });
  });

  test('whose replicas are being moved stays', () => {
    const reassignments = [{ topic: 'orders-v1', partition: 0, replicas: [1, 2], adding: [2], removing: [1] }];
    const [change] = changesOf(gone, sees({ topics: [old], reassignments }), used(quiet));
    expect(change).toMatchObject({ status: 'blocked', block: { reason: 'Its replicas are being moved.' } });
  });

  test('fails where another file owns it', () => {
    const desired = { ...gone, owns: { topics: ['shop.*'] } };
    expect(changesOf(desired, sees({ topics: [old] }), used(quiet))).toEqual([]);
    expect(findingsOf(desired, sees({ topics: [old] })).map(issueLine)).toEqual([
      'error PLAN-SCOPE topics["orders-v1"].deleted: the topic is not of this file, got orders-v1; it owns shop.*.',
    ]);
  });
});

describe('a topic that is not declared', () => {
  const observed = sees({
    topics: ['a', 'b', 'c', 'shop.a', 'shop.b', '__consumer_offsets'].map((name) => topic(name, [[1]])),
  });

  test('is never touched', () => {
    expect(changesOf(wants({}), observed)).toEqual([]);
    expect(findingsOf(wants({}), observed)).toEqual([]);
  });

  test('is told where it is in the scope of the file', () => {
    const desired = wants({ 'shop.a': { partitions: 1, replicationFactor: 1 } }, { owns: { topics: ['*'] } });
    expect(changesOf(desired, observed)).toEqual([]);
    expect(findingsOf(desired, observed).map(issueLine)).toEqual([
      'warning PLAN-UNDECLARED owns.topics: the cluster has topics in the scope of this file that it does not declare, got a, b, c, shop.b (4 in all); they are left alone.',
    ]);
  });
});
