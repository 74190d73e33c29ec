import { codes, openText } from '../../support/environments';
import { kubernetesText, type KubernetesText } from '../../support/manifests';

const POOL = 'volumes: [{ size: 1GiB }]';
const issuesOf = (text: string): string[] =>
  codes(openText(text).issues).filter((issue) => issue.startsWith('KUBERNETES-'));
const pool = (name: string, rest = 'roles: [broker, controller], replicas: 3'): string =>
  `{ ${name}: { ${rest}, ${POOL} } }`;

describe('an environment on Kubernetes that is right', () => {
  test.each<[string, KubernetesText]>([
    ['as small as it can be', {}],
    ['the oldest version', { version: '1.30' }],
    ['racks called like zones', { more: 'racks: [eu-west-1a, eu-west-1b, eu-west-1c]' }],
    [
      'racks of any name that pods bring along',
      { version: '1.35', settings: 'rackSource: pod-zone-label', more: 'racks: [R_1, R_2]' },
    ],
    ['a domain of its own', { settings: 'clusterDomain: k8s.example.org' }],
    [
      'pods that say where they run',
      {
        settings:
          'pods: { brokers: { cpu: { request: 500m, limit: "2" }, hosts: one-each, readyFor: 65s, labels: { example.com/team: data } } }',
      },
    ],
    ['sixty brokers', { pools: pool('nodes', 'roles: [broker, controller], replicas: 60') }],
    ['a secret that is kept elsewhere', { more: 'secrets: { db: { provider: aws-secrets-manager, id: prod/db } }' }],
  ])('has no finding: %s', (_, text) => {
    expect(issuesOf(kubernetesText(text))).toEqual([]);
  });
});

describe('an environment on Kubernetes', () => {
  test.each<[string, KubernetesText, string[]]>([
    [
      'racks that cannot be in a name',
      { more: 'racks: [r1, R2, r_3]' },
      ['KUBERNETES-RACK-NAME racks[1]', 'KUBERNETES-RACK-NAME racks[2]'],
    ],
    [
      'a pool called like the workers',
      { pools: pool('connect'), more: 'connect: {}' },
      ['KUBERNETES-NAME-CLASH nodePools.connect'],
    ],
    [
      'two pools that meet in a zone',
      {
        pools: `{ a: { roles: [broker, controller], replicas: 3, ${POOL} }, a-b: { roles: [broker], replicas: 2, nodeIds: { start: 500 }, ${POOL} } }`,
        more: 'racks: [b-c, c]',
      },
      ['KUBERNETES-NAME-CLASH nodePools.a-b'],
    ],
    [
      'a domain that is none',
      { settings: "clusterDomain: 'Cluster Local'" },
      ['KUBERNETES-SERVICE-NAME targets.kubernetes.clusterDomain'],
    ],
    [
      'a domain without room for pods',
      { settings: `clusterDomain: ${'abcdefgh.'.repeat(24)}org` },
      ['KUBERNETES-SERVICE-NAME targets.kubernetes.clusterDomain'],
    ],
    ['a Secret that cannot be', { more: 'secrets: { db: { id: prod/db } }' }, ['KUBERNETES-SECRET-NAME secrets.db.id']],
    [
      'a principal that no Secret can be called after',
      { listeners: '{ partners: { authentication: mtls } }', more: 'principals: { ACME_1: { listener: partners } }' },
      ['KUBERNETES-SECRET-NAME principals.ACME_1'],
    ],
    [
      'a key that no Secret has',
      {
        more: `secrets: { db: { id: db } }
principals: { app: { listener: internal, users: { app-1: { password: { secret: db, key: "of app" } } } } }
connect: { connectors: { c: { class: a.B, secretConfig: { password: { secret: db, key: db/password } } } } }`,
      },
      [
        'KUBERNETES-SECRET-KEY connect.connectors.c.secretConfig.password.key',
        'KUBERNETES-SECRET-KEY principals.app.users.app-1.password.key',
      ],
    ],
    [
      'ports that take a right to open',
      {
        listeners: '{ internal: { authentication: scram-sha-512, port: 443 } }',
        more: 'monitoring: { metricsPort: 900 }',
      },
      ['KUBERNETES-PORT listeners.internal.port', 'KUBERNETES-PORT monitoring.metricsPort'],
    ],
    [
      'a value of a taint without its key',
      { settings: 'pods: { brokers: { tolerations: [{}, { value: kafka }] } }' },
      ['KUBERNETES-PODS-TOLERATION targets.kubernetes.pods.brokers.tolerations[1].value'],
    ],
    [
      'pods of a pool that there is not',
      { settings: 'pods: { broker: { readyFor: 40s } }' },
      ['KUBERNETES-PODS-POOL targets.kubernetes.pods.broker'],
    ],
    [
      'more CPU than the limit',
      { settings: 'pods: { brokers: { cpu: { request: "2", limit: 1500m } } }' },
      ['KUBERNETES-PODS-CPU targets.kubernetes.pods.brokers.cpu.request'],
    ],
    [
      'labels and annotations of the kit',
      {
        settings:
          'pods: { brokers: { labels: { app.kubernetes.io/name: mine }, annotations: { kafka-deployment-kit/config-hash: x } } }',
      },
      [
        'KUBERNETES-PODS-LABEL targets.kubernetes.pods.brokers.labels["app.kubernetes.io/name"]',
        'KUBERNETES-PODS-LABEL targets.kubernetes.pods.brokers.annotations["kafka-deployment-kit/config-hash"]',
      ],
    ],
    [
      'a zone beside the zone of a StatefulSet',
      {
        settings: 'pods: { brokers: { nodeSelector: { topology.kubernetes.io/zone: c } } }',
        more: 'racks: [a, b, c]',
      },
      ['KUBERNETES-PODS-ZONE targets.kubernetes.pods.brokers.nodeSelector["topology.kubernetes.io/zone"]'],
    ],
    [
      'a rollout that goes on before names are looked up again',
      { settings: 'pods: { brokers: { readyFor: 5s } }' },
      ['KUBERNETES-PODS-READY targets.kubernetes.pods.brokers.readyFor'],
    ],
    [
      'a rollout that cannot see replicas',
      { more: 'monitoring: { metrics: false }' },
      ['KUBERNETES-GATE monitoring.metrics'],
    ],
    [
      'a pool whose files do not fit',
      { pools: pool('nodes', 'roles: [broker], replicas: 900, nodeIds: { start: 10000 }').replace('}}', '}') },
      ['KUBERNETES-CONFIG-SIZE nodePools.nodes'],
    ],
  ])('fails with %s', (_, text, expected) => {
    expect(issuesOf(kubernetesText(text))).toEqual(expect.arrayContaining(expected));
  });

  test('fails with a Service whose name is too long, and counts', () => {
    const text = kubernetesText({ listeners: '{ abcdefghijklmnopqrst: { authentication: scram-sha-512 } }' }).replace(
      'name: small',
      `name: ${'e'.repeat(40)}`,
    );
    const issue = openText(text).issues.find(({ code }) => code === 'KUBERNETES-SERVICE-NAME')!;
    expect(issue.path).toBe('listeners.abcdefghijklmnopqrst');
    expect(issue.message).toContain('(71 characters); at most 63 are allowed.');
  });
});
