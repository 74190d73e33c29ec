import { formatLock, lockEntry, withTarget, type TargetLock } from '../../../lib/core/lock';
import type { EnvironmentModel } from '../../../lib/core/model';
import { LOCK_RULES } from '../../../lib/core/rules/lock';
import { openText } from '../../support/environments';
import { BASES, findings, type Base } from '../../support/rule-cases';

const TOPICS =
  'topicDefaults: { replicationFactor: 3 }\ntopics: { orders: { partitions: 12 }, profiles: { cleanupPolicy: [compact] } }\n';

function locked(
  base: Base,
  extend: (entry: TargetLock) => TargetLock = (entry) => entry,
): { files: Record<string, string> } {
  const model = openText(`extends: ./base.yaml\n${TOPICS}`, { files: { 'base.yaml': BASES[base] } })
    .model as EnvironmentModel;
  const text = formatLock(withTarget(undefined, model.name, model.target, extend(lockEntry(model))));
  return { files: { 'test.lock.json': text } };
}

describe('the rules of the lock', () => {
  test.each(Object.keys(BASES) as Base[])('are silent on %s that is as it was locked', (base) => {
    expect(findings(LOCK_RULES, base, TOPICS, locked(base))).toEqual([]);
  });

  test('are silent on what was added', () => {
    const more =
      'topics: { orders: { partitions: 24 }, profiles: { cleanupPolicy: [compact] }, clicks: {} }\nnodePools: { brokers: { replicas: 6 } }';
    expect(findings(LOCK_RULES, 'ec2', more, locked('ec2'))).toEqual([]);
  });

  test('warn where there is no lock, but on a laptop', () => {
    expect(findings(LOCK_RULES, 'ec2', TOPICS)).toEqual(['LOCK-MISSING']);
    expect(findings(LOCK_RULES, 'local', TOPICS)).toEqual([]);
  });

  test.each<readonly [string, Base, string, readonly string[]]>([
    ['another name', 'ec2', `name: other\n${TOPICS}`, ['LOCK-ENVIRONMENT name', 'LOCK-FIXED targets.ec2.dnsZone']],
    [
      'another cluster id',
      'ec2',
      `kafka: { clusterId: MkU3OEVBNTcwNTJENDM2Qg }\n${TOPICS}`,
      ['LOCK-CLUSTER-ID kafka.clusterId'],
    ],
    [
      'fewer partitions',
      'ec2',
      'topics: { orders: { partitions: 6 }, profiles: { cleanupPolicy: [compact] } }',
      ['LOCK-PARTITIONS topics.orders.partitions'],
    ],
    [
      'more partitions of a compacted topic',
      'ec2',
      'topics: { orders: { partitions: 12 }, profiles: { cleanupPolicy: [compact], partitions: 4 } }',
      ['LOCK-PARTITIONS-COMPACTED topics.profiles.partitions'],
    ],
    [
      'fewer copies',
      'ec2',
      TOPICS.replace('replicationFactor: 3', 'replicationFactor: 2'),
      ['LOCK-REPLICATION-FACTOR topicDefaults.replicationFactor'],
    ],
    [
      'a topic that is merely absent',
      'ec2',
      'topics: { profiles: { cleanupPolicy: [compact] } }',
      ['LOCK-TOPIC-ABSENT topics.orders'],
    ],
    [
      'fewer brokers',
      'ec2',
      `${TOPICS}nodePools: { brokers: { replicas: 2 } }`,
      ['LOCK-NODE nodePools.brokers.brokers-2'],
    ],
    [
      'a pool that is gone',
      'hosts',
      `${TOPICS}nodePools: { brokers: { replicas: 2 } }\ntargets: { hosts: { inventory: { b3: null } } }`,
      ['LOCK-NODE targets.hosts.inventory.b3'],
    ],
    [
      'other node ids',
      'ec2',
      `${TOPICS}nodePools: { brokers: { nodeIds: { start: 500 } } }`,
      ['brokers-0', 'brokers-1', 'brokers-2'].map((name) => `LOCK-NODE nodePools.brokers.${name}`),
    ],
    [
      'a host in another rack',
      'hosts',
      `${TOPICS}targets: { hosts: { inventory: { b1: { rack: r2 } } } }`,
      ['LOCK-NODE targets.hosts.inventory.b1'],
    ],
    [
      'another role',
      'hosts',
      `${TOPICS}nodePools: { brokers: { roles: [broker, controller] } }`,
      ['b1', 'b2', 'b3'].map((name) => `LOCK-NODE targets.hosts.inventory.${name}`),
    ],
    ['another region', 'msk', `${TOPICS}aws: { region: eu-central-1 }`, ['LOCK-FIXED aws.region']],
    ['another VPC', 'msk', `${TOPICS}racks: [eu-west-1a, eu-west-1b]`, ['LOCK-FIXED racks']],
    [
      'another number of volumes',
      'kubernetes',
      `${TOPICS}nodePools: { brokers: { volumes: [{ size: 1TiB }, { size: 1TiB }] } }`,
      ['LOCK-FIXED nodePools.brokers.volumes', 'LOCK-VOLUME-GROWS nodePools.brokers.volumes[0].size'],
    ],
  ])('fails or warns: %s', (_title, base, change, expected) => {
    expect(findings(LOCK_RULES, base, change, locked(base))).toEqual([...expected].sort());
  });

  test('fails where a cluster that was formed is to be formed again', () => {
    const lock = locked('ec2', (entry) => ({ ...entry, formed: true }));
    expect(findings(LOCK_RULES, 'ec2', TOPICS, lock)).toEqual([]);
    expect(findings(LOCK_RULES, 'ec2', TOPICS, { ...lock, formation: 'first' })).toEqual(['LOCK-FORMED']);
  });
});

describe('an acknowledgement', () => {
  const change = (to: number): string =>
    `topics: { orders: { partitions: ${to} }, profiles: { cleanupPolicy: [compact] } }\nacknowledge: [{ code: LOCK-PARTITIONS, path: topics.orders.partitions, from: 12, to: 6, reason: made anew }]`;

  test('allows exactly the change that it names', () => {
    expect(findings(LOCK_RULES, 'ec2', change(6), locked('ec2'))).toEqual([]);
    expect(findings(LOCK_RULES, 'ec2', change(5), locked('ec2'))).toEqual(['LOCK-PARTITIONS topics.orders.partitions']);
  });

  test('that matches nothing any more is a warning', () => {
    const { issues } = openText(`extends: ./base.yaml\n${change(12)}`, {
      files: { 'base.yaml': BASES.ec2, ...locked('ec2').files },
    });
    expect(issues.map(({ code, level, path }) => [code, level, path])).toContainEqual([
      'ACKNOWLEDGEMENT-UNUSED',
      'warning',
      'acknowledge[0]',
    ]);
  });
});
