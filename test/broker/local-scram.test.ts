import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapServers, clientFiles } from '../../lib/core/config';
import type { EnvironmentModel } from '../../lib/core/model';
import { localAdminAccess, localSecretsDir, upLocal, type LocalCluster } from '../../lib/local';
import { nodeProcesses } from '../../lib/local/node-processes';
import { modelOfText } from '../support/environments';
import { freePorts } from '../support/free-ports';
import { writeFiles } from '../support/host-nodes';
import { quietJava } from '../support/quiet-java';

const SCRAM = 'org.apache.kafka.common.security.scram.ScramLoginModule required';
const PLAIN = 'org.apache.kafka.common.security.plain.PlainLoginModule required';

/** A broker and a controller apart from each other, so that each is a client of the other. Kafka's own tools are the clients. */
describe.each(['4.1', '4.3'])('a laptop with log-ins, on Kafka %s', (version) => {
  let root: string;
  let model: EnvironmentModel;
  let cluster: LocalCluster;

  beforeAll(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'kdk scram-')));
    model = modelOfText(
      `name: laptop
target: local
kafka: { version: "${version}" }
nodePools:
  controllers: { roles: [controller], replicas: 1 }
  brokers: { roles: [broker], replicas: 1 }
listeners: { vendors: { authentication: scram-sha-512 }, open: { authentication: none } }
topicDefaults: { replicationFactor: 1 }
topics: { prices: { partitions: 1 } }
principals:
  acme: { listener: vendors, consume: { topics: [prices], groups: [acme] } }
  rotating: { listener: vendors, users: { rotating-a: {}, rotating-b: {} } }
targets: { local: { ports: { first: ${await freePorts(12)} }, heap: 320MiB } }
`,
      { localRoot: root },
    );
    cluster = await upLocal(model, { root, progress: () => undefined });
    const { bootstrapServers: servers, sasl } = localAdminAccess(model, root);
    login('admin', servers.join(), `${PLAIN} username="${sasl!.username}" password="${sasl!.password}";`, 'PLAIN');
    for (const principal of model.principals) {
      const files = { secretsDir: localSecretsDir(root) };
      writeFiles(root, clientFiles(model, principal, bootstrapServers(model, principal.listener), files));
    }
  }, 300_000);
  afterAll(() => {
    for (const { node } of nodeProcesses(root).values()) if (node !== undefined) process.kill(node.pid, 'SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });

  function login(name: string, servers: string, jaas: string, mechanism: string): void {
    const lines = [
      `bootstrap.servers=${servers}`,
      'security.protocol=SASL_PLAINTEXT',
      `sasl.mechanism=${mechanism}`,
      `sasl.jaas.config=${jaas}`,
    ];
    writeFileSync(join(root, `${name}.properties`), `${lines.join('\n')}\n`);
  }

  /** What a tool says, whether it succeeds or not. */
  function tool(name: string, properties: string, ...args: string[]): { status: number | null; text: string } {
    const file = join(root, properties);
    const [, servers] = /^bootstrap\.servers=(.*)$/m.exec(readFileSync(file, 'utf8'))!;
    const run = spawnSync(
      join(cluster.kafkaHome, 'bin', name),
      ['--bootstrap-server', servers!, '--command-config', file, ...args],
      { encoding: 'utf8', timeout: 60_000, env: quietJava() },
    );
    return { status: run.status, text: run.stdout + run.stderr };
  }
  const secret = (user: string): string => readFileSync(join(localSecretsDir(root), user, 'password'), 'utf8');

  test('makes a password for every user, which nobody else can read', () => {
    const users = ['acme', 'rotating-a', 'rotating-b', '.nodes', '.admin'];
    const passwords = users.map(secret);
    expect(new Set(passwords).size).toBe(users.length);
    for (const password of passwords) expect(password).toMatch(/^[\w-]{32}$/);
    const mode = (...path: string[]): number => statSync(join(localSecretsDir(root), ...path)).mode & 0o777;
    expect([mode(), mode('acme'), mode('acme', 'password')]).toEqual([0o700, 0o700, 0o600]);
    for (const { name } of model.nodes) {
      const properties = readFileSync(join(root, 'nodes', name, 'config', 'server.properties'), 'utf8');
      for (const password of passwords) expect(properties).not.toContain(password);
    }
  });

  test('serves its nodes, and an administrator who may make topics and users', () => {
    expect(tool('kafka-topics.sh', 'admin.properties', '--create', '--topic', 'prices')).toMatchObject({ status: 0 });
    for (const user of ['acme', 'rotating-b']) {
      const made = tool(
        'kafka-configs.sh',
        'admin.properties',
        ...['--alter', '--entity-type', 'users', '--entity-name', user],
        ...['--add-config', `SCRAM-SHA-512=[iterations=8192,password=${secret(user)}]`],
      );
      expect(made).toMatchObject({ status: 0 });
    }
  });

  test('lets a user in with the settings that were written for it, who has no rights yet', () => {
    const { status, text } = tool('kafka-topics.sh', 'acme/client.properties', '--list');
    expect({ status, topics: text.trim() }).toEqual({ status: 0, topics: '' });
    expect(tool('kafka-topics.sh', 'acme/client.properties', '--create', '--topic', 'mine').text).toMatch(
      /TopicAuthorizationException|Authorization failed/,
    );
  });

  test('fails for a user that does not exist, and for a wrong password', () => {
    login('nobody', bootstrapServers(model, 'vendors'), `${SCRAM} username="nobody" password="x";`, 'SCRAM-SHA-512');
    login('wrong', bootstrapServers(model, 'vendors'), `${SCRAM} username="acme" password="x";`, 'SCRAM-SHA-512');
    for (const file of ['nobody.properties', 'wrong.properties', 'rotating/client.properties']) {
      const { status, text } = tool('kafka-topics.sh', file, '--list');
      expect({ file, status: status === 0 ? 0 : 1 }).toEqual({ file, status: 1 });
      expect(text).toContain('SaslAuthenticationException');
    }
  });

  test('gives whoever does not say who it is no rights, and no way in at the listener of the nodes', () => {
    writeFileSync(join(root, 'open.properties'), `bootstrap.servers=${bootstrapServers(model, 'open')}\n`);
    const { status, text } = tool('kafka-topics.sh', 'open.properties', '--list');
    expect({ status, topics: text.trim() }).toEqual({ status: 0, topics: '' });
    const { bootstrapServers: servers } = localAdminAccess(model, root);
    writeFileSync(
      join(root, 'anonymous.properties'),
      `bootstrap.servers=${servers.join()}\ndefault.api.timeout.ms=4000\nrequest.timeout.ms=3000\n`,
    );
    expect(tool('kafka-topics.sh', 'anonymous.properties', '--list').text).toMatch(/TimeoutException|Disconnect/);
    login('acme-inside', servers.join(), `${PLAIN} username="acme" password="${secret('acme')}";`, 'PLAIN');
    expect(tool('kafka-topics.sh', 'acme-inside.properties', '--list').text).toContain('SaslAuthenticationException');
  });

  test('keeps passwords when it is brought up again', async () => {
    const before = secret('acme');
    expect(await upLocal(model, { root, progress: () => undefined })).toMatchObject({ outcome: 'found' });
    expect(secret('acme')).toBe(before);
    expect(execFileSync('find', [localSecretsDir(root), '-name', '*.draft'], { encoding: 'utf8' })).toBe('');
  });
});
