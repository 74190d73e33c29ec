import { stringify } from 'yaml';
import { codes, openText } from '../support/environments';
import { Manifests, type Manifest } from '../support/manifests';
import { BASES } from '../support/rule-cases';

const DIGEST = `@sha256:${'a'.repeat(64)}`;

const CONNECT = `topics: { orders: {} }
secrets: { db: { id: orders-db } }
connect:
  runtime: { environment: pods }
  replicas: 2
  IAM
  connectors:
    orders: { class: org.example.Sink, tasksMax: 2, principal: shop, config: { topics: orders },
      secretConfig: { database.password: { secret: db, key: password } } }
`;
const IAM_PRINCIPAL =
  'principals: { shop: { listener: internal, iamRole: shop-prod, consume: { topics: [orders] } } }\n';
const SCRAM_PRINCIPAL = 'principals: { shop: { listener: internal, consume: { topics: [orders] } } }\n';

function manifests(base: keyof typeof BASES, brokers: object = {}): Manifests {
  const iam = BASES[base].includes('authentication: iam');
  const ofBrokers =
    BASES[base] + (iam ? IAM_PRINCIPAL : SCRAM_PRINCIPAL) + CONNECT.replace('IAM', iam ? 'iamRole: connect-prod' : '');
  const opened = openText(
    stringify({
      name: 'pods',
      target: 'kubernetes',
      brokers: { environment: './brokers.yaml', ...brokers },
      targets: {
        kubernetes: {
          version: '1.34',
          namespace: 'apps',
          images: { kafka: `registry.example/kafka${DIGEST}`, tools: `registry.example/tools${DIGEST}` },
        },
      },
    }),
    { files: { 'brokers.yaml': ofBrokers } },
  );
  expect(codes(opened.issues)).toEqual([]);
  return new Manifests(opened.model!);
}

const names = ({ all }: Manifests): string[] =>
  all.map(({ kind, metadata }: Manifest) => `${kind} ${metadata.name}`.replace(/-[0-9a-f]{10}/, '-HASH')).sort();

describe('pods for brokers on Amazon MSK', () => {
  const rendered = manifests('msk');
  const template = rendered.get('StatefulSet', 'cloud-connect').spec.template;
  const { data } = rendered.get('ConfigMap', 'cloud-connect-config');

  test('are all that is rendered, in the namespace of the pods', () => {
    expect(names(rendered)).toEqual([
      'ConfigMap cloud-connect-config',
      'ConfigMap cloud-connect-connectors',
      'ConfigMap cloud-desired-HASH-0',
      'CronJob cloud-restart',
      'Job cloud-connectors-HASH',
      'NetworkPolicy cloud-connect',
      'NetworkPolicy cloud-reconcile',
      'PodDisruptionBudget cloud-connect',
      'Service cloud-connect',
      'ServiceAccount cloud-connect',
      'StatefulSet cloud-connect',
    ]);
    for (const { metadata } of rendered.all) expect(metadata.namespace).toBe('apps');
  });

  test('find the bootstrap servers, which are known after the deployment, in a ConfigMap', () => {
    expect(data['worker.properties']).toContain('\nbootstrap.servers=${dir:/etc/kafka/bootstrap:internal}\n');
    expect(data['worker.properties']).toContain(
      '\nconfig.providers.dir.param.allowed.paths=/etc/kafka/connect-secrets,/etc/kafka/bootstrap\n',
    );
    expect(template.spec.volumes).toContainEqual({ name: 'bootstrap', configMap: { name: 'cloud-bootstrap' } });
  });

  test('say by name what they need, so that a missing key is told at the start', () => {
    expect(data['needed-files'].split('\n')).toEqual([
      '/etc/kafka/bootstrap/internal ConfigMap cloud-bootstrap',
      '/etc/kafka/connect-secrets/db/password Secret orders-db',
      '',
    ]);
  });

  test('log in with the role of their service account, and connectors with the roles of their principals', () => {
    expect(template.spec.serviceAccountName).toBe('cloud-connect');
    expect(template.spec.automountServiceAccountToken).toBe(false);
    expect(rendered.get('ServiceAccount', 'cloud-connect').metadata.annotations).toEqual({
      'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/connect-prod',
    });
    expect(data['worker.properties']).toContain(
      '\nsasl.jaas.config=software.amazon.msk.auth.iam.IAMLoginModule required;\n',
    );
    const connector = JSON.parse(rendered.get('ConfigMap', 'cloud-connect-connectors').data['orders.json']);
    expect(connector.config['consumer.override.sasl.jaas.config']).toBe(
      'software.amazon.msk.auth.iam.IAMLoginModule required awsRoleArn="arn:aws:iam::111122223333:role/shop-prod";',
    );
    expect(connector.config['database.password']).toBe('${dir:/etc/kafka/connect-secrets/db:password}');
  });

  test('trust the authorities that Java trusts', () => {
    expect(data['worker.properties']).not.toContain('truststore');
    expect(template.spec.volumes.some(({ name }: Manifest) => name === 'ca')).toBe(false);
  });

  test('have their connectors made without a word to brokers', () => {
    const job = rendered.ofKind('Job')[0];
    expect(job.spec.template.spec.containers[0].command).toEqual([
      'kdk',
      'reconcile',
      '/etc/kafka/desired',
      '--only',
      'connectors',
      '--connect',
      'http://cloud-connect.apps.svc.cluster.local:8083',
      '--wait',
      '15m',
    ]);
    expect(job.spec.template.metadata.labels).not.toHaveProperty('kafka-deployment-kit/admin');
    const [policy] = rendered.ofKind('NetworkPolicy').filter(({ metadata }) => metadata.name === 'cloud-reconcile');
    expect(policy.spec.egress[0].to).toEqual([
      {
        podSelector: {
          matchLabels: { 'app.kubernetes.io/name': 'kafka-connect', 'app.kubernetes.io/instance': 'cloud' },
        },
      },
    ]);
  });
});

describe('pods for brokers that the kit runs elsewhere', () => {
  test.each(['hosts', 'ec2', 'kubernetes'] as const)(
    'of %s know their addresses, and trust a Secret that is given',
    (base) => {
      const rendered = manifests(base, { authority: 'ca-of-brokers' });
      const { name } = rendered.model;
      const { data } = rendered.get('ConfigMap', `${name}-connect-config`);
      expect(data['worker.properties']).toMatch(/\nbootstrap\.servers=[^$\n]+:9092\n/);
      expect(data['worker.properties']).toContain('\nssl.truststore.location=/etc/kafka/tls/ca/ca.crt\n');
      const { volumes } = rendered.get('StatefulSet', `${name}-connect`).spec.template.spec;
      expect(volumes).toContainEqual({
        name: 'ca',
        secret: { secretName: 'ca-of-brokers', items: [{ key: 'ca.crt', path: 'ca.crt' }] },
      });
      expect(rendered.ofKind('ServiceAccount')).toEqual([]);
      expect(rendered.ofKind('Certificate')).toEqual([]);
    },
  );
});
