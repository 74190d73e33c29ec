import { App, Duration, Size, Testing, type Chart } from 'cdk8s';
import {
  DeliveryGuarantee,
  KafkaBrokers,
  KafkaChart,
  KafkaEnvironment,
  KafkaEnvironmentChart,
  KafkaListener,
  KafkaVersion,
  StreamAppChart,
  StreamAppProbe,
  StreamAppScaler,
  type StreamAppChartProps,
} from '../../charts';
import { kubernetesText, type Manifest } from '../support/manifests';
import { SMALL_CLUSTER } from '../support/small-cluster';

const image = `registry.example/billing@sha256:${'a'.repeat(64)}`;
const role = 'arn:aws:iam::111122223333:role/billing-prod';
const cluster = (listeners?: KafkaListener[]): KafkaChart =>
  new KafkaChart(new App(), 'small', { ...SMALL_CLUSTER, ...(listeners === undefined ? {} : { listeners }) });
const READS = { topics: { orders: 12 }, consume: { topics: ['orders'], group: 'billing' } };
const chart = (props: Partial<StreamAppChartProps> = {}, of: KafkaChart | undefined = cluster()): StreamAppChart =>
  new StreamAppChart(new App(), 'billing', { image, cluster: of, ...READS, ...props });
const elsewhere = (brokers: KafkaBrokers, props: Partial<StreamAppChartProps> = {}): StreamAppChart =>
  new StreamAppChart(new App(), 'billing', {
    image,
    elsewhere: { brokers, namespace: 'apps', kubernetesVersion: '1.34', imagePullSecrets: ['registry'] },
    ...READS,
    ...props,
  });
const objects = (of: Chart): Manifest[] => Testing.synth(of) as Manifest[];
const named = (list: Manifest[]): Record<string, Manifest> =>
  Object.fromEntries(list.map((object) => [`${object.kind} ${object.metadata.name}`, object]));

