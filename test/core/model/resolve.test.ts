import { readFileSync } from 'node:fs';
import type { Explanation } from '../../../lib/core/model';
import { MINIMAL, modelOfFile, modelOfText, openText } from '../../support/environments';

const withPools = (pools: string): string =>
  MINIMAL.replace('  nodes: { roles: [broker, controller], replicas: 3 }', pools);

describe('resolving an environment', () => {
  test('gives the same model twice', () => {
    expect(modelOfFile('staging')).toEqual(modelOfFile('staging'));
  });

  test('defaults topics to three copies, two of them in sync, kept seven days', () => {
    const [topic] = modelOfText(`${MINIMAL}topics: { orders: {} }\n`).topics;
    expect(topic).toMatchObject({
      replicationFactor: 3,
      minInSyncReplicas: 2,
      retentionMs: 604_800_000,
      cleanupPolicy: ['delete'],
    });
    expect(topic?.config).toEqual({
      'cleanup.policy': 'delete',
      'min.insync.replicas': '2',
      'retention.ms': '604800000',
    });
  });

  test.each([
    [1, 1, 1],
    [2, 2, 1],
    [3, 3, 2],
    [9, 3, 2],
  ])('on %i brokers a topic has %i copies and min ISR %i', (brokers, replicationFactor, minInSyncReplicas) => {
    const { model } = openText(
      `${withPools(`  controllers: { roles: [controller], replicas: 3 }\n  brokers: { roles: [broker], replicas: ${brokers} }`)}topics: { orders: {} }\n`,
    );
    expect(model?.topics[0]).toMatchObject({ replicationFactor, minInSyncReplicas });
    expect(model?.brokerConfig.get('default.replication.factor')?.value).toBe(String(replicationFactor));
    expect(model?.brokerConfig.get('offsets.topic.replication.factor')?.value).toBe(String(Math.min(3, brokers)));
    expect(model?.brokerConfig.get('transaction.state.log.min.isr')?.value).toBe(brokers >= 3 ? '2' : '1');
  });

  test('keeps compacted topics for ever and does not set a retention time that compaction ignores', () => {
    const [topic] = modelOfText(
      `${MINIMAL}topicDefaults: { retention: { time: 1d } }\ntopics: { profiles: { cleanupPolicy: [compact] } }\n`,
    ).topics;
    expect(topic?.retentionMs).toBe(-1);
    expect(topic?.config).not.toHaveProperty(['retention.ms']);
  });

  test('lets a topic win over topicDefaults and topicDefaults over the kit', () => {
    const model = modelOfText(
      `${MINIMAL}topicDefaults: { partitions: 6, retention: { time: 1d } }\ntopics: { a: {}, b: { partitions: 9 } }\n`,
    );
    expect(model.topics.map(({ partitions, retentionMs }) => [partitions, retentionMs])).toEqual([
      [6, 86_400_000],
      [9, 86_400_000],
    ]);
  });

  test('leaves tombstones out of the topics', () => {
    const model = modelOfText(`${MINIMAL}topics: { old: { deleted: { reason: replaced } } }\n`);
    expect(model.topics).toEqual([]);
    expect(model.deletedTopics).toEqual([{ name: 'old', reason: 'replaced' }]);
  });

  test('writes out the unsafe defaults of Kafka with their opposite and a reason', () => {
    const { brokerConfig } = modelOfText(MINIMAL);
    expect(brokerConfig.get('auto.create.topics.enable')).toMatchObject({ value: 'false', source: 'default' });
    expect(brokerConfig.get('unclean.leader.election.enable')).toMatchObject({ value: 'false' });
    for (const option of brokerConfig.values()) expect(option.why.length).toBeGreaterThan(20);
  });

  test('takes kafka.config over its own defaults', () => {
    const { brokerConfig } = modelOfText(
      MINIMAL.replace("'4.3' }", "'4.3', config: { initial.broker.registration.timeout.ms: 60000 } }"),
    );
    expect(brokerConfig.get('initial.broker.registration.timeout.ms')).toEqual({
      value: '60000',
      source: 'environment',
      why: 'written in the environment',
    });
  });

  test('lets controllers join by themselves only where the version can', () => {
    expect(modelOfText(MINIMAL).brokerConfig.get('controller.quorum.auto.join.enable')?.value).toBe('true');
    expect(modelOfText(MINIMAL.replace('4.3', '4.1')).brokerConfig.has('controller.quorum.auto.join.enable')).toBe(
      false,
    );
  });

  test('derives ids from name and target, so that another name is another cluster', () => {
    const ids = [
      modelOfText(MINIMAL).clusterId,
      modelOfText(MINIMAL.replace('mini', 'maxi')).clusterId,
      modelOfFile('prod-ec2').clusterId,
      modelOfFile('prod', 'local').clusterId,
    ];
    expect(new Set(ids).size).toBe(4);
    const directories = modelOfText(MINIMAL).nodes.map((node) => node.directoryId);
    expect(new Set(directories).size).toBe(3);
  });

  test('pins the cluster id that the environment gives', () => {
    const id = 'MkU3OEVBNTcwNTJENDM2Qg';
    expect(modelOfText(MINIMAL.replace("'4.3' }", `'4.3', clusterId: ${id} }`)).clusterId).toBe(id);
  });

  test('takes the newest patch release of a version, or the one that is pinned', () => {
    expect(modelOfText(MINIMAL).kafka.patch).toMatch(/^4\.3\.\d+$/);
    expect(modelOfText(MINIMAL.replace("'4.3'", "'4.3.0'")).kafka.patch).toBe('4.3.0');
  });

  test('fails on a version that nobody knows, and still checks the rest', () => {
    const { issues } = openText(`${MINIMAL.replace("'4.3'", "'4.33'")}topics: { orders: { replicationFactor: 9 } }\n`);
    expect(issues.map(({ code, at }) => [code, at?.line])).toEqual(
      expect.arrayContaining([
        ['KAFKA-VERSION-UNKNOWN', 3],
        ['TOPIC-REPLICATION-FACTOR', 8],
      ]),
    );
  });

  test.each([
    ['4.3.99', 'Use "4.3".'],
    ['9.9', 'Choose one of them.'],
  ])('fails on version %s with the hint: %s', (version, hint) => {
    const { issues } = openText(MINIMAL.replace("'4.3'", `'${version}'`));
    expect(issues).toContainEqual(expect.objectContaining({ code: 'KAFKA-VERSION-UNKNOWN', hint }));
  });
});

