import { modelOfFile } from '../support/environments';
import { Manifests, manifestsOfText, type Manifest } from '../support/manifests';

const staging = new Manifests(modelOfFile('staging'));

describe('Connect workers', () => {
  test('have the number, the memory and the image of the environment, and names that stay', () => {
    const { spec } = staging.get('StatefulSet', 'staging-connect');
    expect(spec.replicas).toBe(2);
    expect(spec.serviceName).toBe('staging-connect');
    expect(spec.template.spec.containers[0]).toMatchObject({
      image: staging.model.spec.targets!.kubernetes!.images.kafka,
      resources: { limits: { memory: '2Gi' } },
    });
    const { data } = staging.get('ConfigMap', 'staging-connect-config');
    expect(data['jvm.options']).toContain('-Xmx1536m\n');
    expect(data['worker.properties']).toContain(
      '\nrest.advertised.host.name={pod}.staging-connect.kafka.svc.cluster.local\n',
    );
    expect(data['worker.properties']).toContain(
      '\nbootstrap.servers=staging-internal-bootstrap.kafka.svc.cluster.local:9092\n',
    );
    expect(data['plugin-folders']).toBe('/opt/kafka/plugins/debezium-pg\n');
  });

  test('are asked for their health by its own path', () => {
    const [container] = staging.get('StatefulSet', 'staging-connect').spec.template.spec.containers;
    expect(container.startupProbe.httpGet).toEqual({ path: '/health', port: 'rest' });
    expect(container.readinessProbe.httpGet).toEqual({ path: '/health', port: 'rest' });
  });

  test('find every secret that their properties and their connectors name, at that place', () => {
    const { volumes, containers } = staging.get('StatefulSet', 'staging-connect').spec.template.spec;
    const mounts = new Map<string, string>(
      containers[0].volumeMounts.map(({ name, mountPath }: Manifest) => [mountPath, name]),
    );
    const text = JSON.stringify([
      staging.get('ConfigMap', 'staging-connect-config').data['worker.properties'],
      staging.get('ConfigMap', 'staging-connect-connectors').data,
    ]);
    const folders = [...text.matchAll(/\$\{dir:([^:}]+):/g)]
      .map((match) => match[1]!)
      .filter((folder) => !folder.startsWith('<'));
    expect(new Set(folders)).toEqual(
      new Set(['staging-connect', 'shop-cdc', 'orders-db'].map((name) => `/etc/kafka/connect-secrets/${name}`)),
    );
    const secrets = folders.map((folder) => {
      const volume = volumes.find(({ name }: Manifest) => name === mounts.get(folder));
      return volume?.secret.secretName as string;
    });
    expect(new Set(secrets)).toEqual(new Set(['staging-connect-user', 'staging-user-shop-cdc', 'orders-db']));
  });

  test('find the password of the user that a connector logs in as', () => {
    const { volumes } = manifestsOfText({
      more: `principals: { cdc: { listener: internal, users: { cdc-a: { deleted: { reason: rotated } }, cdc-b: {} } } }
connect: { connectors: { c: { class: org.example.C, tasksMax: 1, principal: cdc } } }`,
    }).get('StatefulSet', 'small-connect').spec.template.spec;
    const names = volumes.map(({ secret }: Manifest) => secret?.secretName as string);
    expect(names).toContain('small-user-cdc-b');
    expect(names).not.toContain('small-user-cdc');
  });

  test('have the folder of secrets also where there are none: Kafka does not start without it', () => {
    const { volumes, containers } = manifestsOfText({
      listeners: '{ partners: { authentication: mtls } }',
      more: 'connect: {}',
    }).get('StatefulSet', 'small-connect').spec.template.spec;
    const mount = containers[0].volumeMounts.find(
      ({ mountPath }: Manifest) => mountPath === '/etc/kafka/connect-secrets',
    );
    expect(volumes.find(({ name }: Manifest) => name === mount.name)).toEqual({ name: 'no-secrets', emptyDir: {} });
  });

  test('get the certificate of the authority without the key of the nodes', () => {
    const { volumes } = staging.get('StatefulSet', 'staging-connect').spec.template.spec;
    expect(volumes.find(({ name }: Manifest) => name === 'ca').secret).toEqual({
      secretName: 'staging-tls',
      items: [{ key: 'ca.crt', path: 'ca.crt' }],
    });
  });

  test('may reach what connectors need, as clients of the brokers', () => {
    const policy = staging.get('NetworkPolicy', 'staging-connect').spec;
    expect(policy.egress).toEqual([{}]);
    expect(staging.get('StatefulSet', 'staging-connect').spec.template.metadata.labels).toMatchObject({
      'kafka-deployment-kit/client': 'staging',
    });
  });

  test('log in with certificates of their own on a listener with mTLS, and so do the principals of connectors', () => {
    const manifests = manifestsOfText({
      listeners: '{ partners: { authentication: mtls } }',
      more: `principals: { mover: { listener: partners } }
connect: { connectors: { copy: { class: org.apache.kafka.connect.mirror.MirrorHeartbeatConnector, principal: mover } } }`,
    });
    const { volumes, containers } = manifests.get('StatefulSet', 'small-connect').spec.template.spec;
    const mountOf = (secret: string): string => {
      const { name } = volumes.find((volume: Manifest) => volume.secret?.secretName === secret);
      return containers[0].volumeMounts.find((mount: Manifest) => mount.name === name).mountPath;
    };
    expect(mountOf('small-connect-tls')).toBe('/etc/kafka/tls/worker');
    expect(mountOf('small-user-mover-tls')).toBe('/etc/kafka/tls/user-mover');
    expect(manifests.get('ConfigMap', 'small-connect-config').data['worker.properties']).toContain(
      'ssl.keystore.location=/run/kafka/worker.pem',
    );
    const { config } = JSON.parse(manifests.get('ConfigMap', 'small-connect-connectors').data['copy.json']);
    expect(config['producer.override.ssl.keystore.location']).toBe('/run/kafka/user-mover.pem');
    manifests.get('Certificate', 'small-connect-tls');
    manifests.get('Certificate', 'small-user-mover-tls');
  });

  test('are not rendered where another environment runs them', () => {
    const elsewhere = manifestsOfText({ more: 'connect: { runtime: { environment: other } }' });
    expect(elsewhere.ofKind('StatefulSet').map(({ metadata }) => metadata.name)).toEqual([
      'small-brokers',
      'small-controllers',
    ]);
  });
});

describe('connectors', () => {
  test('are what the REST interface takes, with options in the order of their names', () => {
    const connector = JSON.parse(staging.get('ConfigMap', 'staging-connect-connectors').data['orders-db.json']);
    expect(connector.name).toBe('orders-db');
    expect(connector.initial_state).toBe('RUNNING');
    expect(Object.keys(connector.config)).toEqual(Object.keys(connector.config).sort());
    expect(connector.config).toMatchObject({
      'connector.class': 'io.debezium.connector.postgresql.PostgresConnector',
      'tasks.max': '1',
      'database.password': '${dir:/etc/kafka/connect-secrets/orders-db:password}',
    });
    expect(connector.config['producer.override.sasl.jaas.config']).toContain('username="shop-cdc"');
  });
});
