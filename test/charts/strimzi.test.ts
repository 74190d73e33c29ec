import { parse } from 'yaml';
import { renderStrimzi } from '../../charts/strimzi';
import type { EnvironmentModel } from '../../lib/core/model';
import { modelOfFile, modelOfText } from '../support/environments';
import { expectGolden } from '../support/golden';
import { kubernetesText, Manifests, type KubernetesText, type Manifest } from '../support/manifests';

function objectsOf(model: EnvironmentModel): Manifest[] {
  return renderStrimzi(model)
    .files.filter(({ path }) => path.endsWith('.yaml'))
    .map(({ content }) => parse(content) as Manifest);
}

function rendered(text: KubernetesText = {}): (kind: string, name?: string) => Manifest {
  const objects = objectsOf(modelOfText(kubernetesText(text)));
  return (kind, name) => {
    const found = objects.filter(
      (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
    );
    if (found.length !== 1) throw new Error(`${found.length} of ${kind} ${name ?? ''}`);
    return found[0];
  };
}

describe('the resources of Strimzi', () => {
  test('are a file an object in the order in which they are applied, and the same every time', () => {
    const { files, issues } = renderStrimzi(modelOfFile('staging'));
    // One pool of each kind, one user, one topic: the others differ by name.
    const shown = files.filter(({ path }) => !/-eu-west-1[bc]|user-[^b]|topic-[^c]|configmap/.test(path));
    const text = [
      ...files.map(({ path }) => `${path}\n`),
      ...shown.map(({ path, content }) => `\n=== ${path}\n${content}`),
    ].join('');
    expectGolden('test/snapshots/staging-strimzi.txt', text);
    expect(renderStrimzi(modelOfFile('staging')).files).toEqual(files);
    expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual(['STRIMZI-TOMBSTONE topics.orders-v1.deleted']);
  });

  test.each(['statefulset-per-zone', 'pod-zone-label'])(
    'call nodes, pods and claims as the plain manifests do: %s',
    (rackSource) => {
      const racks = rackSource === 'pod-zone-label' ? '' : '\nracks: [zone-a, zone-b]';
      const model = modelOfText(
        kubernetesText({
          version: '1.35',
          settings: `rackSource: ${rackSource}`,
          pools:
            '{ controllers: { roles: [controller], replicas: 3, volumes: [{ size: 1GiB }] }, brokers: { roles: [broker], replicas: 4, volumes: [{ size: 1GiB }, { size: 2GiB }] } }',
          more: racks,
        }),
      );
      const claims = (set: Manifest): string[] =>
        set.spec.volumeClaimTemplates.flatMap(({ metadata }: Manifest) =>
          Array.from(
            { length: set.spec.replicas as number },
            (_, index) => `${metadata.name}-${set.metadata.name}-${(set.spec.ordinals?.start ?? 0) + index}`,
          ),
        );
      const plain = new Manifests(model).ofKind('StatefulSet').flatMap(claims);
      const strimzi = objectsOf(model)
        .filter(({ kind }) => kind === 'KafkaNodePool')
        .flatMap(({ metadata, spec }) =>
          spec.storage.volumes.flatMap(({ id }: Manifest) =>
            idsOf(metadata.annotations['strimzi.io/next-node-ids']).map(
              (node) => `data-${id}-${metadata.labels['strimzi.io/cluster']}-${metadata.name}-${node}`,
            ),
          ),
        );
      expect(strimzi.sort()).toEqual(plain.sort());
      expect(strimzi).toHaveLength(3 + 4 * 2);
    },
  );

  test('have the rack of a pool in a variable where the pool is in one zone, and of the node otherwise', () => {
    const zoned = rendered({ more: 'racks: [zone-a]' });
    expect(zoned('Kafka').spec.kafka.rack).toEqual({ type: 'environment-variable', envVarName: 'KDK_RACK' });
    expect(zoned('KafkaNodePool', 'brokers-zone-a').spec.template.kafkaContainer.env).toEqual([
      { name: 'KDK_RACK', value: 'zone-a' },
    ]);
    expect(zoned('KafkaNodePool', 'controllers-zone-a').spec.template.kafkaContainer.env).toBeUndefined();
    const older = rendered({ more: 'racks: [zone-a]', settings: "strimzi: { version: '1.2' }" });
    expect(older('Kafka').spec.kafka.rack.type).toBe('environment-variable');
    const labelled = rendered({ version: '1.35', settings: 'rackSource: pod-zone-label' });
    expect(labelled('Kafka').spec.kafka.rack).toEqual({ topologyKey: 'topology.kubernetes.io/zone' });
    expect(rendered()('Kafka').spec.kafka.rack).toBeUndefined();
  });

  test('give each client the rights, quotas and password that the environment says', () => {
    const user = rendered({
      listeners:
        '{ internal: { authentication: scram-sha-512 }, secure: { authentication: mtls }, sso: { authentication: oauthbearer } }',
      more: `kafka: { version: '4.3', config: { sasl.oauthbearer.jwks.endpoint.url: 'https://id.example/keys' } }
topics: { orders: {} }
principals:
  billing: { listener: internal, password: { secret: billing-login, key: pw }, consume: { topics: [orders], groups: ['billing-*'] }, quota: { requestPercentage: 12.5 } }
  shop: { listener: secure, commonName: shop.example, produce: { topics: [orders], transactionalIds: ['shop-*'] } }
  portal: { listener: sso, acls: [{ cluster: true, operations: [describe-configs], host: 10.0.0.7, permission: deny }] }
secrets: { billing-login: { id: billing-credentials } }`.replace(/^kafka:.*\n/, ''),
    });
    expect(user('KafkaUser', 'billing').spec).toEqual({
      authentication: {
        type: 'scram-sha-512',
        password: { valueFrom: { secretKeyRef: { name: 'billing-credentials', key: 'pw' } } },
      },
      authorization: {
        type: 'simple',
        acls: [
          { resource: { type: 'group', name: 'billing-', patternType: 'prefix' }, operations: ['Describe', 'Read'] },
          { resource: { type: 'topic', name: 'orders', patternType: 'literal' }, operations: ['Describe', 'Read'] },
        ],
      },
      quotas: { requestPercentage: 13 },
    });
    expect(user('KafkaUser', 'shop.example').spec.authentication).toEqual({ type: 'tls' });
    expect(user('KafkaUser', 'shop.example').spec.authorization.acls).toContainEqual({
      resource: { type: 'transactionalId', name: 'shop-', patternType: 'prefix' },
      operations: ['Describe', 'Write'],
    });
    expect(user('KafkaUser', 'portal').spec).toEqual({
      authorization: {
        type: 'simple',
        acls: [{ type: 'deny', resource: { type: 'cluster' }, host: '10.0.0.7', operations: ['DescribeConfigs'] }],
      },
    });
  });

  test('name a topic as Kafka does where Kubernetes cannot', () => {
    const topic = rendered({ more: 'topics: { Orders_v1: {}, orders.v1: {} }' });
    expect(topic('KafkaTopic', 'orders.v1').spec.topicName).toBeUndefined();
    const named = topic('KafkaTopic', 'orders-v1-c9d5403811').spec;
    expect(named).toMatchObject({ topicName: 'Orders_v1', partitions: 3, replicas: 3 });
  });

  test('let a connector log in as its principal, from Secrets below /mnt', () => {
    const object = rendered({
      listeners: '{ internal: { authentication: mtls }, users: { authentication: scram-sha-512 } }',
      more: `topics: { orders: {} }
principals:
  sink: { listener: internal, consume: { topics: [orders] } }
  source: { listener: users, produce: { topics: [orders] } }
secrets: { db: { id: db-credentials } }
connect:
  connectors:
    to-file: { class: org.apache.kafka.connect.file.FileStreamSinkConnector, principal: sink, config: { topics: orders, file: /tmp/out } }
    from-db: { class: org.example.Source, principal: source, secretConfig: { password: { secret: db, key: pw } } }`,
    });
    const connect = object('KafkaConnect').spec;
    expect(connect).toMatchObject({
      bootstrapServers: 'small-internal-bootstrap.kafka.svc.cluster.local:9092',
      groupId: 'small-connect',
      authentication: {
        type: 'tls',
        certificateAndKey: { secretName: 'small-kafkauser-small-connect', certificate: 'user.crt', key: 'user.key' },
      },
      config: { 'exactly.once.source.support': 'enabled', 'producer.compression.type': 'zstd' },
    });
    expect(Object.keys(connect.config).filter((name) => /sasl|ssl|security/.test(name))).toEqual([]);
    expect(connect.template.pod.volumes).toEqual([
      { name: 'secret-0', secret: { secretName: 'small-kafkauser-sink' } },
      { name: 'secret-1', secret: { secretName: 'db-credentials' } },
      { name: 'secret-2', secret: { secretName: 'small-user-source' } },
    ]);
    expect(connect.template.connectContainer.volumeMounts).toEqual([
      { name: 'secret-0', mountPath: '/mnt/connect-secrets/certificate-sink' },
      { name: 'secret-1', mountPath: '/mnt/connect-secrets/db' },
      { name: 'secret-2', mountPath: '/mnt/connect-secrets/source' },
    ]);
    expect(object('KafkaConnector', 'to-file').spec.config).toMatchObject({
      'consumer.override.ssl.keystore.key': '${dir:/mnt/connect-secrets/certificate-sink:user.key}',
      'consumer.override.ssl.keystore.certificate.chain': '${dir:/mnt/connect-secrets/certificate-sink:user.crt}',
    });
    expect(object('KafkaConnector', 'from-db').spec.config).toMatchObject({
      password: '${dir:/mnt/connect-secrets/db:pw}',
      'producer.override.bootstrap.servers': 'small-users-bootstrap.kafka.svc.cluster.local:9094',
      'producer.override.sasl.jaas.config': expect.stringContaining('${dir:/mnt/connect-secrets/source:password}'),
    });
  });
});

function idsOf(range: string): number[] {
  const [first, last = first] = range.slice(1, -1).split('-').map(Number);
  return Array.from({ length: last! - first! + 1 }, (_, index) => first! + index);
}
