import { App, Duration, Size, Testing } from 'cdk8s';
import { KafkaChart, KafkaVersion, NodePool, NodeSpread, TaintEffect } from '../../charts';
import { manifestsOfText, type KubernetesText, type Manifest } from '../support/manifests';

const pods = (text: KubernetesText, set = 'small-brokers'): Manifest =>
  manifestsOfText(text).get('StatefulSet', set).spec.template;
const spread = (text: KubernetesText, set?: string): unknown[] =>
  (pods(text, set).spec.topologySpreadConstraints ?? []).map(
    ({ topologyKey, whenUnsatisfiable, minDomains }: Manifest) =>
      [topologyKey.split('/')[1], whenUnsatisfiable, minDomains].filter((word) => word !== undefined).join(' '),
  );
const POOLS = (replicas: number): string =>
  `{ controllers: { roles: [controller], replicas: 3, volumes: [{ size: 1GiB }] }, brokers: { roles: [broker], replicas: ${replicas}, volumes: [{ size: 1GiB }] } }`;
const LABEL = { version: '1.35', more: 'racks: [a, b, c]' };

describe('the places of pods', () => {
  test.each<[string, KubernetesText, string | undefined, string[]]>([
    ['hosts, as evenly as they allow', {}, undefined, ['hostname DoNotSchedule']],
    [
      'never two on one machine, since fewer machines than nodes count as an empty one',
      { settings: 'pods: { brokers: { hosts: one-each } }' },
      undefined,
      ['hostname DoNotSchedule 3'],
    ],
    [
      'wherever it suits',
      { settings: 'pods: { brokers: { hosts: preferred } }' },
      undefined,
      ['hostname ScheduleAnyway'],
    ],
    [
      'a node in each zone',
      { ...LABEL, settings: 'rackSource: pod-zone-label' },
      undefined,
      ['zone DoNotSchedule 3', 'hostname DoNotSchedule'],
    ],
    [
      'zones with more nodes than zones, of which one may be lost without holding up restarts in the others',
      { ...LABEL, settings: 'rackSource: pod-zone-label', pools: POOLS(6) },
      undefined,
      ['zone DoNotSchedule', 'hostname DoNotSchedule'],
    ],
    [
      'one zone, which needs no spreading over zones',
      { version: '1.35', settings: 'rackSource: pod-zone-label', more: 'racks: [a]' },
      undefined,
      ['hostname DoNotSchedule'],
    ],
    [
      'machines of the zone of a StatefulSet',
      { more: 'racks: [a, b, c]', settings: 'pods: { brokers: { hosts: one-each } }', pools: POOLS(6) },
      'small-brokers-a',
      ['hostname DoNotSchedule 2'],
    ],
    [
      'anywhere, for a node that is alone',
      { pools: '{ brokers: { roles: [broker, controller], replicas: 1, volumes: [{ size: 1GiB }] } }' },
      undefined,
      [],
    ],
  ])('are %s', (_, text, set, expected) => expect(spread(text, set)).toEqual(expected));

  test('are what a chart says, and the same as an environment that says so', () => {
    const pool = NodePool.brokers('brokers', {
      replicas: 3,
      volumes: [Size.gibibytes(1)],
      pods: {
        cpuRequest: '500m',
        cpuLimit: '2',
        priorityClass: 'kafka',
        nodeSelector: { disk: 'nvme' },
        tolerations: [{ key: 'dedicated', value: 'kafka', effect: TaintEffect.NO_SCHEDULE }, {}],
        evictAfter: Duration.hours(1),
        hosts: NodeSpread.ONE_EACH,
        annotations: { 'example.com/note': 'a text, of any kind' },
        labels: { 'example.com/team': 'data' },
        readyFor: Duration.seconds(65),
      },
    });
    const chart = new KafkaChart(new App(), 'small', {
      namespace: 'kafka',
      kafkaVersion: KafkaVersion.V4_3,
      kubernetesVersion: '1.34',
      image: 'registry.example/kafka:4.3.1',
      nodePools: [NodePool.controllers({ replicas: 3, volumes: [Size.gibibytes(1)] }), pool],
    });
    const made = (Testing.synth(chart) as Manifest[]).find(
      ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'small-brokers',
    );
    const { spec } = made;
    expect(spec.minReadySeconds).toBe(65);
    expect(spec.template.metadata.labels).toMatchObject({
      'example.com/team': 'data',
      'app.kubernetes.io/name': 'kafka',
    });
    expect(spec.template.metadata.annotations).toMatchObject({ 'example.com/note': 'a text, of any kind' });
    expect(spec.template.spec).toMatchObject({
      priorityClassName: 'kafka',
      nodeSelector: { disk: 'nvme' },
      tolerations: [
        { key: 'dedicated', operator: 'Equal', value: 'kafka', effect: 'NoSchedule' },
        { operator: 'Exists' },
        { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 3600 },
        { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 3600 },
      ],
    });
    expect(spec.template.spec.containers[0].resources).toEqual({
      requests: { cpu: '500m', memory: '8Gi' },
      limits: { cpu: '2', memory: '8Gi' },
    });
    const written = manifestsOfText({
      settings: `pods: { brokers: { cpu: { request: 500m, limit: "2" }, priorityClass: kafka, nodeSelector: { disk: nvme },
        tolerations: [{ key: dedicated, value: kafka, effect: NoSchedule }, {}], evictAfter: 3600s, hosts: one-each,
        annotations: { example.com/note: "a text, of any kind" }, labels: { example.com/team: data }, readyFor: 65s } }`,
    });
    expect(made).toEqual(written.get('StatefulSet', 'small-brokers'));
  });
});

