import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAdmin, connectRest } from '../../lib/admin';
import type { ConnectWorkersPort } from '../../lib/admin/port';
import { bootstrapServers, connectorConfig } from '../../lib/core/config';
import type { EnvironmentModel } from '../../lib/core/model';
import { desiredState } from '../../lib/core/plan';
import { localAdminAccess, upLocal } from '../../lib/local';
import { kafkaHome } from '../../lib/local/kafka-home';
import { nodeProcesses } from '../../lib/local/node-processes';
import { startConnectWorker, type ConnectWorker } from '../support/connect-workers';
import { openText } from '../support/environments';
import { freePorts } from '../support/free-ports';
import { eventually } from '../support/host-nodes';
import { scramUser } from '../support/scram-user';

const LINES = Array.from({ length: 500 }, (_, line) => `line ${line}`);

jest.setTimeout(180_000);

/** The rights are those of the desired state and no others: what Kafka asks for beyond them shows here. */
describe('Connect with the rights that the kit gives it', () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'kdk-connect-rights-')));
  const file = (name: string): string => join(root, name);
  let model: EnvironmentModel;
  let worker: ConnectWorker;
  let port: ConnectWorkersPort;

  beforeAll(async () => {
    // A laptop runs no workers of its own; here the test runs one beside it.
    const opened = openText(
      `name: rights
target: local
kafka: { version: "4.3" }
nodePools: { nodes: { roles: [broker, controller], replicas: 1 } }
listeners: { internal: { authentication: scram-sha-512 } }
topicDefaults: { replicationFactor: 1 }
topics: { lines: { partitions: 1 } }
principals:
  source: { listener: internal, produce: { topics: [lines] } }
  sink: { listener: internal, consume: { topics: [lines] } }
connect:
  connectors:
    in: { class: org.apache.kafka.connect.file.FileStreamSourceConnector, principal: source,
      config: { file: "${file('in')}", topic: lines, exactly.once.support: requested } }
    out: { class: org.apache.kafka.connect.file.FileStreamSinkConnector, principal: sink, config: { file: "${file('out')}", topics: lines } }
targets: { local: { ports: { first: ${await freePorts(12)} }, heap: 320MiB } }
`,
      { localRoot: root },
    );
    expect(opened.issues.filter(({ level }) => level === 'error').map(({ code }) => code)).toEqual(['CONNECT-RUNTIME']);
    model = opened.model!;
    await upLocal(model, { root, progress: () => undefined });
    const { access, users, topics } = desiredState(model);
    const admin = await connectAdmin(localAdminAccess(model, root));
    for (const { name, secret } of users!.users) {
      mkdirSync(join(root, 'secrets', secret.secret), { recursive: true });
      writeFileSync(join(root, 'secrets', secret.secret, secret.key), `the password of ${name}`);
    }
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
    const home = await kafkaHome({ version: model.kafka.patch, metrics: true, progress: () => undefined });
    worker = await startConnectWorker({
      model,
      home,
      bootstrapServers: bootstrapServers(model, 'internal').split(','),
      folder: root,
    });
    port = connectRest({ urls: [worker.url], basicAuth: worker.basicAuth });
  }, 300_000);

  afterAll(async () => {
    await port?.close();
    await worker?.stop();
    for (const { node } of nodeProcesses(root).values()) if (node !== undefined) process.kill(node.pid, 'SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });

  test('carries lines exactly once from a file over a topic to a file, each connector as its principal', async () => {
    writeFileSync(file('in'), LINES.map((line) => `${line}\n`).join(''));
    for (const connector of model.connect!.connectors)
      await port.put({
        name: connector.name,
        config: connectorConfig(model, connector, { secretsDir: worker.secretsDir }),
        state: 'running',
      });
    const arrived = (): string[] => readFileSync(file('out'), 'utf8').trimEnd().split('\n');
    await eventually(90, async () => {
      if (arrived().length < LINES.length) throw new Error(`${arrived().length} lines\n${worker.log().slice(-6000)}`);
    });
    expect(arrived()).toEqual(LINES);
  });

  test('is refused nothing on the way', () => {
    const refused = worker
      .log()
      .split('\n')
      .filter((line) => /AuthorizationException|Not authorized|authorization failed/i.test(line));
    expect(refused).toEqual([]);
  });
});
