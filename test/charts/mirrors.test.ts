import { Size, Testing } from 'cdk8s';
import { KafkaChart, MirrorDelivery, MirrorMakerChart, MirrorSource, MirrorTopicNaming } from '../../charts';
import { desiredState } from '../../lib/core/plan';
import { modelOfText } from '../support/environments';
import { Manifests, type Manifest } from '../support/manifests';
import { MIRROR, mirrorsText, sourceText } from '../support/mirror-environments';
import { SMALL_CLUSTER } from '../support/small-cluster';

const TOOLS = [
  "images: { kafka: 'registry.example/kafka:4.3.1'",
  "images: { kafka: 'registry.example/kafka:4.3.1', tools: 't:1'",
] as const;
const rendered = (mirrors: string, settings = ''): Manifests =>
  new Manifests(
    modelOfText(`${mirrorsText(mirrors, settings).replace(...TOOLS)}secrets: { far-login: { id: far-reader } }\n`, {
      files: { 'dc1.yaml': sourceText() },
    }),
  );
const FAR = `{ source: { bootstrapServers: 'far.example:9093', authentication: mtls }, topics: ['*'], groups: ['a,b', 'billing-*'],
  topicNaming: identical, deliveryGuarantee: at-least-once, tasksMax: 4, state: stopped, config: { offset.lag.max: 10 } }`;
const manifests = rendered(`{ dc1: ${MIRROR}, far: ${FAR} }`, 'drift: { schedule: "0 3 * * *" }');

const configOf = (connector: string): Record<string, string> =>
  JSON.parse(manifests.get('ConfigMap', 'small-mirror-connectors').data[`${connector}.json`]).config;
const aclsOf = (mirrors: string): string[] =>
  desiredState(rendered(mirrors).model)
    .access!.acls.filter(({ acl }) => acl.principal === 'User:small-mirror')
    .map(
      ({ acl }) => `${acl.resourceType} ${acl.resourceName}${acl.pattern === 'prefixed' ? '*' : ''} ${acl.operation}`,
    );

describe('mirrors on Kubernetes', () => {
  test('are run by workers of their own, beside those of Connect', () => {
    const { spec } = manifests.get('StatefulSet', 'small-mirror');
    expect(spec.replicas).toBe(2);
    expect(spec.template.metadata.labels).toMatchObject({
      'app.kubernetes.io/name': 'kafka-mirror-maker',
      'kafka-deployment-kit/client': 'small',
      'kafka-deployment-kit/source-dc1': 'true',
    });
    const properties = manifests.get('ConfigMap', 'small-mirror-config').data['worker.properties'];
    expect(properties).toContain('\ngroup.id=small-mirror\n');
    expect(properties).toContain('\nexactly.once.source.support=enabled\n');
  });

  test('are three connectors each, made by a Job that speaks to their workers alone', () => {
    expect(Object.keys(manifests.get('ConfigMap', 'small-mirror-connectors').data).sort()).toEqual(
      ['dc1', 'far'].flatMap((name) => ['checkpoint', 'heartbeat', 'source'].map((kind) => `${name}-${kind}.json`)),
    );
    const [job] = manifests.ofKind('Job').filter(({ metadata }) => metadata.name.startsWith('small-mirrors-'));
    expect(job.spec.template.spec.containers[0].command).toEqual(
      expect.arrayContaining(['--only', 'connectors', '--connect', 'http://small-mirror.kafka.svc.cluster.local:8083']),
    );
    expect(
      manifests
        .ofKind('CronJob')
        .map(({ metadata }) => metadata.name as string)
        .sort(),
    ).toEqual(['small-drift', 'small-drift-mm', 'small-restart-mm']);
  });

  test('keep what they know of the flow on the side that receives', () => {
    for (const kind of ['source', 'checkpoint'])
      expect(configOf(`dc1-${kind}`)).toMatchObject({
        'offset-syncs.topic.location': 'target',
        'source.cluster.alias': 'dc1',
        'target.cluster.alias': 'small',
        'source.cluster.bootstrap.servers': 'dc1-internal-bootstrap.dc1.svc.cluster.local:9092',
        'target.cluster.bootstrap.servers': 'small-internal-bootstrap.kafka.svc.cluster.local:9092',
      });
    expect(configOf('dc1-checkpoint')).toMatchObject({ 'sync.group.offsets.enabled': 'true', groups: '.*' });
  });

  test('copy exactly once under a name in front, or as it is written', () => {
    expect(configOf('dc1-source')).toMatchObject({
      topics: 'orders,shop\\..*',
      'exactly.once.support': 'required',
      'source.consumer.isolation.level': 'read_committed',
      'replication.policy.class': 'org.apache.kafka.connect.mirror.DefaultReplicationPolicy',
      'tasks.max': '1',
    });
    expect(configOf('far-source')).toMatchObject({
      topics: '.*',
      'exactly.once.support': 'requested',
      'source.consumer.isolation.level': 'read_uncommitted',
      'replication.policy.class': 'org.apache.kafka.connect.mirror.IdentityReplicationPolicy',
      'tasks.max': '4',
      'offset.lag.max': '10',
    });
    expect(configOf('far-checkpoint').groups).toBe('a\\x2cb,billing-.*');
    expect(
      JSON.parse(manifests.get('ConfigMap', 'small-mirror-connectors').data['far-source.json']).initial_state,
    ).toBe('STOPPED');
  });

  test('find every file that their connectors name, and say which Secret lacks one', () => {
    const { volumes, containers } = manifests.get('StatefulSet', 'small-mirror').spec.template.spec;
    const secretOf = (path: string): string => {
      const { name } = containers[0].volumeMounts.find(({ mountPath }: Manifest) => mountPath === path);
      return volumes.find((volume: Manifest) => volume.name === name).secret.secretName;
    };
    expect(secretOf('/etc/kafka/connect-secrets/source-dc1')).toBe('small-mirror-dc1');
    expect(secretOf('/etc/kafka/tls/source-dc1')).toBe('small-mirror-dc1');
    expect(secretOf('/etc/kafka/tls/source-far')).toBe('small-mirror-far');
    expect(configOf('dc1-source')['source.cluster.sasl.jaas.config']).toContain(
      'username="reader" password="${dir:/etc/kafka/connect-secrets/source-dc1:password}"',
    );
    expect(configOf('far-source')).toMatchObject({
      'source.cluster.ssl.keystore.location': '/run/kafka/source-far.pem',
      'source.cluster.ssl.truststore.location': '/etc/kafka/tls/source-far/ca.crt',
    });
    expect(manifests.get('ConfigMap', 'small-mirror-config').data['needed-files'].trim().split('\n')).toEqual([
      '/etc/kafka/connect-secrets/small-mirror/password Secret small-mirror-user',
      '/etc/kafka/connect-secrets/source-dc1/password Secret small-mirror-dc1',
      '/etc/kafka/tls/source-dc1/ca.crt Secret small-mirror-dc1',
      ...['ca.crt', 'tls.crt', 'tls.key'].map((key) => `/etc/kafka/tls/source-far/${key} Secret small-mirror-far`),
    ]);
  });

  test('read their credentials from the Secret that is named', () => {
    const { volumes } = rendered(
      `{ dc1: ${MIRROR.replace('principal: reader', 'principal: reader, secret: far-login')} }`,
    ).get('StatefulSet', 'small-mirror').spec.template.spec;
    expect(volumes.map(({ secret }: Manifest) => secret?.secretName)).toContain('far-reader');
  });

  test('have a user and rights on the side that receives, and no more than they use', () => {
    expect(desiredState(manifests.model).users!.users.map(({ name }) => name)).toContain('small-mirror');
    const acls = aclsOf(`{ dc1: ${MIRROR.replace('topics: [', 'groups: [billing], topics: [')} }`);
    expect(acls).toEqual(
      expect.arrayContaining([
        'topic dc1.orders write',
        'topic dc1.shop.* create',
        'topic mm2-offset-syncs.dc1.internal write',
        'topic dc1.checkpoints.internal read',
        'group billing read',
        'transactional-id small-mirror-dc1-source-* write',
        'transactional-id connect-cluster-small-mirror write',
      ]),
    );
    expect(acls.filter((acl) => / \*? /.test(acl) || acl.startsWith('cluster'))).toEqual([]);
  });

  test('have connectors deleted that are not wanted any more', () => {
    const model = rendered(`{ dc1: ${MIRROR.replace(/}$/, ', deleted: { reason: moved } }')} }`);
    expect(model.ofKind('Job').some(({ metadata }) => metadata.name.startsWith('small-mirrors-'))).toBe(true);
    expect(model.ofKind('ConfigMap').map(({ metadata }) => metadata.name)).not.toContain('small-mirror-connectors');
  });
});

