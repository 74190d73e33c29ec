import { ProcessKilled } from '../../../lib/admin/adapters/memory';
import type { ConfigChange } from '../../../lib/admin';
import { acl, clusterOf, outcomes, really, topic } from './cluster';

const NAMES = ['a', 'b', 'c', 'd'];
const topics = NAMES.map((name) => topic(name));
const unreachable = { code: 'KAFKA-UNREACHABLE', status: 3 };

describe('requests that get no answer', () => {
  it.each([
    ['before', []],
    ['half', ['a', 'b']],
    ['after', NAMES],
  ] as const)('come as far as they are to: %s', async (effect, made) => {
    const { cluster, port } = clusterOf();
    cluster.faults.lose('createTopics', effect);
    await expect(port.createTopics(topics, really)).rejects.toMatchObject({ ...unreachable, request: 'sent' });
    expect(Object.keys(cluster.snapshot().topics)).toEqual(made);
    expect(outcomes(await port.createTopics(topics, really))).toEqual(
      NAMES.map((name) => ((made as readonly string[]).includes(name) ? 'TOPIC_ALREADY_EXISTS' : '-')),
    );
  });

  it('are those of a schedule, the same ones each time', async () => {
    const lost = async () => {
      const { cluster, port } = clusterOf();
      cluster.faults.loseBySchedule(({ number }) => (number % 3 === 0 ? 'after' : undefined));
      const outcome = await Promise.allSettled(NAMES.map((name) => port.createAcls([acl(name)])));
      return [outcome.map(({ status }) => status), cluster.snapshot().acls.length];
    };
    expect(await lost()).toEqual([['fulfilled', 'fulfilled', 'rejected', 'fulfilled'], 4]);
    expect(await lost()).toEqual(await lost());
  });

  it('are none any more once faults are cleared', async () => {
    const { cluster, port } = clusterOf();
    cluster.faults.lose('listTopics', 'before', 5);
    cluster.faults.refuse('listTopics', 'NOT_CONTROLLER');
    cluster.faults.clear();
    expect(await port.listTopics()).toEqual([]);
  });
});

describe('items that fail', () => {
  it('fail as often as told, beside others that are done', async () => {
    const { cluster, port } = clusterOf();
    cluster.faults.refuseItem('createTopics', 'b', 'NOT_CONTROLLER', { times: 2 });
    const first = await port.createTopics(topics, really);
    expect(outcomes(first)).toEqual(['-', 'NOT_CONTROLLER', '-', '-']);
    expect(first[1]).toMatchObject({ topic: 'b', error: { code: 41, retriable: true } });
    expect(outcomes(await port.createTopics([topic('b')], really))).toEqual(['NOT_CONTROLLER']);
    expect(outcomes(await port.createTopics([topic('b')], really))).toEqual(['-']);
  });

  it('may have been done all the same', async () => {
    const { cluster, port } = clusterOf();
    cluster.faults.refuseItem('createTopics', 'c', 'REQUEST_TIMED_OUT', { tookEffect: true });
    expect(outcomes(await port.createTopics(topics, really))).toEqual(['-', '-', 'REQUEST_TIMED_OUT', '-']);
    expect(Object.keys(cluster.snapshot().topics)).toEqual(NAMES);
  });

  it('are all items of a request while a controller fails over', async () => {
    const { cluster, port } = clusterOf();
    cluster.faults.refuseItems('createTopics', 'NOT_CONTROLLER');
    cluster.failOverController();
    expect(new Set(outcomes(await port.createTopics(topics, really)))).toEqual(new Set(['NOT_CONTROLLER']));
    expect(outcomes(await port.createTopics(topics, really))).toEqual(['-', '-', '-', '-']);
    expect((await port.describeQuorum()).leaderId).toBe(2);
  });

  it('are partitions, resources, entities and brokers by their names', async () => {
    const { cluster, port } = clusterOf();
    await port.createTopics([topic('a')], really);
    const { faults } = cluster;
    faults.refuseItem('listOffsets', 'a-0', 'NOT_LEADER_OR_FOLLOWER');
    faults.refuseItem('alterConfigs', 'cluster', 'REQUEST_TIMED_OUT');
    faults.refuseItem('describeConfigs', 'topic a', 'UNKNOWN_TOPIC_OR_PARTITION');
    faults.refuseItem('describeLogDirs', '2', 'REQUEST_TIMED_OUT');
    const offsets = await port.listOffsets([{ topic: 'a', partition: 0, at: 'latest' }]);
    expect(outcomes(offsets)).toEqual(['NOT_LEADER_OR_FOLLOWER']);
    const change = { type: 'cluster' as const, name: '', set: { 'log.cleaner.threads': '2' }, remove: [] };
    expect(outcomes(await port.alterConfigs([change], really))).toEqual(['REQUEST_TIMED_OUT']);
    const described = await port.describeConfigs([{ type: 'topic', name: 'a' }]);
    expect(described).toMatchObject([{ type: 'topic', name: 'a', entries: [], error: { code: 3 } }]);
    expect(outcomes(await port.describeLogDirs([1, 2, 3]))).toEqual(['-', 'REQUEST_TIMED_OUT', '-']);
  });
});