describe('nodes', () => {
  test('on a laptop have ports of their own, the first listener first', () => {
    const { nodes } = modelOfText(MINIMAL);
    expect(nodes.map(({ id, ports }) => [id, ports])).toEqual([
      [0, { INTERNAL: 19092, REPLICATION: 19095, CONTROLLER: 19098 }],
      [1, { INTERNAL: 19093, REPLICATION: 19096, CONTROLLER: 19099 }],
      [2, { INTERNAL: 19094, REPLICATION: 19097, CONTROLLER: 19100 }],
    ]);
  });

  test('serve only the listeners of their roles', () => {
    const { nodes } = modelOfFile('dc1');
    expect(nodes.find(({ name }) => name === 'c1')?.ports).toEqual({ CONTROLLER: 9093 });
    expect(nodes.find(({ name }) => name === 'b1')?.ports).toEqual({ INTERNAL: 9092, REPLICATION: 9091 });
  });

  test('of pools with controllers come first, each pool begins a hundred later', () => {
    const { pools } = modelOfFile('prod-ec2');
    expect(pools.map(({ name, firstNodeId }) => [name, firstNodeId])).toEqual([
      ['controllers', 0],
      ['brokers', 100],
    ]);
  });

  test('are spread over racks in turn', () => {
    const racks = modelOfFile('prod-ec2')
      .nodes.filter(({ roles }) => roles.includes('broker'))
      .map(({ rack }) => rack);
    expect(racks).toEqual(['eu-west-1a', 'eu-west-1b', 'eu-west-1c', 'eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
  });

  test('on Kubernetes keep their ids when a pool grows', () => {
    const files = Object.fromEntries(
      ['environments/staging.yaml', 'environments/base.yaml'].map((path) => [path, readFileSync(path, 'utf8')]),
    );
    const names = (replicas: number): string[] =>
      openText(`extends: ./environments/staging.yaml\nnodePools: { brokers: { replicas: ${replicas} } }\n`, {
        files,
      }).model!.nodes.map(({ name }) => name);
    expect(names(3)).toHaveLength(6);
    expect(names(7)).toEqual(expect.arrayContaining(names(3)));
  });

  test('do not exist where a service runs the brokers', () => {
    const model = modelOfFile('prod');
    expect(model.nodes).toEqual([]);
    expect(model.brokerCount).toBe(6);
    expect(model.internalListeners).toBeUndefined();
  });
});

describe('explaining', () => {
  test('tells of every value where it comes from', () => {
    const seen: Explanation[] = [];
    modelOfText(`${MINIMAL}topics: { orders: { partitions: 6 } }\n`, {
      explain: (explanation) => seen.push(explanation),
    });
    expect(seen).toEqual(
      expect.arrayContaining([
        { path: 'topics.orders.partitions', value: '6', source: 'file', why: 'written in the environment' },
        expect.objectContaining({ path: 'topics.orders.replicationFactor', value: '3', source: 'default' }),
        expect.objectContaining({
          path: 'kafka.config["auto.create.topics.enable"]',
          value: 'false',
          source: 'default',
        }),
      ]),
    );
  });
});
