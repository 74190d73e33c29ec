import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectRest } from '../../lib/admin';
import { mirrorWorkers } from '../../lib/core/config';
import type { EnvironmentModel } from '../../lib/core/model';
import { connectorsOnly, desiredState } from '../../lib/core/plan';
import { kafkaHome, type KafkaHome } from '../../lib/local/kafka-home';
import { runJava, startBareNodes, type BareNodes } from '../support/bare-nodes';
import { startConnectWorker, type ConnectWorker } from '../support/connect-workers';
import { modelOfText } from '../support/environments';
import { askedMetrics } from '../support/asked-metrics';
import { toldNames } from '../support/metric-names';
import { eventually } from '../support/host-nodes';
import { kubernetesText } from '../support/manifests';
import { logInWhenKnown, scramUser } from '../support/scram-user';
import { watchedModel } from '../support/watched-model';

const RECORDS = 1000;
const COMMITTED = 600;
const common = {
  pools: '{ nodes: { roles: [broker, controller], replicas: 1, volumes: [{ size: 1GiB }] } }',
  listeners: '{ internal: { authentication: scram-sha-512, encryption: none } }',
};
const SOURCE = kubernetesText({
  ...common,
  more: `topics: { orders: { partitions: 1, replicationFactor: 1 } }
principals:
  reader: { listener: internal, acls: [
    { topics: [orders], operations: [read, describe, describe-configs] }, { groups: [billing], operations: [describe] }] }
`,
}).replace('name: small', 'name: dc1');
const TARGET = kubernetesText({
  ...common,
  more: 'mirrors: { dc1: { source: { environment: dc1, principal: reader }, topics: [orders], groups: [billing] } }\n',
});
const SECURED = {
  'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
  'listener.name.clients.scram-sha-512.sasl.jaas.config':
    'org.apache.kafka.common.security.scram.ScramLoginModule required;',
  'offsets.topic.replication.factor': '1',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'group.initial.rebalance.delay.ms': '0',
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:ANONYMOUS',
};

jest.setTimeout(180_000);

