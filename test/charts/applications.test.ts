import { desiredState } from '../../lib/core/plan';
import { manifestsOfText, type Manifest } from '../support/manifests';

const IMAGE = `registry.example/app@sha256:${'a'.repeat(64)}`;
const text = (settings: string, applications: string, more: { listeners?: string; version?: string } = {}) =>
  manifestsOfText({
    settings,
    ...more,
    more: `topics: { orders: { partitions: 12 }, invoices: { partitions: 3 } }
principals:
  billing: { listener: internal, consume: { topics: [orders], groups: [billing] }, produce: { topics: [invoices], transactionalIds: [billing-*] } }
applications: ${applications}`,
  });
const READS = 'consume: { topics: [orders], group: billing }';
const app = (rest: string): string => `{ billing: { image: '${IMAGE}', principal: billing, ${rest} } }`;
const NAME = 'small-app-billing';

describe('an application that reads', () => {
  const manifests = text(
    '',
    app(`${READS}, ports: { http: 8080 }, secretEnv: { TOKEN: { secret: t, key: k } } `).concat(
      '\nsecrets: { t: { id: token } }',
    ),
  );
  const { spec, metadata } = manifests.get('Deployment', NAME);
  const [container] = spec.template.spec.containers;

  test('is a Deployment that never has a member too many, let in as a client of the brokers', () => {
    expect(spec.replicas).toBe(2);
    expect(spec.strategy.rollingUpdate).toEqual({ maxSurge: 0, maxUnavailable: 1 });
    expect(spec.template.metadata.labels).toMatchObject({ ...metadata.labels, 'kafka-deployment-kit/client': 'small' });
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
    expect(spec.template.spec.terminationGracePeriodSeconds).toBe(60);
  });

  test('fits the restricted Pod Security Standard, without a token, with what it asks for', () => {
    expect(spec.template.spec).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container).toMatchObject({
      image: IMAGE,
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      resources: { requests: { cpu: '250m', memory: '1Gi' }, limits: { memory: '1Gi' } },
    });
    expect(container).not.toHaveProperty('command');
    const mounted = container.volumeMounts.map(({ name }: Manifest) => name);
    expect(mounted.sort()).toEqual(spec.template.spec.volumes.map(({ name }: Manifest) => name).sort());
  });

  test('finds its settings and its password where they say, and the certificate of the authority alone', () => {
    const { data } = manifests.get('ConfigMap', `${NAME}-config`);
    expect(Object.keys(data)).toEqual(['client.properties', 'consumer.properties']);
    expect(data['consumer.properties']).toContain('\ngroup.id=billing\nisolation.level=read_committed\n');
    expect(data['consumer.properties']).toContain('${dir:/etc/kafka-client/secrets/billing:password}');
    const { volumes } = spec.template.spec;
    expect(volumes.find(({ name }: Manifest) => name === 'secret').secret).toEqual({
      secretName: 'small-user-billing',
      defaultMode: 0o440,
      items: [{ key: 'password', path: 'password' }],
    });
    expect(volumes.find(({ name }: Manifest) => name === 'ca').secret.items).toEqual([
      { key: 'ca.crt', path: 'ca.crt' },
    ]);
    const env = Object.fromEntries(
      container.env.map(({ name, value, valueFrom }: Manifest) => [name, value ?? valueFrom]),
    );
    expect(env).toMatchObject({
      KAFKA_BOOTSTRAP_SERVERS: 'small-internal-bootstrap.kafka.svc.cluster.local:9092',
      KAFKA_SASL_USERNAME: 'billing',
      KAFKA_SASL_PASSWORD_FILE: '/etc/kafka-client/secrets/billing/password',
      KAFKA_GROUP_ID: 'billing',
      TOKEN: { secretKeyRef: { name: 'token', key: 'k' } },
    });
  });

  test('is reached on its ports by who has the label, and by nobody else', () => {
    const { ingress, egress } = manifests.get('NetworkPolicy', NAME).spec;
    expect(egress).toEqual([{}]);
    expect(ingress[0].ports).toEqual([{ port: 8080, protocol: 'TCP' }]);
    expect(JSON.stringify(ingress[0].from)).toContain(`"kafka-deployment-kit/application-client":"${NAME}"`);
    expect(manifests.get('Service', NAME).spec.ports).toEqual([{ name: 'http', port: 8080 }]);
    expect(manifests.get('PodDisruptionBudget', NAME).spec.maxUnavailable).toBe(1);
  });
});

describe('an application that writes exactly once', () => {
  test('keeps the names of its pods, and with them its transactional ids', () => {
    const manifests = text(
      '',
      app(
        `${READS}, produce: { topics: [invoices], transactionalIdPrefix: billing- }, deliveryGuarantee: exactly-once`,
      ),
    );
    expect(manifests.get('StatefulSet', NAME).spec).toMatchObject({
      serviceName: NAME,
      podManagementPolicy: 'Parallel',
    });
    const { data } = manifests.get('ConfigMap', `${NAME}-config`);
    expect(data['producer.properties']).toContain('\ntransactional.id=billing-${env:POD_NAME}\n');
    expect(data['producer.properties']).toContain('\nconfig.providers=dir,env\n');
    expect(data['consumer.properties']).toContain('\nenable.auto.commit=false\n');
  });
});

