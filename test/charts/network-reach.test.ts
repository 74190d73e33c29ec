import { App } from 'cdk8s';
import { KafkaBrokers, KafkaConnectChart, KafkaVersion } from '../../charts';
import { modelOfFile } from '../support/environments';
import { Manifests, manifestsOfText, type Manifest } from '../support/manifests';
import { mayReach, podsOf, type Party } from '../support/network-reach';

const LISTENERS = '{ internal: { authentication: scram-sha-512 }, vendors: { authentication: mtls } }';
const outsideBy = (settings: string): Manifests =>
  manifestsOfText({ listeners: LISTENERS, settings: `listeners: { vendors: { ${settings} } }`, more: 'connect: {}' });

interface Case {
  readonly title: string;
  readonly manifests: Manifests;
  /** Which of the parties outside reach the port of the listener for them. */
  readonly outside: readonly string[];
}

const BALANCED = "expose: load-balancer, host: 'b{id}.example.org', bootstrapHost: example.org";
const CASES: Case[] = [
  { title: 'staging', manifests: new Manifests(modelOfFile('staging')), outside: [] },
  { title: 'the smallest', manifests: manifestsOfText(), outside: [] },
  {
    title: 'combined nodes without metrics',
    manifests: manifestsOfText({
      pools: '{ nodes: { roles: [broker, controller], replicas: 3, volumes: [{ size: 1GiB }] } }',
      more: 'monitoring: { metrics: false }',
    }),
    outside: [],
  },
  {
    title: 'load balancers for all',
    manifests: outsideBy(BALANCED),
    outside: ['vendor', 'neighbour', 'proxy', 'stranger', 'elsewhere'],
  },
  {
    title: 'load balancers for some',
    manifests: outsideBy(`${BALANCED}, sourceRanges: [203.0.113.0/24]`),
    outside: ['vendor'],
  },
  {
    title: 'load balancers that hide their clients',
    manifests: outsideBy(`${BALANCED}, sourceRanges: [203.0.113.0/24], proxyRanges: [10.0.0.0/8]`),
    outside: ['neighbour'],
  },
  {
    title: 'a Gateway',
    manifests: outsideBy(
      "expose: tls-route, host: 'b{id}.example.org', bootstrapHost: example.org, gateway: { name: edge, namespace: edge, proxyNamespace: envoy, proxyLabels: { app: envoy } }",
    ),
    outside: ['proxy'],
  },
];

/** Who is not among the pods of the environment. */
function others(manifests: Manifests): Party[] {
  const { name, spec } = manifests.model;
  const { namespace } = spec.targets!.kubernetes!;
  const own = (key: string): Record<string, string> => ({ [`kafka-deployment-kit/${key}`]: name });
  return [
    { name: 'client', namespace: 'shop', labels: own('client') },
    { name: 'client of another environment', namespace: 'shop', labels: { 'kafka-deployment-kit/client': 'another' } },
    { name: 'admin', namespace, labels: own('admin') },
    { name: 'admin elsewhere', namespace: 'shop', labels: own('admin') },
    { name: 'client of Connect', namespace: 'shop', labels: own('connect-client') },
    { name: 'prometheus', namespace: 'monitoring', labels: { 'app.kubernetes.io/name': 'prometheus' } },
    { name: 'stranger', namespace, labels: {} },
    { name: 'elsewhere', namespace: 'shop', labels: {} },
    { name: 'proxy', namespace: 'envoy', labels: { app: 'envoy' } },
    { name: 'vendor', address: '203.0.113.7' },
    { name: 'neighbour', address: '10.1.2.3' },
  ];
}

/** The table: ports, by name, that a party may open on brokers, controllers and workers. */
function allowed(from: string, to: string, clients: readonly string[]): readonly string[] {
  const table: Record<string, Record<string, readonly string[]>> = {
    broker: {
      node: ['controller', 'replication', 'metrics'],
      worker: clients,
      reconciler: ['replication', ...clients],
      client: clients,
      admin: ['replication'],
      prometheus: ['metrics'],
    },
    controller: { node: ['controller', 'metrics'], prometheus: ['metrics'] },
    worker: { worker: ['rest'], connectors: ['rest'], 'client of Connect': ['rest'], prometheus: ['metrics'] },
    reconciler: {},
  };
  return table[to]![from] ?? [];
}

