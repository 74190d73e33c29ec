import type { QuorumDescription, TopicDescription } from '../../lib/admin';
import { statusReport } from '../../lib/admin/status/status';
import { checkBrokerConfig, declaredOptions } from '../../lib/admin/verify/broker-config';
import { checkBrokers, checkClusterId } from '../../lib/admin/verify/brokers';
import { canaryChanges, CANARY_TOPIC } from '../../lib/admin/verify/canary-topic';
import { count, listSome, verifyReport, type VerifyCheck } from '../../lib/admin/verify/check';
import { checkPartitions, declaredMinIsr, partitionHealth } from '../../lib/admin/verify/partitions';
import { checkMetadataVersion, checkQuorum } from '../../lib/admin/verify/quorum';
import { checkTopics, topicsState } from '../../lib/admin/verify/topics';
import { MINIMAL, modelOfFile, modelOfText } from '../support/environments';

const model = modelOfText(`${MINIMAL}racks: [a, b, c]
topics: { orders: { partitions: 1, minInSyncReplicas: 2 }, gone: { deleted: { reason: replaced } } }
`);
const msk = modelOfFile('prod');

const brief = ({ id, status, evidence }: VerifyCheck): string => `${status} ${id} ${evidence}`;
const brokers = model.nodes.map(({ id, rack }) => ({ id, host: 'h', port: 1, rack: rack! }));
const member = (id: number, behindMs: number | undefined = 0) => ({
  id,
  directoryId: 'd',
  lag: 4,
  ...(behindMs === undefined ? {} : { behindMs }),
});
const quorum = (change: Partial<QuorumDescription> = {}): QuorumDescription => ({
  leaderId: 1,
  epoch: 7,
  voters: [member(0), member(1), member(2)],
  observers: [],
  ...change,
});
const topic = (name: string, leader: number, isr: number[]): TopicDescription => ({
  name,
  topicId: name,
  internal: name.startsWith('__'),
  partitions: [{ partition: 0, leader, replicas: [0, 1, 2], isr, offline: [] }],
});

describe('the check of brokers', () => {
  test('accepts those of the environment', () => {
    expect(brief(checkBrokers(model, brokers))).toBe('ok BROKERS brokers 0, 1, 2 in racks a, b, c');
  });

  test('names missing and undeclared brokers and wrong racks', () => {
    const seen = [{ ...brokers[0]!, rack: 'z' }, brokers[1]!, { ...brokers[2]!, id: 9 }];
    expect(brief(checkBrokers(model, seen))).toBe(
      'error BROKERS brokers 0, 1, 9; missing: 2 (nodes-2); not declared: 9; wrong rack: 0 in z instead of a',
    );
  });

  test('counts the brokers of a service, which chooses their ids', () => {
    const six = Array.from({ length: msk.brokerCount }, (_, id) => ({ id: id + 1, host: 'h', port: 1 }));
    expect(checkBrokers(msk, six).status).toBe('ok');
    expect(checkBrokers(msk, six.slice(1)).evidence).toContain(`; ${msk.brokerCount} declared`);
  });

  test('compares cluster ids, except those that a service chose', () => {
    const other = { clusterId: 'other', brokers };
    expect(checkClusterId(model, { ...other, clusterId: model.clusterId }).status).toBe('ok');
    expect(checkClusterId(model, other).status).toBe('error');
    expect(checkClusterId(msk, other).status).toBe('ok');
  });
});

describe('the check of the quorum', () => {
  test('accepts a leader with all declared voters', () => {
    expect(checkQuorum(model, quorum()).map(brief)).toEqual([
      'ok QUORUM-LEADER controller 1, epoch 7',
      'ok QUORUM-VOTERS voters 0, 1, 2',
      'ok QUORUM-LAG every voter keeps up, at most 4 records behind',
    ]);
  });

  test('finds no leader, a controller that only observes, and a voter that fell behind', () => {
    const seen = quorum({ leaderId: -1, voters: [member(0), member(1, 31_000), member(8)], observers: [member(2)] });
    expect(checkQuorum(model, seen).map(brief)).toEqual([
      'error QUORUM-LEADER no controller leads the quorum',
      'error QUORUM-VOTERS voters 0, 1, 8; missing: 2; only observing: 2; not declared: 8',
      'error QUORUM-LAG voters that do not keep up with the leader: 1 not for 31 s, 4 records behind',
    ]);
  });

  test.each([
    [30, 'ok'],
    [29, 'warning'],
    [31, 'error'],
  ])('takes metadata.version level %i of a 4.3 environment as %s', (level, status) => {
    expect(checkMetadataVersion(model, [{ name: 'metadata.version', level }]).status).toBe(status);
  });

  test('warns where no metadata.version is told', () => {
    expect(checkMetadataVersion(model, []).status).toBe('warning');
  });
});

describe('the check of partitions', () => {
  test('tells offline, under min ISR and under-replicated apart', () => {
    const topics = [
      topic('orders', 0, [0, 1]),
      topic('lost', -1, []),
      topic('thin', 1, [1]),
      topic('full', 2, [0, 1, 2]),
    ];
    expect(checkPartitions(partitionHealth(topics, declaredMinIsr(model))).map(brief)).toEqual([
      'error PARTITIONS-OFFLINE 1 of 4 partitions: lost-0',
      'error PARTITIONS-UNDER-MIN-ISR 2 of 4 partitions: lost-0, thin-0',
      'warning PARTITIONS-UNDER-REPLICATED 3 of 4 partitions: orders-0, lost-0, thin-0',
    ]);
  });
});

