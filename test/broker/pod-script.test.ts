import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { bootstrapServers } from '../../lib/core/config';
import { kafkaHome, type KafkaHome } from '../../lib/local/kafka-home';
import { modelOfText } from '../support/environments';
import { eventually, onLoopback } from '../support/host-nodes';
import { kubernetesText, Manifests } from '../support/manifests';
import { nodeCertificate, type NodeCertificate } from '../support/node-certificate';
import { Pod, type PodPlaces } from '../support/pods';
import { runJava } from '../support/bare-nodes';

const ENVIRONMENT = kubernetesText({
  pools:
    '{ nodes: { roles: [broker, controller], replicas: 3, heap: 384MiB, memory: 1GiB, volumes: [{ size: 1GiB }] } }',
  listeners: '{ internal: { authentication: none, encryption: none } }',
  more: `racks: [a, b, c]
connect: { memory: 512MiB }`,
});
/** How many lines of each metric a broker and controller has that follows two brokers, with three threads for each of three listeners. */
const PROBED = {
  kafka_server_kafkaserver_brokerstate: 1,
  kafka_server_replicafetchermanager_maxlag: 1,
  kafka_server_replicafetchermanager_failedpartitionscount: 1,
  kafka_server_replica_fetcher_metrics_connection_count: 2,
  kafka_server_replica_fetcher_metrics_responses: 2,
  kafka_log_logmanager_offlinelogdirectorycount: 1,
  kafka_server_replicamanager_underreplicatedpartitions: 1,
  kafka_server_raft_metrics_current_state: 1,
  kafka_server_raft_metrics_log_end_offset: 1,
  kafka_server_raft_metrics_high_watermark: 1,
  kafka_controller_kafkacontroller_fencedbrokercount: 1,
  kafka_server_socket_server_metrics_connection_count: 9,
};
const STATUS = ['org.apache.kafka.tools.MetadataQuorumCommand', '--bootstrap-server'];

