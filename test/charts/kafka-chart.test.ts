import { App, Size, Testing, type Chart } from 'cdk8s';
import {
  CertificateSource,
  ClusterFormation,
  KafkaBrokers,
  KafkaChart,
  KafkaConnectChart,
  KafkaConnectorState,
  KafkaEnvironment,
  KafkaEnvironmentChart,
  KafkaListener,
  KafkaVersion,
  NodePool,
  RackSource,
  type KafkaChartProps,
  type KafkaConnectChartProps,
  type KafkaConnectElsewhereProps,
} from '../../charts';
import { kubernetesText, Manifests, type Manifest } from '../support/manifests';
import { modelOfFile } from '../support/environments';
import { SMALL_CLUSTER } from '../support/small-cluster';

const chart = (props: Partial<KafkaChartProps> = {}, id = 'small'): KafkaChart =>
  new KafkaChart(new App(), id, { ...SMALL_CLUSTER, ...props });
const objects = (of: Chart): Manifest[] => Testing.synth(of) as Manifest[];
const byName = (list: Manifest[]): Manifest[] =>
  [...list].sort((a, b) => `${a.kind} ${a.metadata.name}`.localeCompare(`${b.kind} ${b.metadata.name}`));

describe('KafkaChart', () => {
  test('gives the same objects as an environment that says the same', () => {
    const environment = KafkaEnvironment.fromYaml(kubernetesText());
    const written = new KafkaEnvironmentChart(new App(), 'written', { environment });
    expect(byName(objects(chart()))).toEqual(byName(objects(written)));
  });

  test('takes its name from the id of the chart, or as it is told', () => {
    const names = (of: Chart): string[] =>
      objects(of)
        .filter(({ kind }) => kind === 'StatefulSet')
        .map(({ metadata }) => metadata.name);
    expect(names(chart({}, 'events')).sort()).toEqual(['events-brokers', 'events-controllers']);
    expect(names(chart({ clusterName: 'orders' }, 'events')).sort()).toEqual(['orders-brokers', 'orders-controllers']);
  });

  test('passes on what it is told', () => {
    const made = objects(
      chart({
        kubernetesVersion: '1.35',
        nodePools: [
          NodePool.combined('nodes', {
            replicas: 3,
            volumes: [Size.gibibytes(10), Size.gibibytes(10)],
            memory: Size.gibibytes(4),
            firstNodeId: 10,
            config: { 'num.network.threads': '5' },
          }),
        ],
        listeners: [KafkaListener.mutualTls('partners', { port: 9500 }), KafkaListener.anonymous('open')],
        racks: ['a', 'b', 'c'],
        rackSource: RackSource.POD_ZONE_LABEL,
        certificates: CertificateSource.SECRET,
        storageClass: 'fast',
        config: { 'num.io.threads': '16' },
        formation: ClusterFormation.FORMED,
      }),
    );
    const set = made.find(({ kind }) => kind === 'StatefulSet');
    expect(set.spec.ordinals).toEqual({ start: 10 });
    expect(set.spec.volumeClaimTemplates).toHaveLength(2);
    expect(set.spec.volumeClaimTemplates[0].spec.storageClassName).toBe('fast');
    const { data } = made.find(({ kind }) => kind === 'ConfigMap');
    for (const line of ['num.io.threads=16', 'num.network.threads=5']) {
      expect(data['server-10.properties']).toContain(`\n${line}\n`);
    }
    expect(data['server-10.properties']).toContain('PARTNERS://:9500');
    expect(data['format.arguments']).toContain('--no-initial-controllers');
    expect(made.map(({ kind }) => kind)).not.toContain('Certificate');
    expect(made.filter(({ kind }) => kind === 'PodDisruptionBudget')).toHaveLength(1);
  });

  test.each<[string, Partial<KafkaChartProps>, string]>([
    ['too few brokers', { config: { 'default.replication.factor': '5' } }, 'kafka.config'],
    ['an option that Kafka does not know', { config: { 'num.io.thread': '16' } }, 'Did you mean num.io.threads'],
    ['Kubernetes that is too old', { kubernetesVersion: '1.29' }, 'KUBERNETES-VERSION'],
    ['two listeners of one name', { listeners: [KafkaListener.scram('a'), KafkaListener.scram('a')] }, 'listeners'],
    [
      'two pools of one name',
      {
        nodePools: [
          ...SMALL_CLUSTER.nodePools,
          NodePool.brokers('brokers', { replicas: 1, volumes: [Size.gibibytes(1)] }),
        ],
      },
      'nodePools: two have the same name, got brokers',
    ],
    ['a namespace that cannot be', { namespace: 'Kafka!' }, 'targets.kubernetes.namespace'],
  ])('fails for %s, and names it', (_, props, message) => {
    expect(() => chart(props)).toThrow(message);
  });

  test('fails with every issue at once, without lines of a file that nobody wrote', () => {
    expect.assertions(3);
    try {
      chart({ kubernetesVersion: '1.29', config: { 'num.io.thread': '16' } });
    } catch (error) {
      const { message } = error as Error;
      expect(message).toContain('KUBERNETES-VERSION');
      expect(message).toContain('num.io.thread');
      expect(message).not.toContain('environment.yaml');
    }
  });
});

