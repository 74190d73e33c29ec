import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapServers } from '../../lib/core/config';
import type { EnvironmentModel } from '../../lib/core/model';
import { SYSTEM_LAYOUT } from '../../lib/host';
import { kafkaHome } from '../../lib/local/kafka-home';
import { modelOfFile, modelOfText } from '../support/environments';
import { eventually, HostNode, layoutBelow, onLoopback } from '../support/host-nodes';

const SEPARATE = `
name: separate
target: local
kafka: { version: '4.3' }
nodePools:
  controllers: { roles: [controller], replicas: 3 }
  brokers: { roles: [broker], replicas: 1 }
listeners:
  internal: { authentication: none }
topicDefaults: { replicationFactor: 1, minInSyncReplicas: 1 }
targets: { local: { heap: 256MiB } }
`;

describe('formatting with the rendered scripts', () => {
  let root: string;
  let home: string;

  beforeAll(async () => {
    home = (await kafkaHome({ version: modelOfFile('local').kafka.patch, metrics: false, progress: () => {} })).path;
  }, 600_000);
  // A blank in the path: every script has to quote.
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'format test-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const write = (model: EnvironmentModel): HostNode[] =>
    model.nodes.map((node) => new HostNode(node, layoutBelow(root, node, home)).write(model));

  test('Kafka accepts the files of three combined nodes, and a second run changes nothing', async () => {
    const model = await onLoopback(modelOfFile('local'), root);
    const nodes = write(model);
    for (const node of nodes) {
      expect(node.format()).toMatchObject({ status: 0, stderr: '' });
      expect(node.metaProperties()).toMatchObject({
        'node.id': String(node.model.id),
        'cluster.id': model.clusterId,
        'directory.id': node.model.directoryId,
      });
    }
    const meta = join(nodes[0]!.model.logDirs[0]!, 'meta.properties');
    const before = statSync(meta).mtimeMs;
    expect(nodes[0]!.format()).toEqual(expect.objectContaining({ status: 0, stdout: '', stderr: '' }));
    expect(statSync(meta).mtimeMs).toBe(before);
  }, 120_000);

  test('Kafka accepts the files of three controllers and three brokers on hosts, each log directory of them', async () => {
    const model = await onLoopback(modelOfFile('dc1', undefined, { formation: 'first' }), root);
    for (const node of write(model)) {
      expect(node.format()).toMatchObject({ status: 0, stderr: '' });
      for (const dir of node.model.logDirs) expect(node.metaProperties(dir)['node.id']).toBe(String(node.model.id));
      const directoryId = node.metaProperties()['directory.id'];
      if (node.model.directoryId === undefined) expect(directoryId).toHaveLength(22);
      else expect(directoryId).toBe(node.model.directoryId);
    }
  }, 180_000);

  test('a new disk of a broker is formatted, and the others are left as they are', async () => {
    const model = await onLoopback(modelOfFile('dc1'), root);
    const broker = write(model).find(({ model: { name } }) => name === 'b1')!;
    expect(broker.format().status).toBe(0);
    const [kept, lost] = broker.model.logDirs as [string, string];
    const ids = [kept, lost].map((dir) => broker.metaProperties(dir)['directory.id']);
    rmSync(lost, { recursive: true });
    expect(broker.format()).toMatchObject({ status: 0, stderr: '' });
    expect(broker.metaProperties(kept)['directory.id']).toBe(ids[0]);
    expect(broker.metaProperties(lost)['directory.id']).not.toBe(ids[1]);
  }, 120_000);

  test.each([
    ['node', 'node.id=7', /data-0 belongs to another node, got node\.id 7; this is node 0\./],
    ['cluster', 'cluster.id=AAAAAAAAAAAAAAAAAAAAAA', /data-0 belongs to another cluster, got cluster\.id A+; /],
  ])('fails on a log directory of another %s, and leaves it as it is', async (_, line, message) => {
    const model = await onLoopback(modelOfFile('local'), root);
    const node = write(model)[0]!;
    const dir = node.model.logDirs[0]!;
    const meta = ['version=1', `node.id=${node.model.id}`, `cluster.id=${model.clusterId}`]
      .map((own) => (own.split('=')[0] === line.split('=')[0] ? line : own))
      .join('\n');
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'meta.properties'), meta);
    const { status, stderr } = node.format();
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(readFileSync(join(dir, 'meta.properties'), 'utf8')).toBe(meta);
  });

  test('fails on a log directory that is not empty and was never formatted', async () => {
    const node = write(await onLoopback(modelOfFile('local'), root))[0]!;
    mkdirSync(join(node.model.logDirs[0]!, 'orders-0'), { recursive: true });
    const { status, stderr } = node.format();
    expect(status).toBe(1);
    expect(stderr).toMatch(/data-0 is not formatted and not empty, got .*orders-0; an empty directory is needed\./);
  });

  test('fails on a host whose data volume is not mounted, unless the root file system is meant', async () => {
    const model = await onLoopback(modelOfFile('local'), root);
    const node = model.nodes[0]!;
    const host = new HostNode(node, { ...layoutBelow(root, node, home), service: SYSTEM_LAYOUT.service! }).write(model);
    const dir = node.logDirs[0]!;
    if (statSync(root).dev === statSync('/').dev) {
      expect(host.format().stderr).toMatch(
        /data-0 is on the root file system; a log directory needs a volume of its own\./,
      );
      mkdirSync(dir, { recursive: true });
      writeFileSync(join(dir, 'on-root-file-system'), '');
    }
    expect(host.format()).toMatchObject({ status: 0, stderr: '' });
  }, 60_000);

  test('a controller whose disk was wiped becomes a voter again, under a fresh directory id', async () => {
    const model = await onLoopback(modelOfText(SEPARATE), root);
    const nodes = write(model);
    try {
      for (const node of nodes) {
        expect(node.format()).toMatchObject({ status: 0, stderr: '' });
        node.start();
      }
      const describe = (...args: string[]): string =>
        spawnSync(join(home, 'bin/kafka-metadata-quorum.sh'), [...['--bootstrap-server', bootstrapServers(model, 'internal')], 'describe', ...args], { encoding: 'utf8', timeout: 60_000 }).stdout; // prettier-ignore
      const voters = (): string[] =>
        [...(/^CurrentVoters:(.*)$/m.exec(describe('--status'))?.[1] ?? '').matchAll(/"directoryId": "([^"]+)"/g)].map(
          ([, id]) => id!,
        );
      const derived = model.nodes.flatMap(({ directoryId }) => directoryId ?? []);
      await eventually(90, () => expect(voters().sort()).toEqual([...derived].sort()));

      // A follower: the leader's loss would begin an election as well, which is not what is tried here.
      const leader = /^LeaderId:\s+(\d+)/m.exec(describe('--status'))![1];
      const lost = nodes.find(({ model: { id, roles } }) => roles.includes('controller') && String(id) !== leader)!;
      await lost.stop('SIGKILL');
      rmSync(lost.model.logDirs[0]!, { recursive: true });
      const formatted = lost.format();
      expect(formatted.status).toBe(0);
      expect(formatted.stderr).toMatch(/was formatted before and joins the quorum again/);
      const fresh = lost.metaProperties()['directory.id']!;
      expect(derived).not.toContain(fresh);
      lost.start();
      const expected = derived.map((id) => (id === lost.model.directoryId ? fresh : id)).sort();
      await eventually(120, () => expect(voters().sort()).toEqual(expected));

      const brokers = nodes.filter(({ model: { roles } }) => roles.includes('broker'));
      for (const broker of brokers) expect(await broker.stop()).toBe(143);
    } finally {
      await Promise.all(nodes.map((node) => node.stop('SIGKILL')));
    }
  }, 420_000);
});