describe('StreamAppChart', () => {
  test('gives the same objects as an environment that says the same', () => {
    const environment = KafkaEnvironment.fromYaml(
      kubernetesText({
        settings: 'autoscaling: { by: keda }',
        more: `topics: { orders: { partitions: 12 }, invoices: { partitions: 3 } }
secrets: { token: { id: token } }
principals:
  billing: { listener: internal, consume: { topics: [orders], groups: [billing] }, produce: { topics: [invoices], transactionalIds: [billing-*] } }
applications:
  billing:
    image: ${image}
    principal: billing
    consume: { topics: [orders], group: billing, config: { max.poll.records: 50 } }
    produce: { topics: [invoices], transactionalIdPrefix: billing- }
    deliveryGuarantee: exactly-once
    autoscaling: { minReplicas: 2, maxReplicas: 12, lag: 500, cpu: 0.7, cooldown: 10m }
    memory: 2GiB
    cpu: 0.5
    command: [java]
    args: [-jar, app.jar]
    env: { LEVEL: info }
    secretEnv: { TOKEN: { secret: token, key: value } }
    user: 1001
    ports: { http: 8080 }
    probes: { startup: { command: [ls] }, readiness: { path: /ready, port: 8080, period: 5s, failures: 2 }, liveness: { port: 8080 } }
    stopTimeout: 90s
`,
      }),
    );
    const written = named(objects(new KafkaEnvironmentChart(new App(), 'written', { environment })));
    const made = named(
      objects(
        chart({
          topics: { orders: 12, invoices: 3 },
          consume: { topics: ['orders'], group: 'billing', config: { 'max.poll.records': '50' } },
          produce: { topics: ['invoices'], transactionalIdPrefix: 'billing-' },
          deliveryGuarantee: DeliveryGuarantee.EXACTLY_ONCE,
          autoscaling: {
            minReplicas: 2,
            maxReplicas: 12,
            lag: 500,
            cpu: 0.7,
            cooldown: Duration.minutes(10),
            scaler: StreamAppScaler.KEDA,
          },
          memory: Size.gibibytes(2),
          cpu: 0.5,
          command: ['java'],
          args: ['-jar', 'app.jar'],
          env: { LEVEL: 'info' },
          secretEnv: { TOKEN: { secretName: 'token', key: 'value' } },
          user: 1001,
          ports: { http: 8080 },
          startupProbe: StreamAppProbe.command(['ls']),
          readinessProbe: StreamAppProbe.http('/ready', 8080, { period: Duration.seconds(5), failures: 2 }),
          livenessProbe: StreamAppProbe.tcp(8080),
          stopTimeout: Duration.seconds(90),
        }),
      ),
    );
    expect(Object.keys(made).sort()).toEqual(
      Object.keys(written)
        .filter((name) => name.includes('small-app-billing'))
        .sort(),
    );
    for (const [name, object] of Object.entries(made)) expect(object).toEqual(written[name]);
  });

  test('makes a Kafka Streams application with stores, under the names that it is told', () => {
    const made = named(
      objects(
        chart({
          appName: 'totals',
          userName: 'totals-v1',
          consume: undefined,
          streams: {
            applicationId: 'sums',
            consume: ['orders'],
            stateSize: Size.gibibytes(10),
            standbyReplicas: 2,
            threads: 3,
          },
          replicas: 4,
        } as Partial<StreamAppChartProps>),
      ),
    );
    const { spec } = made['StatefulSet small-app-totals'];
    expect(spec.replicas).toBe(4);
    expect(spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe('10Gi');
    const { data } = made['ConfigMap small-app-totals-config'];
    expect(data['streams.properties']).toContain('\nnum.stream.threads=3\nnum.standby.replicas=2\n');
    expect(data['streams.properties']).toContain('username="totals-v1"');
    expect(JSON.stringify(spec.template.spec.volumes)).toContain('"small-user-totals-v1"');
  });

  test('has the certificate of its user made on a listener with mTLS', () => {
    const made = named(objects(chart({}, cluster([KafkaListener.mutualTls('internal')]))));
    expect(made['Certificate small-user-billing-tls'].spec).toMatchObject({
      commonName: 'billing',
      issuerRef: { name: 'small-ca' },
    });
  });

  test('needs no user where nobody is asked who he is', () => {
    const made = named(objects(chart({}, cluster([KafkaListener.anonymous('open')]))));
    expect(JSON.stringify(made['Deployment small-app-billing'])).not.toContain('small-user');
  });

  test('works for brokers on Amazon MSK, and KEDA with it', () => {
    const props = { clusterName: 'events', kafkaVersion: KafkaVersion.V4_1, region: 'eu-central-1' };
    const made = named(
      objects(
        elsewhere(KafkaBrokers.mskIam(props), {
          iamRoleArn: role,
          autoscaling: { maxReplicas: 12, lag: 100, scaler: StreamAppScaler.KEDA },
        }),
      ),
    );
    const { spec } = made['Deployment events-app-billing'].spec.template;
    expect(spec).toMatchObject({ serviceAccountName: 'events-app-billing', imagePullSecrets: [{ name: 'registry' }] });
    expect(made['ServiceAccount events-app-billing'].metadata).toMatchObject({
      namespace: 'apps',
      annotations: { 'eks.amazonaws.com/role-arn': role },
    });
    expect(made['ScaledObject events-app-billing'].spec.triggers[0].metadata.awsRegion).toBe('eu-central-1');
  });

  test('works for brokers with passwords elsewhere', () => {
    const props = { clusterName: 'events', kafkaVersion: KafkaVersion.V4_3, bootstrapServers: 'b1.example:9094' };
    const made = named(objects(elsewhere(KafkaBrokers.scram(props, 'events-authority'))));
    expect(made['ConfigMap events-app-billing-config'].data['consumer.properties']).toContain(
      '\nbootstrap.servers=b1.example:9094\n',
    );
    expect(Object.keys(made).sort()).toEqual([
      'ConfigMap events-app-billing-config',
      'Deployment events-app-billing',
      'NetworkPolicy events-app-billing',
      'PodDisruptionBudget events-app-billing',
    ]);
  });

  const msk = KafkaBrokers.mskIam({ clusterName: 'events', kafkaVersion: KafkaVersion.V4_1 });
  const KEDA = { maxReplicas: 12, lag: 100, scaler: StreamAppScaler.KEDA };
  test.each<[string, () => StreamAppChart, RegExp]>([
    ['without brokers', () => new StreamAppChart(new App(), 'a', { image }), /got neither of cluster and elsewhere/],
    ['with brokers twice', () => elsewhere(msk, { cluster: cluster() }), /got both of cluster and elsewhere/],
    ['with IAM and no role', () => elsewhere(msk), /billing: the brokers ask for IAM, got no role; one is needed/],
    [
      'with KEDA for Amazon MSK and no region',
      () => elsewhere(msk, { iamRoleArn: role, autoscaling: KEDA }),
      /in a region, got brokers without one/,
    ],
    ['with a role where it does nothing', () => chart({ iamRoleArn: role }), /an IAM role does nothing on a listener/],
    ['with a listener that is not there', () => chart({ listener: 'vendors' }), /vendors/],
    ['with more pods than partitions', () => chart({ replicas: 13 }), /got 13; at most 12 is allowed/],
    ['with a topic of unknown size', () => chart({ topics: {} }), /the topic is not declared, got orders/],
    [
      'with exactly-once and no transactional ids',
      () =>
        chart({
          topics: { orders: 12, invoices: 1 },
          produce: { topics: ['invoices'] },
          deliveryGuarantee: DeliveryGuarantee.EXACTLY_ONCE,
        }),
      /got no transactionalIdPrefix/,
    ],
  ])('fails %s', (_, make, message) => expect(make).toThrow(message));
});