describe('the check of topics', () => {
  test('names what is missing and what should be gone', () => {
    const state = topicsState(model, [topic('gone', 0, [0, 1, 2])], new Map());
    expect(checkTopics(model, state).map(brief)).toEqual([
      'error TOPICS-PRESENT 1 of 1 declared topic missing: orders',
      'ok TOPICS-AS-DECLARED partitions, replication factor and options are as declared',
      'ok TOPICS-PINNED every declared option is set on its topic, and no other',
      'warning TOPICS-DELETED still there: gone',
    ]);
  });
});

describe('the check of broker options', () => {
  const entries = (change: Record<string, string> = {}) =>
    declaredOptions(model).map((option) => ({
      option,
      value: change[option] ?? model.brokerConfig.get(option)!.value,
      source: 'static' as const,
    }));

  test('accepts what the environment sets', () => {
    const checks = checkBrokerConfig(model, new Map([[0, entries()]]));
    expect(checks.map(({ status }) => status)).toEqual(['ok', 'ok']);
    expect(checks[0]!.evidence).toBe(`${model.brokerConfig.size} options as declared on 1 broker`);
  });

  test('does not expect the options of controllers on nodes that are none', () => {
    const split = modelOfText(
      MINIMAL.replace(
        'nodes: { roles: [broker, controller], replicas: 3 }',
        'voters: { roles: [controller], replicas: 1 }\n  brokers: { roles: [broker], replicas: 3 }',
      ),
    );
    const join = { option: 'controller.quorum.auto.join.enable', value: 'false', source: 'default' as const };
    expect(checkBrokerConfig(split, new Map([[100, [join]]])).map(({ status }) => status)).toEqual(['ok', 'ok']);
    expect(checkBrokerConfig(model, new Map([[0, [join]]])).map(({ status }) => status)).toEqual(['error', 'ok']);
  });

  test('names the broker that differs, and automatic creation above all', () => {
    const seen = new Map([
      [0, entries()],
      [2, entries({ 'auto.create.topics.enable': 'true', 'min.insync.replicas': '1' })],
    ]);
    const checks = checkBrokerConfig(model, seen);
    expect(checks.map(({ id, status }) => `${status} ${id}`)).toEqual(['error BROKER-CONFIG', 'error AUTO-CREATE']);
    expect(checks[0]!.evidence).toContain('min.insync.replicas is 1 on broker 2 (static), declared 2');
    expect(checks[1]!.evidence).toBe('on at broker 2');
  });
});

describe('the topic for round trips', () => {
  test('gets a partition for each broker, on it and the two that follow', () => {
    expect(canaryChanges([101, 100, 102, 103], undefined).create).toMatchObject({
      name: CANARY_TOPIC,
      placement: {
        assignments: [
          [100, 101, 102],
          [101, 102, 103],
          [102, 103, 100],
          [103, 100, 101],
        ],
      },
      config: { 'min.insync.replicas': '2' },
    });
    expect(canaryChanges([5], undefined).create).toMatchObject({
      placement: { assignments: [[5]] },
      config: { 'min.insync.replicas': '1' },
    });
  });

  test('gets partitions for new brokers, and leaders back for those that lead none', () => {
    const partition = (index: number, leader: number, replicas: number[]) => ({
      partition: index,
      leader,
      replicas,
      isr: replicas,
      offline: [],
    });
    const existing: TopicDescription = {
      ...topic(CANARY_TOPIC, 0, [0]),
      partitions: [partition(0, 0, [0, 1, 2]), partition(1, 2, [1, 2, 0]), partition(2, 2, [2, 0, 1])],
    };
    expect(canaryChanges([0, 1, 2, 3], existing)).toEqual({ add: [[3, 0, 1]], elect: [1] });
    expect(canaryChanges([0, 2], existing)).toEqual({ add: [], elect: [] });
  });
});

describe('reports', () => {
  test('are as bad as their worst check', () => {
    const check = (status: VerifyCheck['status']): VerifyCheck => ({ id: 'X', status, evidence: '', hint: '' });
    expect(verifyReport([check('ok'), check('ok')]).status).toBe('ok');
    expect(verifyReport([check('warning'), check('ok')]).status).toBe('warning');
    expect(verifyReport([check('warning'), check('error')]).status).toBe('error');
  });

  test('shorten long lists and count in words', () => {
    expect(listSome(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe('a, b, c, d, e and 2 more');
    expect([count(1, 'topic'), count(2, 'topic')]).toEqual(['1 topic', '2 topics']);
  });

  test('put a cluster on one screen', () => {
    const cluster = { clusterId: 'id', brokers: brokers.slice(0, 2) };
    const topics = [topic('orders', 0, [0, 1]), topic('__consumer_offsets', 1, [1])];
    expect(statusReport(model, { cluster, quorum: quorum(), topics, reached: [0] })).toEqual({
      clusterId: 'id',
      brokers: [
        { id: 0, address: 'h:1', rack: 'a', state: 'up', leaders: 1, replicas: 2 },
        { id: 1, address: 'h:1', rack: 'b', state: 'silent', leaders: 1, replicas: 2 },
        { id: 2, state: 'missing', leaders: 0, replicas: 2 },
      ],
      quorum: { leaderId: 1, voters: [0, 1, 2], maxLag: 4 },
      topics: { total: 1, declared: 1, missing: 0 },
      partitions: {
        total: 2,
        offline: 0,
        underMinIsr: 1,
        underReplicated: 2,
        names: { offline: [], underMinIsr: ['__consumer_offsets-0'] },
      },
      unseen: [],
    });
  });
});
