import { stringify } from 'yaml';
import { codes, openText } from '../support/environments';
import { Manifests, type Manifest } from '../support/manifests';
import { BASES } from '../support/rule-cases';

const DIGEST = `@sha256:${'a'.repeat(64)}`;

const IMAGE = `registry.example/totals@sha256:${'a'.repeat(64)}`;
const ROLE = 'arn:aws:iam::111122223333:role/totals-prod';

function manifests(settings: object): Manifests {
  const brokers = `${BASES.msk}connect: { runtime: { environment: pods } }
topics: { orders: { partitions: 12 } }
principals: { totals: { listener: internal, iamRole: totals-prod, consume: { topics: [orders], groups: [totals] } } }
applications:
  totals: { image: '${IMAGE}', principal: totals, streams: { applicationId: totals, consume: [orders] }, autoscaling: { maxReplicas: 12, lag: 500 } }
`;
  const opened = openText(
    stringify({
      name: 'pods',
      target: 'kubernetes',
      brokers: { environment: './brokers.yaml' },
      targets: {
        kubernetes: {
          version: '1.34',
          namespace: 'apps',
          images: { kafka: `registry.example/kafka${DIGEST}`, tools: `registry.example/tools${DIGEST}` },
          ...settings,
        },
      },
    }),
    { files: { 'brokers.yaml': brokers } },
  );
  expect(codes(opened.issues)).toEqual([]);
  return new Manifests(opened.model!);
}

describe('an application for brokers on Amazon MSK', () => {
  const rendered = manifests({ autoscaling: { by: 'keda' } });
  const { spec } = rendered.get('Deployment', 'cloud-app-totals').spec.template;

  test('logs in with the role of its principal, by a service account that may do nothing in Kubernetes', () => {
    expect(spec).toMatchObject({ serviceAccountName: 'cloud-app-totals', automountServiceAccountToken: false });
    const account = rendered.get('ServiceAccount', 'cloud-app-totals');
    expect(account.metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': ROLE });
    expect(account.automountServiceAccountToken).toBe(false);
    const settings = rendered.get('ConfigMap', 'cloud-app-totals-config').data['streams.properties'];
    expect(settings).toContain('\nsasl.jaas.config=software.amazon.msk.auth.iam.IAMLoginModule required;\n');
    expect(spec.containers[0].env).toContainEqual({ name: 'KAFKA_SASL_MECHANISM', value: 'AWS_MSK_IAM' });
  });

  test('finds the bootstrap servers in a ConfigMap, and trusts whom Java trusts', () => {
    expect(spec.containers[0].env).toContainEqual({
      name: 'KAFKA_BOOTSTRAP_SERVERS',
      valueFrom: { configMapKeyRef: { name: 'cloud-bootstrap', key: 'internal' } },
    });
    expect(spec.volumes.map(({ name }: Manifest) => name)).not.toContain('ca');
  });

  test('is asked for by KEDA with that role, through no network policy of brokers that are elsewhere', () => {
    const { triggers } = rendered.get('ScaledObject', 'cloud-app-totals').spec;
    expect(triggers[0]).toMatchObject({
      authenticationRef: { name: 'cloud-app-totals' },
      metadata: { sasl: 'oauthbearer', saslTokenProvider: 'aws_msk_iam', awsRegion: 'eu-west-1', tls: 'enable' },
    });
    expect(rendered.get('TriggerAuthentication', 'cloud-app-totals').spec).toEqual({
      podIdentity: { provider: 'aws', roleArn: ROLE },
    });
    const policies = rendered.ofKind('NetworkPolicy').map(({ metadata }) => metadata.name);
    expect(policies).not.toContain('cloud-app-totals-keda');
  });
});
