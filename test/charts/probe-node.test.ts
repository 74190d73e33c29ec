import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runToEnd } from '../support/pods';
import { StandInExporter } from '../support/stand-in-exporter';

const FETCHERS = 'kafka_server_replica_fetcher_metrics';
const UNDER_REPLICATED = 'kafka_server_replicamanager_underreplicatedpartitions';
const LAG = 'kafka_server_replicafetchermanager_maxlag{clientid="Replica"}';
const WELL = {
  kafka_server_kafkaserver_brokerstate: '3.0',
  [LAG]: '0.0',
  'kafka_server_replicafetchermanager_failedpartitionscount{clientid="Replica"}': '0.0',
  kafka_log_logmanager_offlinelogdirectorycount: '0.0',
  [`${FETCHERS}_connection_count{broker_id="0",fetcher_id="0"}`]: '1.0',
  [`${FETCHERS}_connection_count{broker_id="2",fetcher_id="0"}`]: '1.0',
  [`${FETCHERS}_responses{broker_id="0",fetcher_id="0"}`]: '30.0',
  [`${FETCHERS}_responses{broker_id="2",fetcher_id="0"}`]: '1.0105E4',
  'kafka_server_raft_metrics_current_state{state="follower"}': '1.0',
  kafka_server_raft_metrics_log_end_offset: '1.2345678E7',
  kafka_server_raft_metrics_high_watermark: '1.2345678E7',
  kafka_controller_kafkacontroller_fencedbrokercount: '0.0',
  [UNDER_REPLICATED]: '0.0',
};