describe('KafkaConnectChart', () => {
  test('gives the workers of a cluster, and nothing of the cluster itself', () => {
    const cluster = chart();
    const connect = new KafkaConnectChart(new App(), 'connect', {
      cluster,
      replicas: 3,
      memory: Size.gibibytes(4),
      config: { 'offset.flush.interval.ms': '5000' },
      connectors: {
        heartbeat: {
          connectorClass: 'org.apache.kafka.connect.mirror.MirrorHeartbeatConnector',
          tasksMax: 2,
          config: { 'source.cluster.alias': 'a' },
          secretConfig: { 'some.password': { secretName: 'other', key: 'password' } },
        },
      },
    });
    const made = objects(connect);
    expect(new Set(made.map(({ metadata }) => metadata.labels['app.kubernetes.io/name']))).toEqual(
      new Set(['kafka-connect']),
    );
    const set = made.find(({ kind }) => kind === 'StatefulSet');
    expect(set.spec.replicas).toBe(3);
    expect(set.spec.template.spec.containers[0].resources.limits.memory).toBe('4Gi');
    const connectors = made.find(({ metadata }) => metadata.name === 'small-connect-connectors');
    const { config } = JSON.parse(connectors.data['heartbeat.json']);
    expect(config).toMatchObject({
      'tasks.max': '2',
      'source.cluster.alias': 'a',
      'some.password': '${dir:/etc/kafka/connect-secrets/other:password}',
    });
  });

  test('fails for a plugin that is not declared', () => {
    expect(
      () =>
        new KafkaConnectChart(new App(), 'connect', {
          cluster: chart(),
          connectors: { orders: { connectorClass: 'a.B', plugin: 'debezium' } },
        }),
    ).toThrow('CONNECT-PLUGIN connect.connectors.orders.plugin');
  });
});

describe('KafkaConnectChart for brokers elsewhere', () => {
  const workers = (props: KafkaConnectChartProps): Manifest[] =>
    objects(new KafkaConnectChart(new App(), 'etl', props));
  const elsewhere = (brokers: KafkaBrokers): KafkaConnectElsewhereProps => ({
    brokers,
    namespace: 'apps',
    kubernetesVersion: '1.34',
    image: 'registry.example/kafka:4.1.2',
  });
  const find = (list: Manifest[], kind: string): Manifest => list.find((object) => object.kind === kind)!;

  test('gives workers that log in at Amazon MSK with a role, and Jobs for their connectors', () => {
    const all = workers({
      elsewhere: elsewhere(KafkaBrokers.mskIam({ clusterName: 'events', kafkaVersion: KafkaVersion.V4_1 })),
      toolsImage: 'registry.example/tools:1',
      cpu: '1',
      maxReplicas: 4,
      iamRoleArn: 'arn:aws:iam::111122223333:role/connect',
      connectors: { a: { connectorClass: 'org.example.A', tasksMax: 4, state: KafkaConnectorState.PAUSED } },
      deletedConnectors: { old: 'replaced by a' },
    });
    const { spec } = find(all, 'StatefulSet');
    expect(spec).not.toHaveProperty('replicas');
    expect(spec.template.spec.containers[0].resources.requests.cpu).toBe('1');
    expect(spec.template.spec.volumes).toContainEqual({ name: 'bootstrap', configMap: { name: 'events-bootstrap' } });
    expect(find(all, 'HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: 2, maxReplicas: 4 });
    expect(find(all, 'ServiceAccount').metadata.annotations).toEqual({
      'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/connect',
    });
    expect(find(all, 'Job').metadata.name).toMatch(/^events-connectors-/);
    expect(all.every(({ metadata }) => metadata.namespace === 'apps')).toBe(true);
  });

  test('gives several groups of workers for one cluster, each under a name of its own', () => {
    const names = ['etl', 'cdc'].flatMap((clusterName) =>
      workers({
        elsewhere: elsewhere(
          KafkaBrokers.scram(
            { clusterName, kafkaVersion: KafkaVersion.V4_3, bootstrapServers: 'b1.example:9092', brokerCount: 1 },
            'events-tls',
          ),
        ),
      }).map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('StatefulSet cdc-connect');
  });

  test('fails without brokers', () => {
    expect(() => new KafkaConnectChart(new App(), 'etl', {})).toThrow(/got neither of cluster and elsewhere/);
  });
});

describe('KafkaEnvironmentChart', () => {
  test('gives what kdk renders', () => {
    const environment = KafkaEnvironment.fromFile('environments/staging.yaml');
    const made = new KafkaEnvironmentChart(new App(), 'staging', { environment });
    expect(byName(objects(made))).toEqual(byName([...new Manifests(modelOfFile('staging')).all]));
    expect(made.kafkaNamespace).toBe('kafka');
  });

  test('fails for an environment of another target', () => {
    const environment = KafkaEnvironment.fromFile('environments/dc1.yaml');
    expect(() => new KafkaEnvironmentChart(new App(), 'dc1', { environment })).toThrow(
      'got hosts; kubernetes is needed',
    );
  });
});