describe('a process that is killed', () => {
  it.each([
    ['before', []],
    ['half', ['a', 'b']],
    ['after', NAMES],
  ] as const)('leaves what it had done: %s', async (effect, made) => {
    const { cluster, port } = clusterOf();
    cluster.killAfter(2, effect);
    await port.listTopics();
    await expect(port.createTopics(topics, really)).rejects.toThrow(ProcessKilled);
    await expect(port.listTopics()).rejects.toThrow(ProcessKilled);
    await expect(cluster.connect().describeAcls()).rejects.toThrow('request 4, describeAcls');
    cluster.revive();
    expect((await port.listTopics()).map(({ name }) => name)).toEqual(made);
  });

  it('releases no lease, which ends by itself before the next process begins', async () => {
    const { cluster, port } = clusterOf();
    const lease = await port.takeLease({ group: '__kdk_apply', holder: 'ada' });
    cluster.killAfter(1);
    await expect(port.listTopics()).rejects.toThrow(ProcessKilled);
    await expect(lease.release()).rejects.toThrow(ProcessKilled);
    await port.close();
    cluster.revive();
    await expect(cluster.connect().takeLease({ group: '__kdk_apply', holder: 'bob' })).resolves.toBeDefined();
  });
});

describe('a lease', () => {
  it('is lost when it is broken, and its holder is told why', async () => {
    const { cluster, port } = clusterOf();
    const lease = await port.takeLease({ group: '__kdk_apply', holder: 'ada' });
    cluster.breakLease();
    expect(lease.lost.reason).toMatchObject({ code: 'LEASE-LOST' });
    const next = await cluster.connect().takeLease({ group: '__kdk_apply', holder: 'bob' });
    await lease.release();
    expect(next.lost.aborted).toBe(false);
    await expect(port.takeLease({ group: '__kdk_apply', holder: 'eve' })).rejects.toThrow('got bob as holder');
  });

  it('ends with the client that holds it', async () => {
    const { cluster, port } = clusterOf();
    await port.takeLease({ group: '__kdk_apply', holder: 'ada' });
    await port.close();
    await expect(cluster.connect().takeLease({ group: '__kdk_apply', holder: 'bob' })).resolves.toBeDefined();
  });
});

describe('a missing right', () => {
  it('fails requests as a whole, items one by one, or hides what is there, as Kafka does each', async () => {
    const { cluster, port } = clusterOf();
    await port.createTopics([topic('a')], really);
    cluster.deny('describe-acls');
    cluster.deny('alter-configs');
    cluster.deny('list-topics');
    await expect(port.describeAcls()).rejects.toMatchObject({
      code: 'KAFKA-REFUSED',
      message: expect.stringContaining('CLUSTER_AUTHORIZATION_FAILED'),
    });
    const changes: ConfigChange[] = [
      { type: 'topic', name: 'a', set: { 'retention.ms': '1' }, remove: [] },
      { type: 'cluster', name: '', set: { 'log.cleaner.threads': '2' }, remove: [] },
    ];
    expect(outcomes(await port.alterConfigs(changes, really))).toEqual([
      'TOPIC_AUTHORIZATION_FAILED',
      'CLUSTER_AUTHORIZATION_FAILED',
    ]);
    expect(await port.listTopics()).toEqual([]);
    cluster.allow('describe-acls');
    expect(await port.describeAcls()).toEqual([]);
  });
});

describe('what was asked', () => {
  it('is counted by method, and what was changed is in a log', async () => {
    const { cluster, port } = clusterOf();
    await port.createTopics(topics, { validateOnly: true });
    await port.createTopics([topic('a'), topic('a b')], really);
    await port.listTopics();
    expect(cluster.requests.total).toBe(3);
    expect(cluster.requests.of('createTopics')).toBe(2);
    expect(cluster.mutations).toEqual([{ method: 'createTopics', item: 'a' }]);
    cluster.requests.reset();
    expect(cluster.requests.total).toBe(0);
  });
});
