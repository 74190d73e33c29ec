import { toPlain } from '../../lib/core/spec';
import { KafkaEnvironment } from '../../lib/environment';
import { loadEnvironment } from '../../lib/environment/load';
import { overlap, overlapsWith } from '../../lib/environment/overlaps';
import { openEnvironment, type OpenedEnvironment } from '../../lib/environment/open';
import { codes, modelOfFile } from '../support/environments';
import { BASES } from '../support/rule-cases';

const CLUSTER = `${BASES.kubernetes}description: The cluster
owns: { topics: ["platform.*", orders, old] }
topicDefaults: { partitions: 12, retention: { time: 3d } }
topics: { orders: {}, old: { deleted: { reason: gone } } }
principals: { billing: { listener: internal, consume: { topics: [orders], groups: [billing] } } }
secrets: { db: { id: db } }
connect: { replicas: 2 }
monitoring: { metrics: false, lag: { billing: { maxTimeLag: 5m } } }
reconcile: { partitionsPerWave: 10, scramIterations: 16384 }
acknowledge: [{ code: X, path: y, from: 1, to: 2, reason: z }]
`.replace(
  'targets:\n  kubernetes:\n',
  `targets:
  local:
    override:
      nodePools: { brokers: { roles: [broker, controller], replicas: 1, volumes: null }, controllers: null }
      listeners: { internal: { authentication: none } }
      topicDefaults: { partitions: 1, replicationFactor: 1 }
      topics: { orders: { partitions: 2 } }
      connect: null
  kubernetes:
`,
);

const TEAM = `name: team
cluster: ../k8s.yaml
owns: { topics: ["team.*"], principals: ["team-*"] }
topicDefaults: { partitions: 3 }
topics: { team.a: {} }
principals: { team-app: { listener: internal, consume: { topics: [orders, team.a, other.b], groups: [team-app] } } }
reconcile: { partitionsPerWave: 5 }
`;

function reader(files: Record<string, string>): (path: string) => string {
  return (path) => {
    if (!Object.hasOwn(files, path)) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    return files[path]!;
  };
}

function open(path: string, files: Record<string, string>, target?: 'local'): OpenedEnvironment {
  return openEnvironment({ path, read: reader(files), ...(target === undefined ? {} : { target }) });
}

const FILES = { 'env/k8s.yaml': CLUSTER, 'env/teams/team.yaml': TEAM };