describe('an upgrade of the Kubernetes cluster', () => {
  const VERSIONS = ['1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.37'];

  test.each([
    ['racks by StatefulSet', 'racks: [a, b, c]'],
    ['no racks', ''],
    ['workers', 'racks: [a, b, c]\nconnect: {}'],
  ])('renames no object and changes nothing that cannot change, with %s', (_, more) => {
    const identities = VERSIONS.map((version) => {
      const { all, model } = manifestsOfText({ version, more });
      return {
        ids: model.nodes.map(({ id, name }) => [id, name]),
        names: all.map(({ kind, metadata }) => `${kind} ${metadata.name}`).filter((name) => !name.startsWith('Job ')),
        sets: all
          .filter(({ kind }) => kind === 'StatefulSet')
          .map(({ metadata, spec }) => [
            metadata.name,
            spec.selector,
            spec.serviceName,
            spec.podManagementPolicy,
            spec.ordinals,
            spec.volumeClaimTemplates,
            spec.template.spec.volumes.map(({ name }: Manifest) => name),
          ]),
      };
    });
    for (const identity of identities) expect(identity).toEqual(identities[0]);
  });
});

test.each([
  ['of 16 GiB', 'memory: 16GiB', '', '2'],
  ['of 8 GiB', '', '', '1'],
  ['of little memory', 'memory: 512MiB, heap: 256MiB', '', '100m'],
  ['with a limit below it', '', 'cpu: { limit: 600m }', '600m'],
  ['with one of its own', '', 'cpu: { request: 2500m }', '2500m'],
])('a broker %s asks for the CPU that goes with its memory, as the API writes it', (_, pool, cpu, request) => {
  const manifests = manifestsOfText({
    pools: `{ controllers: { roles: [controller], replicas: 3, volumes: [{ size: 1GiB }] }, brokers: { roles: [broker], replicas: 3, volumes: [{ size: 1GiB }], ${pool} } }`,
    settings: `pods: { brokers: { ${cpu} } }`,
  });
  const requestOf = (set: string): string =>
    manifests.get('StatefulSet', set).spec.template.spec.containers[0].resources.requests.cpu;
  expect([requestOf('small-brokers'), requestOf('small-controllers')]).toEqual([request, '250m']);
});
