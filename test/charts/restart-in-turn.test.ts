import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { StandInExporter } from '../support/stand-in-exporter';

const UNDER_REPLICATED = 'kafka_server_replicamanager_underreplicatedpartitions';
const COMMITTED = 'kafka_server_raft_metrics_high_watermark';
const WELL = { [UNDER_REPLICATED]: '0.0', [COMMITTED]: '5000.0' };
const OLD = '-----BEGIN CERTIFICATE-----\nb2xk\n-----END CERTIFICATE-----\n';
const NEW = '-----BEGIN CERTIFICATE-----\nbmV3\n-----END CERTIFICATE-----\n';
/** Seconds instead of minutes. */
const FAST = { 'TURN=600': 'TURN=2', 'STEADY=240': 'STEADY=1', 'LOOK=10': 'LOOK=0.2' };

describe('a node whose certificates were renewed', () => {
  let folder: string;
  let self: StandInExporter;
  let peer: StandInExporter;
  let node: ChildProcess;
  let watcher: ChildProcess;
  let said: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kdk-turn-'));
    for (const name of ['probe-node.sh', 'ask-nodes.sh', 'restart-in-turn.sh']) {
      const text = readFileSync(join('charts/scripts', name), 'utf8');
      writeFileSync(
        join(folder, name),
        Object.entries(FAST).reduce((all, [from, to]) => all.replace(from, to), text),
      );
    }
    self = await StandInExporter.listen();
    peer = await StandInExporter.listen();
    for (const exporter of [self, peer]) exporter.metrics = WELL;
    writeFileSync(
      join(folder, 'nodes'),
      `0 broker,controller 127.0.0.1 ${peer.port}\n101 broker 127.0.0.1 ${self.port}\n`,
    );
    write('keystore.pem', 'first');
    write('ca.crt', OLD);
    node = spawn('sleep', ['60'], { stdio: 'ignore' });
  });
  afterEach(async () => {
    node.kill('SIGKILL');
    if (watcher.exitCode === null) await once(watcher, 'exit');
    await Promise.all([self, peer].map((exporter) => exporter.close()));
    rmSync(folder, { recursive: true });
  });

  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const watch = async (): Promise<void> => {
    const files = ['keystore.pem', 'ca.crt'].map((name) => join(folder, name));
    watcher = spawn('bash', [join(folder, 'restart-in-turn.sh'), String(node.pid), ...files], {
      env: { PATH: process.env.PATH, POD_NAME: 'small-brokers-101' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    said = '';
    watcher.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
    await after(500);
  };
  const ended = async (seconds: number): Promise<boolean> => {
    const until = Date.now() + seconds * 1000;
    while (Date.now() < until && node.signalCode === null) await after(50);
    return node.signalCode === 'SIGTERM';
  };

  test('ends in its turn, once the cluster has been whole for a while', async () => {
    await watch();
    expect(await ended(1)).toBe(false);
    write('keystore.pem', 'second');
    expect(await ended(30)).toBe(true);
    // The second of two that take turns of two seconds.
    expect(Math.floor(Date.now() / 2000) % 2).toBe(1);
    expect(said).toBe(
      'restart-in-turn: the certificates were renewed; this node starts again in its turn.\n' +
        'restart-in-turn: starting again, for the renewed certificates.\n',
    );
  }, 60_000);

  test('goes on while another misses replicas, and says why', async () => {
    await watch();
    peer.metrics = { ...WELL, [UNDER_REPLICATED]: '2.0' };
    write('keystore.pem', 'second');
    expect(await ended(5)).toBe(false);
    expect(said).toContain('not in this turn: not yet: whole: broker 0 misses replicas of 2 partitions');
    peer.metrics = WELL;
    expect(await ended(30)).toBe(true);
  }, 60_000);

  test('trusts an authority more without further ado, and starts again for it', async () => {
    await watch();
    write('ca.crt', `${NEW}${OLD}`);
    expect(await ended(30)).toBe(true);
  }, 60_000);

  test('goes on where an authority is gone: those who have not restarted would be strangers to it', async () => {
    await watch();
    write('ca.crt', NEW);
    write('keystore.pem', 'second');
    expect(await ended(5)).toBe(false);
    expect(said).toMatch(/^restart-in-turn: warning: ca\.crt has lost an authority that this node trusts; .*\n$/);
  }, 60_000);

  test('is a worker by its ordinal where there is no list of nodes', async () => {
    rmSync(join(folder, 'nodes'));
    write('restart-in-turn.sh', readFileSync(join(folder, 'restart-in-turn.sh'), 'utf8').replace('=16', '=2'));
    await watch();
    write('ca.crt', NEW);
    expect(await ended(30)).toBe(true);
    expect(Math.floor(Date.now() / 2000) % 2).toBe(1);
  }, 60_000);
});
