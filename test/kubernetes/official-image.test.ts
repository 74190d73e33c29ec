import { ClientPod, CLIENT_FILES } from '../support/kubernetes/client-pod';
import { LabCluster } from '../support/kubernetes/lab-cluster';
import { LOAD_TOPIC, LOAD_USER } from '../support/kubernetes/lab-environment';
import { measured } from '../support/kubernetes/progress';
import { kubernetesSettings } from '../support/kubernetes/settings';

describe('the image of the Apache project', () => {
  let cluster: LabCluster;

  beforeAll(async () => {
    const { officialImage, toolsImage } = kubernetesSettings();
    cluster = await LabCluster.create({
      theme: 'official',
      image: officialImage,
      toolsImage,
      // It has no JMX exporter: an init container brings it.
      exporterImage: toolsImage,
    });
  }, 300_000);

  afterAll(() => cluster?.remove(), 300_000);

  test('forms a cluster without a change to it, and serves a client', async () => {
    measured('formation with the official image', { secondsToReady: await cluster.form() });
    await cluster.reconciled();
    const client = await ClientPod.start(cluster.namespace);
    const common = [
      '--bootstrap-server',
      client.bootstrap,
      '--topic',
      LOAD_TOPIC,
      '--command-config',
      CLIENT_FILES.user,
    ];
    await client.shell(`echo hello | ${client.tool('org.apache.kafka.tools.ConsoleProducer', common)}`, 120);
    const consumer = client.tool('org.apache.kafka.tools.consumer.ConsoleConsumer', [
      ...common,
      '--from-beginning',
      '--group',
      `${LOAD_USER}-1`,
      '--max-messages',
      '1',
      '--timeout-ms',
      '60000',
    ]);
    expect(await client.shell(consumer, 120)).toBe('hello\n');
    expect(await cluster.namespace.refusedPods()).toEqual([]);
  }, 1_200_000);
});