describe('a Kafka Streams application', () => {
  const streams = (rest: string): string =>
    app(
      `streams: { applicationId: totals, consume: [orders], produce: [invoices]${rest} }, deliveryGuarantee: exactly-once`,
    );

  test('with stores has a volume a pod, a copy elsewhere, and is a static member', () => {
    const manifests = text('rackSource: pod-zone-label', streams(', state: { size: 10GiB }'), { version: '1.35' });
    const { spec } = manifests.get('StatefulSet', NAME);
    expect(spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe('10Gi');
    const settings = manifests.get('ConfigMap', `${NAME}-config`).data['streams.properties'];
    for (const line of [
      'application.id=totals',
      'processing.guarantee=exactly_once_v2',
      'num.standby.replicas=1',
      'group.instance.id=${env:POD_NAME}',
      'client.tag.zone=${env:KAFKA_CLIENT_RACK}',
    ])
      expect(settings).toContain(`\n${line}\n`);
    const zone = spec.template.spec.containers[0].env.find(({ name }: Manifest) => name === 'KAFKA_CLIENT_RACK');
    expect(zone.valueFrom.fieldRef.fieldPath).toBe("metadata.labels['topology.kubernetes.io/zone']");
  });

  test('without stores is a Deployment with room for what it keeps in between', () => {
    const { volumes } = text('', streams('')).get('Deployment', NAME).spec.template.spec;
    expect(volumes).toContainEqual({ name: 'state', emptyDir: {} });
  });

  test('is granted the topics, the group and the transactional ids that it makes for itself', () => {
    const { access } = desiredState(text('', streams('')).model);
    const own = access!.acls.filter(({ path }) => path === 'applications.billing.streams').map(({ acl }) => acl);
    expect(
      new Set(own.map(({ resourceType, resourceName, pattern }) => `${resourceType} ${resourceName} ${pattern}`)),
    ).toEqual(new Set(['group totals literal', 'topic totals- prefixed', 'transactional-id totals- prefixed']));
  });
});

describe('an application that is scaled', () => {
  const scaled = app(`${READS}, autoscaling: { maxReplicas: 12, lag: 500, cpu: 0.7 }`);

  test('has no number of pods of its own', () => {
    expect(text('', scaled).get('Deployment', NAME).spec).not.toHaveProperty('replicas');
  });

  test('by Kubernetes follows the metric of its group and its processor time', () => {
    const { spec } = text('', scaled).get('HorizontalPodAutoscaler', NAME);
    expect(spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: NAME });
    expect([spec.minReplicas, spec.maxReplicas]).toEqual([2, 12]);
    expect(spec.metrics.map(({ type }: Manifest) => type)).toEqual(['External', 'Resource']);
    expect(spec.metrics[0].external).toEqual({
      metric: { name: 'kafka_consumergroup_lag', selector: { matchLabels: { consumergroup: 'billing' } } },
      target: { type: 'AverageValue', averageValue: '500' },
    });
  });

  test('by KEDA is asked for with its own log-in, which brokers let in', () => {
    const manifests = text('autoscaling: { by: keda }', scaled);
    const { triggers, maxReplicaCount } = manifests.get('ScaledObject', NAME).spec;
    expect(maxReplicaCount).toBe(12);
    expect(triggers[0]).toEqual({
      type: 'kafka',
      authenticationRef: { name: NAME },
      metadata: {
        bootstrapServersFromEnv: 'KAFKA_BOOTSTRAP_SERVERS',
        consumerGroup: 'billing',
        topic: 'orders',
        lagThreshold: '500',
        version: '2.1.0',
        offsetResetPolicy: 'latest',
        sasl: 'scram_sha512',
        tls: 'enable',
      },
    });
    expect(manifests.get('TriggerAuthentication', NAME).spec).toEqual({
      env: [{ parameter: 'username', name: 'KAFKA_SASL_USERNAME', containerName: 'application' }],
      secretTargetRef: [
        { parameter: 'password', name: 'small-user-billing', key: 'password' },
        { parameter: 'ca', name: 'small-tls', key: 'ca.crt' },
      ],
    });
    expect(manifests.get('NetworkPolicy', 'small-app-billing-keda').spec.ingress[0].ports).toEqual([
      { port: 9092, protocol: 'TCP' },
    ]);
  });

  test('by KEDA shows its certificate on a listener with mTLS', () => {
    const manifests = text('autoscaling: { by: keda }', scaled, {
      listeners: '{ internal: { authentication: mtls } }',
    });
    const names = manifests
      .get('TriggerAuthentication', NAME)
      .spec.secretTargetRef.map(({ parameter }: Manifest) => parameter);
    expect(names).toEqual(['ca', 'cert', 'key']);
    const settings = manifests.get('ConfigMap', `${NAME}-config`).data['consumer.properties'];
    expect(settings).toContain('ssl.keystore.key=${dir:/etc/kafka-client/tls:tls.key}');
  });
});
