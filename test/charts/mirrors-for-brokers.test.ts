import { Testing } from 'cdk8s';
import { stringify } from 'yaml';
import { KafkaBrokers, KafkaVersion, MirrorMakerChart, MirrorSource } from '../../charts';
import { desiredState } from '../../lib/core/plan';
import { codes, openText } from '../support/environments';
import { Manifests, type Manifest } from '../support/manifests';
import { sourceText } from '../support/mirror-environments';
import { BASES } from '../support/rule-cases';

const ROLE = 'arn:aws:iam::111122223333:role/mirror';
const MIRRORS = `mirrors:
  dc1: { source: { environment: dc1, principal: reader }, topics: [orders] }
  old: { source: { environment: old, principal: copier }, topics: ['clicks.*'] }
`;
/** A cluster of Amazon MSK that is copied from. */
const OLD = `${BASES.msk.replace('name: cloud', 'name: old')}principals:
  copier: { listener: internal, iamRole: copier, acls: [
    { topics: ['clicks.*'], operations: [read, describe, describe-configs] }, { groups: ['*'], operations: [describe] }] }
`;
const PODS = {
  name: 'pods',
  target: 'kubernetes',
  brokers: { environment: './brokers.yaml' },
  targets: {
    kubernetes: {
      version: '1.34',
      namespace: 'apps',
      images: { kafka: 'registry.example/kafka:4.3.1', tools: 'registry.example/tools:1' },
      mirrorMaker: { replicas: 3 },
    },
  },
};

type Base = 'msk' | 'ec2' | 'hosts' | 'kubernetes';

const brokersText = (base: Base, connect = ''): string =>
  `${BASES[base]}${MIRRORS}connect: { runtime: { environment: pods }${connect} }\n`;

function opened(base: Base, pods: object = PODS, connect = '') {
  return openText(stringify(pods), {
    files: { 'brokers.yaml': brokersText(base, connect), 'dc1.yaml': sourceText(), 'old.yaml': OLD },
  });
}

function manifests(base: Base, connect = ''): Manifests {
  const { issues, model } = opened(base, PODS, connect);
  expect(issues.filter(({ level }) => level === 'error')).toEqual([]);
  return new Manifests(model!);
}

const ofBrokers = (base: Base, connect = '') =>
  openText(brokersText(base, connect), { files: { 'dc1.yaml': sourceText(), 'old.yaml': OLD } });

