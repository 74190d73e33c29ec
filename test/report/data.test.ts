import { reportData, type ReportData } from '../../lib/report';
import { modelOfFile, openText } from '../support/environments';
import { BASES } from '../support/rule-cases';

const of = (model: ReturnType<typeof modelOfFile>): ReportData =>
  reportData({ model, name: model.owner, issues: [], kit: '1.2.3' });
const text = (yaml: string, base: keyof typeof BASES = 'kubernetes'): ReportData => {
  const { model, issues } = openText(`extends: ./base.yaml\n${yaml}`, { files: { 'base.yaml': BASES[base] } });
  return reportData({ model: model!, name: model!.owner, issues, kit: '1.2.3' });
};
const stateOf = ({ posture }: ReportData, title: string): string | undefined =>
  posture.find((line) => line.title === title)?.state;

describe('what a report says', () => {
  test('of topics: how they are kept, what they grow to, who writes and reads them', () => {
    const [orders, clicks, profiles] = of(modelOfFile('prod')).topics;
    expect(orders).toMatchObject({ name: 'orders', partitions: 48, writtenBy: ['checkout'], readBy: ['billing'] });
    expect(orders!.diskBytes! / 1024 ** 4).toBeCloseTo(2, 0);
    expect(clicks).toMatchObject({
      retentionBytesPerPartition: 20 * 1024 ** 3,
      options: expect.arrayContaining(['compression.type=zstd']),
    });
    expect(profiles).toMatchObject({ compacted: true, retentionMs: -1 });
    expect(profiles).not.toHaveProperty('diskBytes');
  });

  test('of copies and retention: topics that are alike, together', () => {
    const { durability } = text(
      'topics: { a: { retention: { time: 1h } }, b: { replicationFactor: 1, minInSyncReplicas: 1, retention: { time: forever } }, c: { cleanupPolicy: [compact] } }',
    );
    expect(durability.replication).toEqual([
      { replicationFactor: 1, minInSyncReplicas: 1, topics: ['b'], lostWhileWriting: 0, lostWithoutLoss: 0 },
      { replicationFactor: 3, minInSyncReplicas: 2, topics: ['a', 'c'], lostWhileWriting: 1, lostWithoutLoss: 1 },
    ]);
    expect(durability.retention).toEqual([
      { label: 'up to a day', topics: ['a'] },
      { label: 'the newest of each key', topics: ['c'] },
      { label: 'for ever', topics: ['b'] },
    ]);
  });

  test('of the cluster: nodes by rack, and of a service as many brokers as each zone has', () => {
    const own = of(modelOfFile('dc1')).map;
    expect(own.racks.map(({ name, nodes }) => [name, nodes.map((node) => node.id)])).toEqual([
      ['r1', [0, 101]],
      ['r2', [1, 102]],
      ['r3', [2, 103]],
    ]);
    const service = of(modelOfFile('prod')).map;
    expect(service.racks.map(({ nodes }) => nodes.length)).toEqual([2, 2, 2]);
    expect(service.listeners.map(({ name, principals }) => [name, principals])).toEqual([
      ['internal', 3],
      ['vendors', 1],
    ]);
  });

  test('of capacity: the bottleneck, and how much more load there is room for', () => {
    const { capacity } = of(modelOfFile('prod'));
    expect(capacity).toMatchObject({ bottleneck: { resource: 'disk' }, brokers: 6, brokersLeft: 4, topicsWithLoad: 2 });
    expect(capacity.growth).toBeCloseTo(1 / capacity.bottleneck!.share);
    expect(of(modelOfFile('dc1')).capacity).toMatchObject({ topicsWithLoad: 0, bottleneck: { resource: 'replicas' } });
  });

  test('of access: by whom, as whom, and what goes beyond reading and writing', () => {
    const { access } = text(`
principals:
  app: { listener: internal, rack: a, acls: [{ topics: ['x.*'], operations: [delete], permission: deny, host: 10.0.0.7 }], quota: { producerByteRate: 1MiB/s, requestPercentage: 50 } }
`);
    expect(access[0]).toMatchObject({
      identity: 'user app',
      more: [
        'may not delete: topic x.* from 10.0.0.7',
        'writes at most 1MiB/s a broker',
        'takes at most 50% of a request thread',
        'reads from replicas in rack a',
      ],
    });
    expect(of(modelOfFile('prod')).access.map(({ identity }) => identity)).toEqual([
      'role checkout-prod',
      'role billing-prod',
      'role shop-cdc-prod',
      'user acme',
    ]);
  });

  test('of security: what is well guarded, and what is not', () => {
    expect(of(modelOfFile('dc1')).posture.filter(({ state }) => state !== 'good')).toEqual([
      expect.objectContaining({ title: 'Data on disk', state: 'look' }),
    ]);
    const open = text(
      'listeners: { internal: { authentication: none, encryption: none } }\nkafka: { config: { unclean.leader.election.enable: true, auto.create.topics.enable: true } }',
    );
    for (const title of [
      'Clients to brokers',
      'Who clients are',
      'What clients may do',
      'Records that were acknowledged',
    ])
      expect([title, stateOf(open, title)]).toEqual([title, 'risk']);
    expect(stateOf(open, 'Topics by accident')).toBe('look');
    const wide = text(
      "principals: { app: { listener: internal, consume: { topics: ['*'] }, acls: [{ cluster: true, operations: [alter] }] } }",
    );
    expect(wide.posture.find(({ title }) => title === 'Wide rights')?.text).toBe(
      'On every topic: app. On the cluster: app.',
    );
    expect(stateOf(text('aws: { clients: [{ cidr: 0.0.0.0/0 }] }', 'msk'), 'Who reaches the brokers')).toBe('risk');
  });

  test('of alarms: those that this environment has, with their pages; and who is told', () => {
    const { alarms } = of(modelOfFile('dc1'));
    expect(alarms.alarms.length).toBeGreaterThan(20);
    expect(alarms.alarms[0]).toMatchObject({
      id: 'offline-partitions',
      severity: 'critical',
      runbook: expect.stringMatching(/offline-partitions\.md$/),
    });
    expect(alarms.alarms.map(({ id }) => id)).not.toContain('ingress-high');
    expect(of(modelOfFile('prod')).alarms).toMatchObject({
      alarms: expect.arrayContaining([expect.objectContaining({ id: 'group-late', by: ['CloudWatch'] })]),
      promises: [{ group: 'billing', promise: 'at most 5m behind' }],
    });
    expect(of(modelOfFile('prod-ec2')).alarms.alarms[0]).toMatchObject({ by: ['CloudWatch', 'Prometheus'] });
    expect(of(modelOfFile('dev')).alarms.none).toMatch(/No alarms are asked for/);
    expect(of(modelOfFile('local')).alarms.none).toMatch(/switched off/);
  });

  test('of versions: what is newer, and what is out of support', () => {
    const [kafka] = text("kafka: { version: '4.1' }").versions;
    expect(kafka).toMatchObject({ state: 'good', support: '2 are newer: 4.2, 4.3, of those that the kit knows' });
    expect(of(modelOfFile('dc1')).versions).toEqual([
      expect.objectContaining({
        what: 'Apache Kafka',
        support: 'the newest for this target, of those that the kit knows',
      }),
      expect.objectContaining({ what: 'Kafka Deployment Kit', version: '1.2.3' }),
    ]);
  });

  test('of decisions: whether an acknowledgement is about something that is still so', () => {
    const { findings } = text(`
topics: { orders: {} }
acknowledge:
  - { code: NOT-A-RULE, path: topics.orders, from: 1, to: 2, reason: none }
  - { code: TOPIC-RETENTION-CUT, path: topics.orders.retention.time, from: 3d, to: 1d, reason: GDPR-311 }
`);
    expect(findings.acknowledged.map(({ state, reason }) => [state, reason])).toEqual([
      ['unused', 'none'],
      ['for a plan', 'GDPR-311'],
    ]);
    expect(findings.open.map(({ code }) => code)).toContain('ACKNOWLEDGEMENT-UNUSED');
  });

  test('of the lock: ids, voters and facts', () => {
    expect(of(modelOfFile('dc1')).lock).toMatchObject({
      clusterId: 'oeIW7I_UgdM9a7DzKYW2oA',
      formed: false,
      nodes: 6,
      topics: 5,
    });
    expect(of(modelOfFile('local'))).not.toHaveProperty('lock');
  });
});