/** With the rights of both environments and no others: reading at the source, what the workers need on the side that receives. */
describe('a mirror between two clusters', () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'kdk-mirrors-')));
  let home: KafkaHome;
  const clusters: BareNodes[] = [];
  let worker: ConnectWorker;
  const [source, target] = [0, 1].map((index) => (): string => clusters[index]!.servers()[0]!) as [
    () => string,
    () => string,
  ];

  async function prepare(model: EnvironmentModel, servers: string[]): Promise<void> {
    const { access, users, topics } = desiredState(model);
    const admin = await Promise.race([
      logInWhenKnown({ bootstrapServers: servers }, 60_000),
      ...clusters.map(({ ended }) => ended),
    ]);
    const made = [
      ...(await admin.alterUsers(users!.users.map(({ name }) => scramUser(name, `the password of ${name}`)))),
      ...(await admin.createAcls(access!.acls.map(({ acl }) => acl))),
      ...(await admin.createTopics(
        topics.map(({ name }) => ({ name, placement: { partitions: 1, replicationFactor: 1 }, config: {} })),
        { validateOnly: false },
      )),
    ];
    expect(made.filter(({ error }) => error !== undefined)).toEqual([]);
    await admin.close();
  }

  const groupOffsets = (servers: string, ...more: string[]): Promise<string> =>
    runJava(home, [
      'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
      '--bootstrap-server',
      servers,
      '--group',
      'billing',
      ...more,
    ]);

  beforeAll(async () => {
    const dc1 = modelOfText(SOURCE);
    const model = modelOfText(TARGET, { files: { 'dc1.yaml': SOURCE } });
    home = await kafkaHome({ version: model.kafka.patch, metrics: true, progress: () => undefined });
    for (const name of ['source', 'target'])
      clusters.push(
        await startBareNodes(home, join(root, name), { listeners: { CLIENTS: 'SASL_PLAINTEXT' }, properties: SECURED }),
      );
    await Promise.all([prepare(dc1, clusters[0]!.servers()), prepare(model, clusters[1]!.servers())]);
    await runJava(home, [
      'org.apache.kafka.tools.ProducerPerformance',
      ...['--topic', 'orders', '--num-records', String(RECORDS), '--record-size', '20', '--throughput', '-1'],
      ...['--producer-props', `bootstrap.servers=${source()}`],
    ]);
    await groupOffsets(
      source(),
      ...['--topic', 'orders', '--reset-offsets', '--to-offset', String(COMMITTED), '--execute'],
    );
    const secrets: Record<string, string> = { 'small-mirror': 'small-mirror', 'source-dc1': 'reader' };
    for (const [folder, user] of Object.entries(secrets)) {
      mkdirSync(join(root, 'secrets', folder), { recursive: true });
      writeFileSync(join(root, 'secrets', folder, 'password'), `the password of ${user}`);
    }
    const workers = mirrorWorkers(model)!;
    worker = await startConnectWorker({
      model: workers,
      home,
      bootstrapServers: clusters[1]!.servers('CLIENTS'),
      folder: root,
    });
    const rest = connectRest({ urls: [worker.url], basicAuth: worker.basicAuth });
    const places = {
      '/etc/kafka/connect-secrets': worker.secretsDir,
      'dc1-internal-bootstrap.kafka.svc.cluster.local:9092': clusters[0]!.servers('CLIENTS')[0]!,
      'small-internal-bootstrap.kafka.svc.cluster.local:9092': clusters[1]!.servers('CLIENTS')[0]!,
    };
    for (const { name, config, state } of connectorsOnly(desiredState(workers))!.connectors!) {
      let text = JSON.stringify(config);
      for (const [rendered, here] of Object.entries(places)) text = text.replaceAll(rendered, here);
      await rest.put({ name, config: JSON.parse(text) as Record<string, string>, state });
    }
    await rest.close();
  }, 240_000);

  afterAll(async () => {
    await worker?.stop();
    await Promise.all(clusters.map((cluster) => cluster.stop()));
    rmSync(root, { recursive: true, force: true });
  });

  test('copies records, and a group goes on there where it came to', async () => {
    await eventually(100, async () => {
      const offsets = await groupOffsets(target(), '--describe', '--offsets').catch((error: unknown) => String(error));
      if (!/\bdc1\.orders\s+0\s+\d+/.test(offsets)) throw new Error(`${offsets}\n${worker.log().slice(-6000)}`);
    });
    const read = await runJava(home, [
      'org.apache.kafka.tools.consumer.ConsoleConsumer',
      ...['--bootstrap-server', target(), '--topic', 'dc1.orders', '--group', 'billing', '--timeout-ms', '5000'],
      ...['--consumer-property', 'isolation.level=read_committed'],
    ]).catch((error: unknown) => String(error));
    const count = read.split('\n').filter((line) => /^\w{20}$/.test(line)).length;
    // No record is left out that the group has not read; a few may come again.
    expect(count).toBeGreaterThanOrEqual(RECORDS - COMMITTED);
    expect(count).toBeLessThan(RECORDS);
  }, 150_000);

  test('is seen: its worker tells what alerts and dashboards of mirrors ask for', async () => {
    const model = watchedModel();
    const asked = askedMetrics(model, ['mirrors']).filter((name) => name.startsWith('kafka_connect'));
    expect(asked.length).toBeGreaterThan(5);
    await eventually(60, async () => {
      const text = await (await fetch(worker.metricsUrl)).text();
      const exposed = toldNames(text);
      expect(asked.filter((name) => !exposed.has(name))).toEqual([]);
      expect(text).toMatch(
        /^kafka_connect_mirror_records_total\{partition="0",source="dc1",target="small",topic="dc1\.orders"\} [1-9]/m,
      );
    });
  }, 90_000);
});
