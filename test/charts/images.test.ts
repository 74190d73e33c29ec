import { App, Size, Testing } from 'cdk8s';
import { ImageFolder, KafkaChart, KafkaConnectChart, KafkaVersion, NodePool } from '../../charts';
import { modelOfText } from '../support/environments';
import { kubernetesText, Manifests, type Manifest } from '../support/manifests';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const TOOLS = `registry.example/tools@${DIGEST}`;
const PLUGIN = `registry.example/debezium@${DIGEST}`;
const CONNECT =
  "connect: { plugins: { debezium: { maven: 'io.debezium:debezium-connector-postgres:3.6.0.Final' }, own: { maven: 'a:b:1' } } }";

const manifestsOf = (images: string, version = '1.34'): Manifests =>
  new Manifests(
    modelOfText(
      kubernetesText({ version, more: CONNECT }).replace(
        "{ kafka: 'registry.example/kafka:4.3.1' }",
        `{ kafka: 'registry.example/kafka@${DIGEST}', tools: '${TOOLS}', ${images} }`,
      ),
    ),
  );
const podOf = (manifests: Manifests, set: string): Manifest => manifests.get('StatefulSet', set).spec.template.spec;
const mountAt = (container: Manifest, path: string): Manifest =>
  container.volumeMounts.find(({ mountPath }: Manifest) => mountPath === path);

describe('what other images bring', () => {
  const copied = manifestsOf(
    `jmxExporter: { image: '${TOOLS}' }, plugins: { debezium: { image: '${PLUGIN}', path: /kafka/connect/debezium } }, pullSecrets: [registry-login]`,
  );

  test('is copied before Kafka starts, into a volume at the place where it looks', () => {
    const { initContainers, containers, volumes } = podOf(copied, 'small-connect');
    expect(initContainers.map(({ name, image }: Manifest) => [name, image])).toEqual([
      ['jmx-exporter', TOOLS],
      ['plugin-debezium', PLUGIN],
    ]);
    expect(initContainers[1].command.slice(-3)).toEqual(['copy', '/kafka/connect/debezium', '/to']);
    expect(initContainers[1].volumeMounts).toEqual([{ name: 'plugin-debezium', mountPath: '/to' }]);
    expect(mountAt(containers[0], '/opt/kafka/plugins/debezium')).toEqual({
      name: 'plugin-debezium',
      mountPath: '/opt/kafka/plugins/debezium',
      readOnly: true,
    });
    expect(mountAt(containers[0], '/opt/jmx-exporter').name).toBe('jmx-exporter');
    expect(volumes).toContainEqual({ name: 'plugin-debezium', emptyDir: { sizeLimit: '1Gi' } });
    // The other plugin is in the Kafka image, whose folder stays in sight.
    expect(mountAt(containers[0], '/opt/kafka/plugins')).toBeUndefined();
  });

  test('comes into nodes too, except plugins', () => {
    const { initContainers } = podOf(copied, 'small-brokers');
    expect(initContainers.map(({ name }: Manifest) => name)).toEqual(['jmx-exporter']);
  });

  test('runs with as few rights and as little memory as anything else', () => {
    for (const container of podOf(copied, 'small-connect').initContainers) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources).toEqual({
        requests: { cpu: '100m', memory: '128Mi' },
        limits: { memory: '128Mi' },
      });
    }
  });

  test('is mounted as the image itself where that is asked for, and nothing is copied', () => {
    const mounted = manifestsOf(
      `jmxExporter: { image: '${TOOLS}', delivery: image-volume }, plugins: { debezium: { image: '${PLUGIN}', delivery: image-volume } }`,
      '1.35',
    );
    const { initContainers, containers, volumes } = podOf(mounted, 'small-connect');
    expect(initContainers).toBeUndefined();
    expect(volumes).toContainEqual({ name: 'plugin-debezium', image: { reference: PLUGIN } });
    expect(mountAt(containers[0], '/opt/kafka/plugins/debezium')).toEqual({
      name: 'plugin-debezium',
      mountPath: '/opt/kafka/plugins/debezium',
      subPath: 'opt/kafka/plugins/debezium',
      readOnly: true,
    });
    expect(podOf(mounted, 'small-brokers').volumes).toContainEqual({
      name: 'jmx-exporter',
      image: { reference: TOOLS },
    });
  });

  test('does not come at all where nothing is named or nothing looks for it', () => {
    const { initContainers, imagePullSecrets } = podOf(new Manifests(modelOfText(kubernetesText())), 'small-brokers');
    expect([initContainers, imagePullSecrets]).toEqual([undefined, undefined]);
    const quiet = kubernetesText({ more: 'monitoring: { metrics: false }' }).replace(
      "kafka:4.3.1' }",
      `kafka:4.3.1', jmxExporter: { image: '${TOOLS}' } }`,
    );
    expect(podOf(new Manifests(modelOfText(quiet)), 'small-brokers').initContainers).toBeUndefined();
  });

  test('is pulled with the log-ins of the environment, by every pod, and never without need', () => {
    const specs = copied.all.filter(({ spec }) => spec?.template !== undefined).map(({ spec }) => spec.template.spec);
    expect(specs.length).toBeGreaterThanOrEqual(4);
    for (const spec of specs) expect(spec.imagePullSecrets).toEqual([{ name: 'registry-login' }]);
    // Absent it is IfNotPresent, for a digest and for every tag but latest.
    expect(JSON.stringify(copied.all)).not.toContain('imagePullPolicy');
  });
});

test('the charts take the same from properties', () => {
  const cluster = new KafkaChart(new App(), 'small', {
    namespace: 'kafka',
    kafkaVersion: KafkaVersion.V4_3,
    kubernetesVersion: '1.35',
    image: `apache/kafka:4.3.1@${DIGEST}`,
    jmxExporter: ImageFolder.copied(TOOLS),
    imagePullSecrets: ['registry-login'],
    nodePools: [NodePool.combined('nodes', { replicas: 3, volumes: [Size.gibibytes(1)] })],
  });
  const connect = new KafkaConnectChart(new App(), 'connect', {
    cluster,
    plugins: { debezium: 'io.debezium:debezium-connector-postgres:3.6.0.Final' },
    pluginImages: { debezium: ImageFolder.mounted(PLUGIN, '/debezium') },
  });
  const setOf = (chart: KafkaChart | KafkaConnectChart): Manifest =>
    (Testing.synth(chart) as Manifest[]).find(({ kind }) => kind === 'StatefulSet').spec.template.spec;
  expect(setOf(cluster).initContainers[0]).toMatchObject({ name: 'jmx-exporter', image: TOOLS });
  expect(setOf(cluster).imagePullSecrets).toEqual([{ name: 'registry-login' }]);
  expect(setOf(connect).volumes).toContainEqual({ name: 'plugin-debezium', image: { reference: PLUGIN } });
  expect(mountAt(setOf(connect).containers[0], '/opt/kafka/plugins/debezium').subPath).toBe('debezium');
});