describe('MirrorMakerChart', () => {
  const app = Testing.app();
  const cluster = new KafkaChart(app, 'dr', SMALL_CLUSTER);
  const source = MirrorSource.scram('reader', { bootstrapServers: 'b1.example:9092', secretName: 'login', rack: 'a' });

  test('makes the workers, their user, its rights and the connectors', () => {
    const objects = Testing.synth(
      new MirrorMakerChart(app, 'mirrors', {
        cluster,
        toolsImage: 'registry.example/tools:1.0.0',
        replicas: 3,
        memory: Size.gibibytes(1),
        cpu: '2000m',
        mirrors: {
          prod: {
            source,
            topics: ['orders'],
            topicNaming: MirrorTopicNaming.IDENTICAL,
            delivery: MirrorDelivery.AT_LEAST_ONCE,
          },
          old: {
            source: MirrorSource.mutualTls({ bootstrapServers: 'c:1', publicAuthority: true }),
            topics: ['old.*'],
          },
          lab: { source: MirrorSource.plaintext('lab:9092'), topics: ['lab'], groups: ['g'], tasksMax: 2 },
        },
      }),
    ) as Manifest[];
    const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name.replace(/-[0-9a-z]{10}(-\d)?$/, '')}`);
    expect(names).toEqual(
      expect.arrayContaining(['StatefulSet dr-mirror', 'Job dr-mirrors', 'Job dr-reconcile', 'CronJob dr-restart-mm']),
    );
    const set = objects.find(({ kind }) => kind === 'StatefulSet');
    expect(set.spec.replicas).toBe(3);
    expect(set.spec.template.spec.containers[0].resources.requests).toEqual({ cpu: '2', memory: '1Gi' });
    expect(JSON.stringify(set.spec.template.spec.volumes)).toContain('"secretName":"login"');
    const { data } = objects.find(({ metadata }) => metadata.name === 'dr-mirror-connectors');
    expect(JSON.parse(data['prod-source.json']).config).toMatchObject({
      'source.cluster.bootstrap.servers': 'b1.example:9092',
      'source.cluster.security.protocol': 'SASL_SSL',
      'source.consumer.client.rack': 'a',
      'target.cluster.alias': 'dr',
    });
  });

  test('fails with all that is wrong', () => {
    expect(
      () =>
        new MirrorMakerChart(app, 'wrong', {
          cluster,
          mirrors: { prod: { source: MirrorSource.plaintext('nowhere'), topics: ['a|b'] } },
        }),
    ).toThrow(
      /not an address of a broker[^]*neither a name nor a prefix|neither a name nor a prefix[^]*not an address/,
    );
  });
});
