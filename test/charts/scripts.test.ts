import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelOfText } from '../support/environments';
import { kubernetesText, Manifests, manifestsOfText } from '../support/manifests';
import { Pod } from '../support/pods';
import { StandInExporter } from '../support/stand-in-exporter';

const KEY = '-----BEGIN PRIVATE KEY-----\nQQ==\n-----END PRIVATE KEY-----\n';
const POOLS = '{ nodes: { roles: [broker, controller], replicas: 3, volumes: [{ size: 1GiB }, { size: 1GiB }] } }';
/** Stands where the image has Java: what is refused must be refused before it runs. */
const JAVA = '#!/bin/sh\necho "java $*"\n';

describe('the start scripts', () => {
  const manifests = manifestsOfText({
    pools: POOLS,
    version: '1.35',
    settings: 'rackSource: pod-zone-label',
    more: "connect: { plugins: { debezium: { maven: 'a:b:1' } } }",
  });
  const older = new Manifests(modelOfText(kubernetesText({ pools: POOLS, version: '1.35' }).replace("'4.3'", "'4.1'")));
  let root: string;
  let places: ConstructorParameters<typeof Pod>[3];
  let pod: Pod;
  let env: NodeJS.ProcessEnv;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kdk-scripts-'));
    const kafkaHome = join(root, 'kafka');
    const jmxExporterJar = join(root, 'agent.jar');
    mkdirSync(join(kafkaHome, 'libs'), { recursive: true });
    for (const jar of ['kafka_2.13-4.3.1.jar', 'connect-runtime-4.3.1.jar']) {
      writeFileSync(join(kafkaHome, 'libs', jar), '');
    }
    writeFileSync(jmxExporterJar, '');
    writeFileSync(join(root, 'java'), JAVA);
    chmodSync(join(root, 'java'), 0o755);
    env = { PATH: `${root}:${process.env.PATH}`, RACK_FROM_ZONE: 'eu-west-1a' };
    places = { root, kafkaHome, jmxExporterJar, instead: { '/var/lib/kafka': join(root, 'disks') } };
    pod = new Pod(manifests, 'small-nodes', 'small-nodes-1', places)
      .write('tls/tls.key', KEY)
      .write('tls/tls.crt', 'the chain\n')
      .write('tls/ca.crt', 'the authority\n');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const disk = (text: string, volume = 'data-0'): void => {
    const folder = join(root, 'disks', volume, 'kafka');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'meta.properties'), text);
  };

  test('format an empty disk, join key and chain, and take the rack from the zone', () => {
    const { status, stdout, stderr } = pod.run(env);
    expect({ status, stderr: stderr.replace(/^start-node: warning: .*\n/gm, '') }).toEqual({ status: 0, stderr: '' });
    const [format, start] = stdout.trim().split('\n');
    expect(format).toMatch(/ kafka\.tools\.StorageTool format -t \S{22} -c \S+\/run\/server\.properties -g /);
    expect(start).toMatch(/^java -Xms4096m .* kafka\.Kafka \S+\/run\/server\.properties$/);
    expect(readFileSync(join(pod.folder, 'run/keystore.pem'), 'utf8')).toBe(`${KEY}the chain\n`);
    expect(readFileSync(join(pod.folder, 'run/server.properties'), 'utf8')).toMatch(/\nbroker\.rack=eu-west-1a\n$/);
  });

  test('format a disk that was lost beside another as one of a node that joins again', () => {
    expect(pod.run(env).stdout).toMatch(/ --initial-controllers 0@small-nodes-0\./);
    disk(`cluster.id=${manifests.model.clusterId}\nnode.id=1\n`, 'data-1');
    const { status, stdout } = pod.run(env);
    expect(status).toBe(0);
    expect(stdout).toMatch(/StorageTool format .* --release-version 4\.3-IV0 --no-initial-controllers\n/);
  });

  test.each([
    ['4.3', 'has been written', '3.0', true],
    ['4.3', 'is new', '0.0', false],
    ['4.1', 'has been written for longer than a first formation takes', '1.2345E4', true],
    ['4.1', 'is as old as a formation that one node is late for', '300.0', false],
  ])('with Kafka %s, where the metadata of another node %s', async (version, _, records, joins) => {
    const exporter = await StandInExporter.listen();
    exporter.metrics = { kafka_server_raft_metrics_log_end_offset: records };
    const other = new Pod(version === '4.3' ? manifests : older, 'small-nodes', 'small-nodes-1', places)
      .write('tls/tls.key', KEY)
      .write('tls/tls.crt', 'the chain\n')
      .write('config/nodes', `0 broker,controller 127.0.0.1 ${exporter.port}\n2 broker,controller 127.0.0.1 1\n`);
    // The same image for both.
    const { status, stdout, stderr } = await other.runBeside({ ...env, RENDERED_KAFKA_VERSION: '4.3' });
    await exporter.close();
    expect(status).toBe(0);
    expect(stdout.includes('--no-initial-controllers')).toBe(joins);
    expect(/joins the quorum .* node 0 has \d+ records of its metadata; kdk lock/.test(stderr)).toBe(joins);
  });

  test('leave disks alone that are theirs', () => {
    for (const volume of ['data-0', 'data-1']) disk(`cluster.id=${manifests.model.clusterId}\nnode.id=1`, volume);
    const { status, stdout } = pod.run(env);
    expect(status).toBe(0);
    expect(stdout).not.toContain('StorageTool');
  });

  test.each<[string, () => NodeJS.ProcessEnv | void, RegExp]>([
    ['a disk of another cluster', () => disk('node.id=1\ncluster.id=other'), /another cluster, got cluster\.id other/],
    [
      'a disk of another node',
      () => disk('node.id=2'),
      /another node, got node\.id 2 in .* for 1; it is left as it is/,
    ],
    [
      'no configuration of its own',
      () => ({ POD_NAME: 'small-nodes-7' }),
      /no configuration for node 7, got pod small-nodes-7/,
    ],
    [
      'a key that is not PKCS #8',
      () => void pod.write('tls/tls.key', KEY.replaceAll('PRIVATE', 'RSA PRIVATE')),
      /not PKCS #8/,
    ],
    ['no key', () => unlinkSync(join(pod.folder, 'tls/tls.key')), /the private key of the Secret cannot be read/],
    [
      'an image without the exporter',
      () => unlinkSync(places.jmxExporterJar),
      /lacks the JMX exporter, got nothing at/,
    ],
    [
      'an image without Kafka',
      () => rmSync(join(places.kafkaHome, 'libs'), { recursive: true }),
      /there is no Kafka in/,
    ],
    ['a node without a zone', () => ({ RACK_FROM_ZONE: '' }), /no label topology\.kubernetes\.io\/zone/],
    [
      'replicas that nobody says whose they are',
      () => void mkdirSync(join(root, 'disks/data-1/kafka/orders-0'), { recursive: true }),
      /the disk has replicas but no meta\.properties, got \S+\/orders-0; /,
    ],
    [
      'a disk that cannot be written',
      () => writeFileSync(join(root, 'disks/data-0/kafka'), ''),
      /the volume is not writable/,
    ],
    [
      'an image of another Kafka',
      () => ({ RENDERED_KAFKA_VERSION: '4.2' }),
      /the image has another Kafka than its files are for, got 4\.3\.1 for 4\.2; /,
    ],
    [
      'a disk with features that its Kafka does not know',
      () => {
        disk('node.id=1');
        const metadata = join(root, 'disks/data-0/kafka/__cluster_metadata-0');
        mkdirSync(metadata);
        const level = (of: number): string => `\x01\x0c\0\x11metadata.version\0${String.fromCharCode(of)}\0`;
        // What a broker says that it supports is no level in force.
        writeFileSync(join(metadata, '0-0.checkpoint'), `\x80\n${level(29)}\x11metadata.version\0\x07\0\x1f`, 'latin1');
        writeFileSync(join(metadata, '1.log'), `\n${level(30)}`, 'latin1');
        return { RENDERED_METADATA_LEVEL: '29' };
      },
      /got metadata\.version level 30 in \S+ where 29 is its last; run the newer Kafka again/,
    ],
    ['formatting that fails', () => writeFileSync(join(root, 'java'), '#!/bin/sh\nexit 1\n'), /formatting failed/],
  ])('fails with %s, and says so in one line', (_, arrange, message) => {
    const changed = arrange();
    const { status, stdout, stderr } = pod.run({ ...env, ...(changed ?? {}) });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    const own = stderr.split('\n').filter((line) => /^(start-node|keystores): /.test(line));
    expect(own).toHaveLength(1);
    expect(own[0]).toMatch(message);
  });

  test('fails with a worker whose plugin is not in the image', () => {
    const worker = new Pod(manifests, 'small-connect', 'small-connect-0', places);
    const { status, stderr } = worker.run(env);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^start-worker: the image lacks a plugin, got no folder \S+\/plugins\/debezium; [^\n]*\n$/);
    mkdirSync(join(places.kafkaHome, 'plugins/debezium'), { recursive: true });
    expect(worker.run(env).stderr).toMatch(/^start-worker: a plugin has nothing to load, got no jar in \S+; [^\n]*\n$/);
  });

  test('fails with a worker whose Secret lacks the key that it needs', () => {
    mkdirSync(join(places.kafkaHome, 'plugins/debezium'), { recursive: true });
    writeFileSync(join(places.kafkaHome, 'plugins/debezium/debezium.jar'), '');
    const { status, stderr } = new Pod(manifests, 'small-connect', 'small-connect-0', places).run(env);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(
        /^start-worker: the Secret small-connect-user lacks a key, got nothing at \S+\/small-connect\/password; add the key password to it\.\n$/,
      ) as string,
    });
  });

  test('give a worker the name of its pod, its rack and its certificates', () => {
    mkdirSync(join(places.kafkaHome, 'plugins/debezium'), { recursive: true });
    writeFileSync(join(places.kafkaHome, 'plugins/debezium/connector.jar'), '');
    const worker = new Pod(manifests, 'small-connect', 'small-connect-1', places)
      .write('tls/worker/tls.key', KEY)
      .write('tls/worker/tls.crt', 'the chain\n')
      .write('secrets/small-connect/password', 'secret');
    expect(worker.run({ ...env, ZONE: 'b' })).toMatchObject({ status: 0, stderr: '' });
    const text = readFileSync(join(worker.folder, 'run/worker.properties'), 'utf8');
    expect(text).toContain('\nrest.advertised.host.name=small-connect-1.small-connect.kafka.svc.cluster.local\n');
    expect(text).toMatch(/\nconsumer\.client\.rack=b\n$/);
    expect(readFileSync(join(worker.folder, 'run/worker.pem'), 'utf8')).toBe(`${KEY}the chain\n`);
  });
});