describe('the start script of pods', () => {
  const root = mkdtempSync(join(tmpdir(), 'kdk-pods-'));
  let home: KafkaHome;
  let pods: Pod[] = [];
  let places: PodPlaces;
  let manifests: Manifests;
  let servers: string;
  let renewed: NodeCertificate;

  beforeAll(async () => {
    const rendered = modelOfText(ENVIRONMENT);
    home = await kafkaHome({ version: rendered.kafka.patch, metrics: true, progress: () => undefined });
    const model = await onLoopback(rendered, join(root, 'volumes'));
    const restPort = await freePort();
    manifests = new Manifests({ ...model, connect: { ...model.connect!, restPort, metricsPort: await freePort() } });
    servers = bootstrapServers(model, 'internal');
    places = {
      root,
      kafkaHome: home.path,
      jmxExporterJar: home.jmxExporterJar,
      instead: {
        'small-internal-bootstrap.kafka.svc.cluster.local:9092': servers,
        'listeners=http://:': 'listeners=http://127.0.0.1:',
        // Seconds instead of minutes.
        'TURN=600': 'TURN=5',
        'STEADY=240': 'STEADY=2',
        'LOOK=10': 'LOOK=1',
      },
    };
    const { key, chain } = await nodeCertificate(home, join(root, 'node.p12'));
    renewed = await nodeCertificate(home, join(root, 'renewed.p12'));
    pods = model.nodes.map(({ id, rack }) =>
      new Pod(manifests, `small-nodes-${rack}`, `small-nodes-${rack}-${id}`, places)
        .write('tls/tls.key', key)
        .write('tls/tls.crt', chain)
        .write('tls/ca.crt', chain + renewed.chain),
    );
  }, 600_000);

  afterAll(async () => {
    await Promise.all(pods.map((pod) => pod.stop('SIGKILL')));
    rmSync(root, { recursive: true, force: true });
  });

  test('forms one cluster of three pods, each of which its probes let pass', async () => {
    for (const pod of pods) pod.start();
    for (const pod of pods) {
      await eventually(280, () => expect(pod.probe('startupProbe')).toMatchObject({ status: 0 }));
      expect(pod.probe('readinessProbe')).toMatchObject({ status: 0, stderr: '' });
    }
    const status = await runJava(home, [...STATUS, servers, 'describe', '--status']);
    const voters = [...status.match(/CurrentVoters:(.*)/)![1]!.matchAll(/"id": (\d+)/g)].map(([, id]) => Number(id));
    expect(voters.sort((a, b) => a - b)).toEqual(manifests.model.nodes.map(({ id }) => id));
    expect(status).toContain(`ClusterId:              ${manifests.model.clusterId}`);

    const topics = ['org.apache.kafka.tools.TopicCommand', '--bootstrap-server', servers, '--topic', 'orders'];
    await runJava(home, [...topics, '--create', '--partitions', '6', '--replication-factor', '3']);
    const described = await runJava(home, [...topics, '--describe']);
    const inSync = [...described.matchAll(/Isr: ([\d,]+)/g)].map(([, ids]) => ids!.split(',').length);
    expect(inSync).toEqual([3, 3, 3, 3, 3, 3]);
    // What the probe reads is there under these names, and so is what the runbook says of listeners.
    const { metricsPort } = manifests.model.nodes[0]!;
    const query = Object.keys(PROBED).map((name) => `name[]=${name}`);
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics?${query.join('&')}`)).text();
    const found = (name: string): number => metrics.match(new RegExp(`^${name}(\\{.*)? [0-9.E]+$`, 'gm'))?.length ?? 0;
    expect(Object.fromEntries(Object.keys(PROBED).map((name) => [name, found(name)]))).toEqual(PROBED);
    expect(pods[0]!.probe('startupProbe')).toMatchObject({ status: 0, stdout: '' });
  }, 300_000);

  test('hands the signal to end to Kafka, and formats a disk once', async () => {
    const [pod] = pods;
    const meta = join(manifests.model.nodes[0]!.logDirs[0]!, 'meta.properties');
    const formatted = readFileSync(meta, 'utf8');
    expect(pod!.log().includes('Formatting')).toBe(true);
    expect(await pod!.stop()).toBe(143);
    const before = pod!.log();
    expect(before.includes('The controller has asked us to exit controlled shutdown')).toBe(true);
    expect(pod!.probe('readinessProbe').status).toBe(1);
    await eventually(30, () =>
      expect(pods[1]!.probe('startupProbe')).toMatchObject({
        status: 1,
        stdout: expect.stringMatching(
          /^not yet: others: node 0 does not answer, broker 2000 misses replicas of \d+ partitions/,
        ) as string,
      }),
    );
    pod!.start();
    await eventually(280, () => expect(pod!.probe('startupProbe').status).toBe(0));
    expect(readFileSync(meta, 'utf8')).toBe(formatted);
    expect(pod!.log().slice(before.length).includes('Formatting')).toBe(false);
  }, 300_000);

  test('starts again in its turn once its certificate was renewed, and shows the new one', async () => {
    const [, , pod] = pods;
    const { ports, host } = manifests.model.nodes[2]!;
    const shown = async (): Promise<string> => {
      // Its address is not known to the certificate; whose it is, is what is asked here.
      const socket = connect({ host, port: ports['REPLICATION']!, rejectUnauthorized: false });
      const { raw } = await new Promise<{ raw: Buffer }>((resolve, reject) => {
        socket.on('secureConnect', () => resolve(socket.getPeerCertificate())).on('error', reject);
      });
      socket.destroy();
      return raw.toString('base64');
    };
    const base64 = renewed.chain.replace(/-----[^-]*-----|\s/g, '');
    expect(await shown()).not.toBe(base64);
    pod!.write('tls/tls.key', renewed.key).write('tls/tls.crt', renewed.chain);
    expect(await pod!.ended()).toBe(143);
    expect(pod!.log()).toContain('restart-in-turn: starting again, for the renewed certificates.');
    // As the kubelet does.
    pod!.start();
    await eventually(280, () => expect(pod!.probe('startupProbe').status).toBe(0));
    expect(await shown()).toBe(base64);
    for (const other of pods.slice(0, 2)) expect(other.probe('readinessProbe').status).toBe(0);
  }, 400_000);

  test('starts a Connect worker, which says by its probe when it is ready', async () => {
    const worker = new Pod(manifests, 'small-connect', 'small-connect-0', places);
    pods.push(worker);
    worker.start();
    const { port } = manifests
      .get('Service', 'small-connect')
      .spec.ports.find(({ name }: { name: string }) => name === 'rest');
    const base = `http://127.0.0.1:${port}`;
    const health = await eventually(180, async () => {
      const response = await fetch(`${base}/health`);
      if (response.status !== 200) throw new Error(`${response.status}`);
      return (await response.json()) as { status: string };
    });
    expect(health.status).toBe('healthy');
    expect(readFileSync(join(worker.folder, 'run/worker.properties'), 'utf8')).toContain(
      'rest.advertised.host.name=small-connect-0.small-connect.kafka.svc.cluster.local\n',
    );
    expect(await (await fetch(`${base}/connectors`)).json()).toEqual([]);
    expect(await worker.stop()).toBe(143);
  }, 300_000);

  test('fails beside the disk of another cluster, in one line, and leaves it as it is', async () => {
    const [, pod] = pods;
    await pod!.stop();
    // The features that Kafka itself put in force are told from its disk.
    const older = pod!.run({ RENDERED_METADATA_LEVEL: '29' });
    expect(older).toMatchObject({ status: 1, stdout: '' });
    expect(older.stderr).toMatch(
      /^start-node: the cluster has features in force that .* got metadata\.version level 30 in /,
    );
    const meta = join(manifests.model.nodes[1]!.logDirs[0]!, 'meta.properties');
    const other = readFileSync(meta, 'utf8').replace(/^cluster\.id=.*$/m, 'cluster.id=BBBBBBBBBBBBBBBBBBBBBA');
    writeFileSync(meta, other);
    const { status, stdout, stderr } = pod!.run();
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(
      /^start-node: the disk belongs to another cluster, got cluster\.id BBBBBBBBBBBBBBBBBBBBBA in .*\n$/,
    );
    expect(readFileSync(meta, 'utf8')).toBe(other);
  }, 120_000);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