function kindOf({ labels = {} }: Party): { as: string; to: string } | undefined {
  switch (labels['app.kubernetes.io/name']) {
    case 'kafka':
      return { as: 'node', to: labels['kafka-deployment-kit/broker'] === 'true' ? 'broker' : 'controller' };
    case 'kafka-connect':
      return { as: 'worker', to: 'worker' };
    case 'kafka-reconciler':
      return {
        as: Object.keys(labels).includes('kafka-deployment-kit/admin') ? 'reconciler' : 'connectors',
        to: 'reconciler',
      };
    default:
      return undefined;
  }
}

test.each(CASES)(
  'network policies let everyone reach what the table says, and nothing else: $title',
  ({ manifests, outside }) => {
    const policies = manifests.ofKind('NetworkPolicy');
    const pods = podsOf(manifests.all).filter((pod) => kindOf(pod) !== undefined);
    const clients = manifests.model.listeners.map(({ port }) => `client-${port}`);
    const external = manifests.model.listeners.flatMap((listener) =>
      listener.external === undefined ? [] : [`client-${listener.port}`],
    );
    const parties = [
      ...pods.map((pod) => ({ party: pod as Party, kind: kindOf(pod)!.as })),
      ...others(manifests).map((party) => ({ party, kind: party.name })),
    ];
    expect(pods.length).toBeGreaterThan(0);
    const differences: string[] = [];
    for (const to of pods) {
      const kind = kindOf(to)!.to;
      for (const { party, kind: from } of parties) {
        // An opening for anybody is one for pods as well, where nothing keeps them from speaking.
        const anybody = outside.includes('vendor') && outside.includes('stranger');
        const speaks = anybody ? !['node', 'reconciler', 'connectors'].includes(from) : outside.includes(from);
        const expected = new Set([...allowed(from, kind, clients), ...(kind === 'broker' && speaks ? external : [])]);
        for (const [port, number] of Object.entries(to.ports)) {
          const may = mayReach(policies, party, to, number);
          if (may === expected.has(port)) continue;
          differences.push(`${party.name} ${may ? 'reaches' : 'does not reach'} ${port} of ${to.name}`);
        }
      }
    }
    expect(differences).toEqual([]);
  },
);

test('network policies let in every group of workers that says whose client it is, and keep groups apart', () => {
  const manifests = manifestsOfText();
  const group = (clusterName: string, clientOf?: string): Manifest[] =>
    new KafkaConnectChart(new App(), clusterName, {
      elsewhere: {
        brokers: KafkaBrokers.scram(
          {
            clusterName,
            kafkaVersion: KafkaVersion.V4_3,
            bootstrapServers: 'small-internal-bootstrap.kafka:9092',
            ...(clientOf === undefined ? {} : { clientOf }),
          },
          'small-tls',
        ),
        namespace: 'apps',
        kubernetesVersion: '1.34',
        image: 'registry.example/kafka:4.3.1',
      },
    }).toJson() as Manifest[];
  const groups = [group('etl', 'small'), group('cdc', 'small'), group('stray')];
  const policies = [
    ...manifests.ofKind('NetworkPolicy'),
    ...groups.flat().filter(({ kind }) => kind === 'NetworkPolicy'),
  ];
  const [etl, cdc, stray] = groups.map((objects) => podsOf(objects)[0]!);
  const brokers = podsOf(manifests.all).filter(({ labels }) => labels?.['kafka-deployment-kit/broker'] === 'true');
  expect(brokers.length).toBeGreaterThan(0);
  for (const broker of brokers) {
    const { port } = manifests.model.listeners[0]!;
    expect([etl, cdc, stray].map((worker) => mayReach(policies, worker!, broker, port))).toEqual([true, true, false]);
    expect(mayReach(policies, etl!, broker, broker.ports['replication']!)).toBe(false);
  }
  expect(mayReach(policies, cdc!, etl!, etl!.ports['rest']!)).toBe(false);
});
