import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAdmin, connectRest } from '../../lib/admin';
import { applyConnectors, planConnectors, restartFailed, type Restarted } from '../../lib/admin/reconcile';
import { connectorsOnly, desiredState, type DesiredState } from '../../lib/core/plan';
import type { ConnectWorkersPort } from '../../lib/admin/port';
import { kafkaHome } from '../../lib/local/kafka-home';
import { startCluster, type TestCluster } from '../support/cluster';
import { startConnectWorker, type ConnectWorker } from '../support/connect-workers';
import { describeConnectWorkersPort } from '../support/connect-workers-contract';
import { modelOfText } from '../support/environments';
import { askedMetrics } from '../support/asked-metrics';
import { toldNames } from '../support/metric-names';
import { eventually } from '../support/host-nodes';
import { BASES } from '../support/rule-cases';
import { watchedModel } from '../support/watched-model';

const SOURCE = 'org.apache.kafka.connect.file.FileStreamSourceConnector';
const SINK = 'org.apache.kafka.connect.file.FileStreamSinkConnector';
const TEXT = 'org.apache.kafka.connect.storage.StringConverter';
const LINES = Array.from({ length: 1000 }, (_, line) => `line ${line}`);

jest.setTimeout(120_000);

describe('the workers of a real Connect cluster', () => {
  const root = mkdtempSync(join(tmpdir(), 'kdk-connect-'));
  const file = (name: string): string => join(root, name);
  let cluster: TestCluster;
  let worker: ConnectWorker;
  let port: ConnectWorkersPort;

  beforeAll(async () => {
    cluster = await startCluster({ nodePools: '{ nodes: { roles: [broker, controller], replicas: 1 } }' });
    const { model, bootstrapServers } = cluster;
    const home = await kafkaHome({ version: model.kafka.patch, metrics: true, progress: () => undefined });
    worker = await startConnectWorker({ model, home, bootstrapServers, folder: root });
    // A worker can only write to topics that are there, since brokers make none by themselves.
    const admin = await connectAdmin({ bootstrapServers });
    await admin.createTopics(
      ['lines', 'contract'].map((name) => ({ name, placement: { partitions: 1, replicationFactor: 1 }, config: {} })),
      { validateOnly: false },
    );
    await admin.close();
    port = connectRest({ urls: [worker.url], basicAuth: worker.basicAuth });
  }, 300_000);

  afterAll(async () => {
    await port?.close();
    await worker?.stop();
    await cluster?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  describeConnectWorkersPort(() => ({
    port,
    sourceClass: SOURCE,
    sinkClass: SINK,
    source: { file: file('contract-in'), topic: 'contract' },
    sink: { file: file('contract-out'), topics: 'contract' },
    broken: { file: file('missing/out'), topics: 'contract' },
    reason: "Couldn't find or create file",
    repair: () => mkdirSync(file('missing')),
  }));

  test('carry a thousand lines from a file over a topic to a file, whose name is a secret', async () => {
    writeFileSync(file('in'), LINES.map((line) => `${line}\n`).join(''));
    mkdirSync(join(worker.secretsDir, 'sink'));
    writeFileSync(join(worker.secretsDir, 'sink/path'), file('out'));
    const placeholder = `\${dir:${worker.secretsDir}/sink:path}`;
    const text = { 'key.converter': TEXT, 'value.converter': TEXT };
    const source = { 'connector.class': SOURCE, file: file('in'), topic: 'lines', ...text };
    const sink = { 'connector.class': SINK, file: placeholder, topics: 'lines', ...text };
    expect(await port.validate({ name: 'sink', config: sink })).toEqual([]);
    await Promise.all([
      port.put({ name: 'source', config: source, state: 'running' }),
      port.put({ name: 'sink', config: sink, state: 'running' }),
    ]);
    await eventually(30, () => expect(readFileSync(file('out'), 'utf8').trim().split('\n')).toEqual(LINES));
    const exposed = toldNames(await (await fetch(worker.metricsUrl)).text());
    const asked = askedMetrics(watchedModel(), ['connect']).filter((name) => name.startsWith('kafka_connect'));
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((name) => !exposed.has(name))).toEqual([]);
    expect((await port.connectors()).get('sink')!.config).toEqual(sink);
    await port.setState('sink', 'stopped');
    expect(await port.offsets('sink')).toEqual([
      { partition: { kafka_topic: 'lines', kafka_partition: 0 }, offset: { kafka_offset: 1000 } },
    ]);
  });

  test('write each record of a source once, restart what has failed, keep offsets where they stop, and delete', async () => {
    writeFileSync(file('once'), 'a\nb\n');
    const { signal } = new AbortController();
    const of = (state: string, sinkFile: string): DesiredState =>
      connectorsOnly(
        desiredState(
          modelOfText(`${BASES.kubernetes}connect:
  connectors:
    once: { class: ${SOURCE}, ${state}, config: { file: ${file('once')}, topic: lines, value.converter: ${TEXT}, exactly.once.support: required } }
    broken: { class: ${SINK}, config: { file: ${sinkFile}, topics: lines, value.converter: ${TEXT} } }
`),
        ),
      )!;
    const desired = of('state: running', file('later/out'));
    const plan = await planConnectors(port, desired);
    expect(plan.changes.map(({ id, status }) => [id, status])).toEqual([
      ['put-connector broken', 'ready'],
      ['put-connector once', 'ready'],
    ]);
    const report = await applyConnectors(port, desired, { plan, progress: () => undefined, signal });
    expect(report.counts).toMatchObject({ done: 1, failed: 1 });
    await eventually(30, async () => expect(await port.offsets('once')).toMatchObject([{ offset: { position: 4 } }]));
    const restart = (): Promise<Restarted[]> => restartFailed(port, { attempts: 1, pauseMs: 1, signal });
    expect(await restart()).toMatchObject([{ connector: 'broken', error: expect.stringContaining('later') as string }]);
    mkdirSync(file('later'));
    expect(await restart()).toEqual([{ connector: 'broken', attempts: 1 }]);
    await eventually(30, () =>
      expect(readFileSync(file('later/out'), 'utf8').trim().split('\n')).toEqual([...LINES, 'a', 'b']),
    );
    await port.setState('once', 'stopped');
    expect(await port.offsets('once')).toMatchObject([{ offset: { position: 4 } }]);
    await port.delete('once');
    await port.delete('broken');
  });

  test('do not resolve every placeholder, which validation notices', async () => {
    const config = { 'connector.class': SINK, topics: 'lines', file: `\${dir:${worker.secretsDir}/typo:path}` };
    expect(await port.validate({ name: 'sink', config })).toMatchObject([
      { level: 'error', option: 'file', message: expect.stringContaining('do not resolve the placeholder') },
    ]);
  });

  test('name the near option where one is mistyped', async () => {
    const config = { 'connector.class': SINK, topics: 'lines', 'errors.tolerence': 'all' };
    expect(await port.validate({ name: 'sink', config })).toMatchObject([
      { level: 'warning', option: 'errors.tolerence', hint: expect.stringContaining('Did you mean errors.tolerance?') },
    ]);
  });

  test('say to which cluster they belong', async () => {
    expect(await port.workers()).toMatchObject([{ url: worker.url, kafkaClusterId: cluster.model.clusterId }]);
  });

  test('fails with status 3 for a wrong password', async () => {
    const wrong = connectRest({ urls: [worker.url], basicAuth: { ...worker.basicAuth, password: 'guessed' } });
    await expect(wrong.connectors()).rejects.toMatchObject({ code: 'CONNECT-AUTHENTICATION', status: 3 });
    await wrong.close();
  });
});