describe('mirrors into brokers elsewhere', () => {
  test.each(['msk', 'ec2', 'hosts', 'kubernetes'] as const)(
    'on %s are pods of the environment that is for pods, and nothing else is rendered there',
    (base) => {
      const rendered = manifests(base);
      const { name } = rendered.model;
      const kinds = rendered.all.map(({ kind, metadata }: Manifest) => `${kind} ${metadata.name}`);
      expect(kinds.filter((one: string) => one.startsWith('StatefulSet'))).toEqual([`StatefulSet ${name}-mirror`]);
      expect(rendered.get('StatefulSet', `${name}-mirror`).spec.replicas).toBe(3);
      expect(kinds.filter((one: string) => one.startsWith('Job'))).toEqual([
        expect.stringMatching(`^Job ${name}-mirrors-`),
      ]);
      for (const { metadata } of rendered.all) expect(metadata.namespace).toBe('apps');
    },
  );

  test('write to brokers whose addresses a ConfigMap says, and read from others by another', () => {
    const rendered = manifests('msk', ', iamRole: copier');
    const config = JSON.parse(rendered.get('ConfigMap', 'cloud-mirror-connectors').data['old-source.json']).config;
    expect(config).toMatchObject({
      'target.cluster.bootstrap.servers': '${dir:/etc/kafka/bootstrap:internal}',
      'source.cluster.bootstrap.servers': '${dir:/etc/kafka/connect-secrets/bootstrap-old:internal}',
      'source.cluster.sasl.mechanism': 'AWS_MSK_IAM',
    });
    // Their own role, which they need not take on.
    expect(config['source.cluster.sasl.jaas.config']).toBe('software.amazon.msk.auth.iam.IAMLoginModule required;');
    expect(config).not.toHaveProperty('source.cluster.ssl.truststore.location');
    const { spec } = rendered.get('StatefulSet', 'cloud-mirror').spec.template;
    expect(spec.volumes).toEqual(
      expect.arrayContaining([
        { name: 'bootstrap', configMap: { name: 'cloud-bootstrap' } },
        { name: 'source-bootstrap-0', configMap: { name: 'old-bootstrap' } },
      ]),
    );
    expect(rendered.get('ConfigMap', 'cloud-mirror-config').data['needed-files'].split('\n')).toContain(
      '/etc/kafka/connect-secrets/bootstrap-old/internal ConfigMap old-bootstrap',
    );
  });

  test('log in with the role of their service account, and take on that of their principal at the source', () => {
    const rendered = manifests('hosts', `, iamRole: "${ROLE}"`);
    const { name } = rendered.model;
    const account = rendered.get('ServiceAccount', `${name}-mirror`);
    expect(account.metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': ROLE });
    const { spec } = rendered.get('StatefulSet', `${name}-mirror`).spec.template;
    expect(spec).toMatchObject({ serviceAccountName: `${name}-mirror`, automountServiceAccountToken: false });
    const { data } = rendered.get('ConfigMap', `${name}-mirror-connectors`);
    expect(JSON.parse(data['old-source.json']).config['source.cluster.sasl.jaas.config']).toContain(
      'awsRoleArn="arn:aws:iam::111122223333:role/copier"',
    );
    expect(rendered.get('ConfigMap', `${name}-mirror-config`).data['needed-log-ins']).toBe('AWS_MSK_IAM\n');
  });

  test('have their user and rights made with the brokers, which render nothing of them', () => {
    const { model, issues } = ofBrokers('kubernetes');
    expect(issues.filter(({ level }) => level === 'error')).toEqual([]);
    const { users, access } = desiredState(model!);
    expect(users!.users.map(({ name }) => name)).toEqual(['k8s-mirror']);
    expect(access!.acls.map(({ acl }) => `${acl.resourceName} ${acl.operation}`)).toEqual(
      expect.arrayContaining(['dc1.orders write', 'old.clicks. create', 'k8s-mirror read']),
    );
    expect(new Manifests(model!).all.map(({ metadata }: Manifest) => metadata.name)).not.toContain('k8s-mirror');
  });

  test('fail where what goes with the brokers is said with the pods', () => {
    const { kubernetes } = PODS.targets;
    const mirrorMaker = {
      listener: 'internal',
      iamRole: ROLE,
      config: { 'no.such': 1, 'exactly.once.source.support': 'disabled' },
    };
    const { issues } = opened('msk', { ...PODS, targets: { kubernetes: { ...kubernetes, mirrorMaker } } });
    const at = 'targets.kubernetes.mirrorMaker';
    expect(codes(issues.filter(({ level }) => level === 'error')).sort()).toEqual([
      `MIRROR-EXACTLY-ONCE ${at}.config["exactly.once.source.support"]`,
      `MIRROR-WORKERS ${at}.iamRole`,
      `MIRROR-WORKERS ${at}.listener`,
      `OPTION-UNKNOWN ${at}.config["no.such"]`,
    ]);
  });

  test.each(['ec2', 'hosts'] as const)('fail on %s where no environment runs their pods', (base) => {
    const { issues } = openText(`${BASES[base]}${MIRRORS}`, { files: { 'dc1.yaml': sourceText(), 'old.yaml': OLD } });
    expect(codes(issues)).toContain('MIRROR-TARGET mirrors');
  });
});

describe('MirrorMakerChart for brokers elsewhere', () => {
  const chart = (props: object): Manifest[] =>
    Testing.synth(
      new MirrorMakerChart(Testing.app(), 'mirrors', {
        mirrors: {
          old: {
            source: MirrorSource.mskIam({ bootstrapServers: 'b-1.old.example:9098' }, ROLE),
            topics: ['orders'],
          },
        },
        ...props,
      }),
    ) as Manifest[];
  const brokers = KafkaBrokers.mskIam({ clusterName: 'new', kafkaVersion: KafkaVersion.V4_1 });
  const elsewhere = { brokers, namespace: 'apps', kubernetesVersion: '1.34', image: 'registry.example/kafka:4.1.2' };

  test('copies from Amazon MSK to Amazon MSK with one role, taken on at the source', () => {
    const objects = chart({ elsewhere, toolsImage: 'registry.example/tools:1', iamRoleArn: `${ROLE}-pods` });
    const account = objects.find(({ kind }) => kind === 'ServiceAccount');
    expect(account.metadata).toMatchObject({
      name: 'new-mirror',
      annotations: { 'eks.amazonaws.com/role-arn': `${ROLE}-pods` },
    });
    const { data } = objects.find(({ metadata }) => metadata.name === 'new-mirror-connectors');
    expect(JSON.parse(data['old-source.json']).config).toMatchObject({
      'source.cluster.bootstrap.servers': 'b-1.old.example:9098',
      'source.cluster.sasl.jaas.config': `software.amazon.msk.auth.iam.IAMLoginModule required awsRoleArn="${ROLE}";`,
      'target.cluster.bootstrap.servers': '${dir:/etc/kafka/bootstrap:internal}',
    });
    expect(objects.filter(({ kind }) => kind === 'Job')).toHaveLength(1);
  });

  test('fails with neither brokers beside it nor elsewhere', () => {
    expect(() => chart({})).toThrow('the brokers are not clear, got neither of cluster and elsewhere');
  });
});