describe('the probe of nodes', () => {
  let folder: string;
  let self: StandInExporter;
  let peers: StandInExporter[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kdk-probe-'));
    mkdirSync(join(folder, 'run'));
    for (const name of ['probe-node.sh', 'ask-nodes.sh']) {
      const text = readFileSync(join('charts/scripts', name), 'utf8').replaceAll('/run/kafka', join(folder, 'run'));
      writeFileSync(join(folder, name), text);
    }
    self = await StandInExporter.listen();
    peers = [await StandInExporter.listen(), await StandInExporter.listen()];
    for (const exporter of [self, ...peers]) exporter.metrics = { ...WELL };
    nodes(peers.map(({ port }) => `127.0.0.1 ${port}`));
  });
  afterEach(async () => {
    await Promise.all([self, ...peers].map((exporter) => exporter.close()));
    rmSync(folder, { recursive: true });
  });

  /** This is node 1; the others are where it is told. */
  const nodes = (at: readonly string[], roles = 'broker,controller'): void => {
    const lines = [`1 ${roles} 127.0.0.1 ${self.port}`, ...at.map((place, index) => `${index * 2} ${roles} ${place}`)];
    writeFileSync(join(folder, 'nodes'), `${lines.join('\n')}\n`);
  };
  const gate = (least: number, secondsAgo: number): void => {
    const now = Math.floor(Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]));
    writeFileSync(join(folder, 'run/gate'), `${least} ${now - secondsAgo}\n`);
  };
  const probe = async (...checks: string[]): Promise<{ status: number | null; stdout: string }> => {
    const { status, stdout, stderr } = await runToEnd(
      'bash',
      [join(folder, 'probe-node.sh'), `${self.port}`, ...checks],
      {
        PATH: process.env.PATH,
        POD_NAME: 'small-nodes-1',
      },
    );
    expect(stderr).toBe('');
    return { status, stdout };
  };

  test('passes a node that runs, has caught up, is in the quorum and misses nowhere, and looks at its lag twice', async () => {
    expect(await probe('quorum', 'running', 'caught-up', 'others')).toEqual({ status: 0, stdout: '' });
    expect(self.asked.filter((name) => name.endsWith('maxlag'))).toHaveLength(2);
  });

  test.each<[string, Record<string, string>, string]>([
    ['recovers', { kafka_server_kafkaserver_brokerstate: '2.0' }, 'running: the broker recovers'],
    ['lags', { [LAG]: '40672.0' }, 'caught-up: 40672 records behind its leaders'],
    ['lags by millions', { [LAG]: '1.2345678E7' }, 'caught-up: 12345678 records behind its leaders'],
    [
      'dials a broker that it does not reach, without lag for that very reason',
      { [`${FETCHERS}_connection_count{broker_id="0",fetcher_id="0"}`]: '0.0' },
      'caught-up: a broker that this one follows is not reached yet',
    ],
    [
      'has heard nothing of a broker yet',
      { [`${FETCHERS}_responses{broker_id="2",fetcher_id="0"}`]: '0.0' },
      'caught-up: a broker that this one follows is not reached yet',
    ],
    [
      'lost one of its disks',
      { kafka_log_logmanager_offlinelogdirectorycount: '1.0' },
      'caught-up: a disk of this broker does not work',
    ],
    [
      'failed to follow',
      { 'kafka_server_replicafetchermanager_failedpartitionscount{clientid="Replica"}': '2.0' },
      'caught-up: replicas of this broker failed',
    ],
    [
      'has less metadata than the others committed',
      { kafka_server_raft_metrics_log_end_offset: '40.0' },
      'others: they committed 12345678 records of metadata, this one has 40',
    ],
    [
      'sees brokers that are fenced',
      { kafka_controller_kafkacontroller_fencedbrokercount: '2.0' },
      'others: 2 brokers are fenced',
    ],
  ])('fails for a node that %s', async (_, metrics, message) => {
    self.metrics = { ...WELL, ...metrics };
    const { status, stdout } = await probe('running', 'caught-up', 'quorum', 'others');
    expect(status).toBe(1);
    expect(stdout).toMatch(new RegExp(`^not yet: ${message}.*\n$`));
  });

  test.each(['candidate', 'observer', 'prospective'])('fails for a controller that is %s', async (state) => {
    self.metrics = { [`kafka_server_raft_metrics_current_state{state="${state}"}`]: '1.0' };
    expect(await probe('quorum')).toMatchObject({ status: 1, stdout: expect.stringMatching(/^not yet: quorum/) });
  });

  test('fails while another broker misses replicas, or does not answer', async () => {
    peers[0]!.metrics = { ...WELL, [UNDER_REPLICATED]: '3.0' };
    nodes([`127.0.0.1 ${peers[0]!.port}`, '127.0.0.1 1']);
    const { status, stdout } = await probe('running', 'caught-up', 'others');
    expect(status).toBe(1);
    expect(stdout).toContain('broker 0 misses replicas of 3 partitions');
    expect(stdout).toContain('node 2 does not answer');
    expect(readFileSync(join(folder, 'run/gate'), 'utf8')).toMatch(/^4 \d+\n$/);
  });

  test('waits for the others as long as it gets better, and then no more: they may miss somebody who never comes', async () => {
    peers[0]!.metrics = { ...WELL, [UNDER_REPLICATED]: '3.0' };
    gate(4, 600);
    expect(await probe('others')).toMatchObject({ status: 1 });
    gate(3, 30);
    expect(await probe('others')).toMatchObject({ status: 1 });
    gate(3, 61);
    expect(await probe('others')).toMatchObject({ status: 0 });
    self.metrics = { ...WELL, [LAG]: '1.0' };
    expect(await probe('caught-up', 'others')).toMatchObject({ status: 1 });
  });

  test('asks 59 others at once, and waits for what swallows questions for seconds, not minutes', async () => {
    const sockets: Socket[] = [];
    const deaf = createServer((socket) => void sockets.push(socket));
    await new Promise<void>((listening) => deaf.listen(0, '127.0.0.1', listening));
    const ports = [peers[0]!.port, (deaf.address() as AddressInfo).port];
    nodes(Array.from({ length: 59 }, (_, index) => `127.0.0.1 ${ports[index < 56 ? 0 : 1]}`));
    const begun = Date.now();
    const { status, stdout } = await probe('others');
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => deaf.close(closed));
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: 'not yet: others: node 112 does not answer, node 114 does not answer, node 116 does not answer\n',
    });
    expect(Date.now() - begun).toBeLessThan(10_000);
  });

  test.each<[string, Record<string, string>, string]>([
    ['misses replicas', { ...WELL, [UNDER_REPLICATED]: '3.0' }, 'broker 0 misses replicas of 3 partitions'],
    [
      'is behind',
      { ...WELL, kafka_server_raft_metrics_high_watermark: '12.0' },
      'node 0 has 12 of 12345678 records of',
    ],
    ['has not started', {}, 'broker 0 misses replicas of - partitions'],
  ])('fails to call a cluster whole where a node %s, however long', async (_, metrics, message) => {
    expect(await probe('whole')).toEqual({ status: 0, stdout: '' });
    gate(1, 600);
    peers[0]!.metrics = metrics;
    const { status, stdout } = await probe('whole');
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: expect.stringContaining(`not yet: whole: ${message}`) as string,
    });
    nodes(['127.0.0.1 1']);
    expect((await probe('whole')).stdout).toBe('not yet: whole: node 0 does not answer\n');
  });

  test('does not ask controllers for replicas, nor brokers for what only controllers know', async () => {
    writeFileSync(
      join(folder, 'nodes'),
      `0 controller 127.0.0.1 1\n1 broker 127.0.0.1 ${self.port}\n2 broker 127.0.0.1 ${peers[0]!.port}\n`,
    );
    expect(await probe('others')).toEqual({ status: 0, stdout: '' });
    expect(self.asked).toEqual([]);
  });

  test('fails where nothing answers, and for a check that there is not', async () => {
    const answer = await runToEnd('bash', [join(folder, 'probe-node.sh'), '1', 'running'], { PATH: process.env.PATH });
    expect(answer).toMatchObject({ status: 1, stdout: 'not yet: the JMX exporter of this pod does not answer\n' });
    expect(
      await runToEnd('bash', [join(folder, 'probe-node.sh'), '1', 'ready'], { PATH: process.env.PATH }),
    ).toMatchObject({
      status: 2,
    });
  });
});