describe('a file that adds to the cluster of another', () => {
  test('takes the cluster from there, and nothing that belongs to its owner', () => {
    const loaded = loadEnvironment('env/teams/team.yaml', reader(FILES));
    expect(loaded.issues).toEqual([]);
    expect(loaded.files).toEqual(['env/teams/team.yaml', 'env/k8s.yaml']);
    const plain = toPlain(loaded.located!) as Record<string, unknown>;
    expect(plain).toMatchObject({
      name: 'k8s',
      owner: 'team',
      kafka: { version: '4.3' },
      topicDefaults: { partitions: 3, retention: { time: '3d' } },
      topics: { 'team.a': {} },
      monitoring: { metrics: false },
      reconcile: { partitionsPerWave: 5, scramIterations: 16384 },
    });
    for (const key of ['cluster', 'description', 'secrets', 'connect', 'acknowledge'])
      expect(plain).not.toHaveProperty(key);
    expect(plain).not.toHaveProperty('monitoring.lag');
    expect(plain).not.toHaveProperty('targets.local.override.topics');
    expect(plain).not.toHaveProperty('targets.local.override.connect');
    expect(plain).toHaveProperty('targets.local.override.topicDefaults', { partitions: 3, replicationFactor: 1 });
  });

  test('is the same cluster, seen by another owner', () => {
    const { model } = open('env/teams/team.yaml', FILES);
    const base = open('env/k8s.yaml', FILES).model!;
    expect(model).toMatchObject({
      name: 'k8s',
      owner: 'team',
      owns: { topics: ['team.*'], principals: ['team-*'] },
      clusterId: base.clusterId,
      clusterTopics: ['orders'],
    });
    expect(model!.nodes).toEqual(base.nodes);
    expect(model!.topics).toMatchObject([{ name: 'team.a', partitions: 3, retentionMs: 3 * 86_400_000 }]);
  });

  test('runs on a laptop with what the file of the cluster changes for it, and its own defaults of topics', () => {
    const { model, issues } = open('env/teams/team.yaml', FILES, 'local');
    expect(issues.filter(({ level }) => level === 'error')).toEqual([]);
    expect(model).toMatchObject({ target: 'local', brokerCount: 1 });
    expect(model!.topics).toMatchObject([{ name: 'team.a', partitions: 3, replicationFactor: 1 }]);
  });

  test('knows the topics of the cluster, and warns of those that a third file may declare', () => {
    const { issues } = open('env/teams/team.yaml', FILES);
    expect(issues.map(({ level, code, path, at }) => [level, code, path, at!.file])).toEqual([
      ['warning', 'PRINCIPAL-TOPIC', 'principals.team-app.consume.topics[2]', 'env/teams/team.yaml'],
    ]);
  });

  test('takes its ids from the lock of the cluster, and is not compared with it', () => {
    const lock = {
      schemaVersion: 1,
      environment: 'k8s',
      targets: {
        kubernetes: {
          clusterId: 'AAAAAAAAAAAAAAAAAAAAAA',
          formed: true,
          voters: [],
          nodes: { 'gone-0': { id: 9, roles: ['broker'] } },
          topics: { orders: { partitions: 1, replicationFactor: 1 } },
          fixed: {},
        },
      },
    };
    const files = { ...FILES, 'env/k8s.lock.json': JSON.stringify(lock) };
    expect(codes(open('env/k8s.yaml', files).issues)).toContain('LOCK-REPLICATION-FACTOR topics.orders');
    const { model, issues } = open('env/teams/team.yaml', files);
    expect(model?.clusterId).toBe('AAAAAAAAAAAAAAAAAAAAAA');
    expect(codes(issues).filter((code) => code.startsWith('LOCK-'))).toEqual([]);
  });

  test('is told of errors in the file of the cluster at their place there, and of no warnings', () => {
    const warned = open('env/k8s.yaml', FILES).issues;
    expect(codes(warned)).toContain('RETENTION-SEGMENT topicDefaults.retention.time');
    expect(codes(open('env/teams/team.yaml', FILES).issues).join()).not.toContain('RETENTION-SEGMENT');
    const broken = { ...FILES, 'env/k8s.yaml': CLUSTER.replace("version: '4.3'", 'version: 4.3') };
    const { issues } = open('env/teams/team.yaml', broken);
    expect(issues.map(({ code, at }) => `${code} ${at!.file}`)).toEqual(['SPEC-VERSION env/k8s.yaml']);
  });

  test('may build on a file of its own, which may say which cluster it is', () => {
    const files = {
      'env/k8s.yaml': CLUSTER,
      'env/teams/base.yaml': 'cluster: ../k8s.yaml\ntopicDefaults: { partitions: 2 }\n',
      'env/teams/deep/team.yaml': 'extends: ../base.yaml\nname: team\nowns: {}\ntopics: { team.a: {} }\n',
    };
    const { model, issues } = open('env/teams/deep/team.yaml', files);
    expect(codes(issues)).toEqual([]);
    expect(model!.topics).toMatchObject([{ name: 'team.a', partitions: 2 }]);
  });

  test('fails where it declares a topic of the cluster, and names both places', () => {
    const files = { ...FILES, 'env/teams/team.yaml': TEAM.replace('team.a: {}', 'orders: {}').replace('team.*', '*') };
    const { issues } = open('env/teams/team.yaml', files);
    const twice = issues.filter(({ code }) => code === 'OWNS-TWICE');
    expect(codes(twice)).toEqual(['OWNS-TWICE owns.topics[0]', 'OWNS-TWICE topics.orders']);
    expect(twice[0]!.message).toContain('got * over platform.* of env/k8s.yaml:');
    expect(twice[1]!.message).toMatch(/got orders here and in env\/k8s\.yaml:\d+:\d+;/);
    expect(twice.map(({ at }) => at!.file)).toEqual(['env/teams/team.yaml', 'env/teams/team.yaml']);
  });

  test('fails where it declares a topic inside the scope of the cluster', () => {
    const files = {
      ...FILES,
      'env/teams/team.yaml': TEAM.replace('team.a: {}', 'platform.x: {}').replace('topics: ["team.*"], ', ''),
    };
    expect(codes(open('env/teams/team.yaml', files).issues)).toContain('OWNS-TWICE topics["platform.x"]');
  });

  test('fails as an environment to deploy', () => {
    expect(() => KafkaEnvironment.fromFile('environments/checkout-team.yaml')).toThrow(
      'checkout-team adds to the cluster of staging and describes none itself',
    );
  });

  test('is what environments/checkout-team.yaml is', () => {
    const model = modelOfFile('checkout-team');
    expect(model).toMatchObject({ name: 'staging', owner: 'checkout-team' });
    expect(model.clusterId).toBe(modelOfFile('staging').clusterId);
  });
});

describe('files that add to the same cluster', () => {
  const files = {
    ...FILES,
    'env/teams/other.yaml': `name: other
cluster: ../k8s.yaml
owns: { topics: ["tea*"], principals: [team-app, other] }
topics: { team.a: {}, tea.b: {} }
principals: { other: { listener: internal, users: { team-app: {}, mine: {} } } }
`,
    'env/teams/apart.yaml':
      'name: apart\ncluster: ../k8s.yaml\nowns: { topics: ["apart.*"] }\ntopics: { apart.a: {} }\n',
    'env/teams/twin.yaml': 'name: team\ncluster: ../k8s.yaml\nowns: { topics: [], principals: [] }\n',
  };
  const all = Object.keys(files).map((path) => open(path, files));
  const overlapsOf = (path: string): string[] =>
    codes(
      overlapsWith(
        all.find((opened) => opened.path === path)!,
        all,
      ),
    );

  test('that stay apart are fine, and the file of the cluster is compared elsewhere', () => {
    expect(overlapsOf('env/teams/apart.yaml')).toEqual([]);
    expect(overlapsOf('env/k8s.yaml')).toEqual([]);
  });

  test('fails on scopes that overlap, on what both declare, and on a name that two files have', () => {
    expect(overlapsOf('env/teams/other.yaml')).toEqual([
      'OWNS-OVERLAP owns.topics[0]',
      'OWNS-OVERLAP owns.principals[0]',
      'OWNS-OVERLAP topics["team.a"]',
      'OWNS-OVERLAP principals.other.users.team-app',
    ]);
    expect(overlapsOf('env/teams/twin.yaml')).toEqual(['OWNS-OVERLAP name']);
  });

  test.each([
    ['orders', 'orders', true],
    ['orders', 'order', false],
    ['orders', 'ord*', true],
    ['ord*', 'orders', true],
    ['ord*', 'order*', true],
    ['ord*', 'shop*', false],
    ['*', 'shop', true],
  ])('%s and %s overlap: %s', (a, b, expected) => {
    expect(overlap(a, b)).toBe(expected);
  });
});
