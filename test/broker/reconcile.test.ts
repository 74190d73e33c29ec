import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  applyPlan,
  applySucceeded,
  connectAdmin,
  folderSecrets,
  logInTrier,
  makePlan,
  type ApplyReport,
  type KafkaClient,
  type ReconcilePorts,
} from '../../lib/admin';
import { poll } from '../../lib/admin/wait';
import { bootstrapServers } from '../../lib/core/config';
import type { EnvironmentModel } from '../../lib/core/model';
import { desiredState, type DesiredState, type DesiredTopic } from '../../lib/core/plan';
import type { ProgressEvent } from '../../lib/core/issue';
import { localAdminAccess, localSecretsDir, localState, upLocal } from '../../lib/local';
import { nodeProcesses } from '../../lib/local/node-processes';
import { modelOfText } from '../support/environments';
import { freePorts } from '../support/free-ports';

const DIST = join(__dirname, '../../dist');
const THROTTLES = /replication\.throttled/;
const silent = (): undefined => undefined;

let root: string;
let first: number;
let model: EnvironmentModel;
let admin: KafkaClient;
let ports: ReconcilePorts;

const yamlOf = (topics: string, principals: string, quotas = '{}'): string => `name: reconciled
target: local
kafka: { version: "4.3" }
nodePools: { nodes: { roles: [broker, controller], replicas: 3 } }
racks: [a, b, c]
listeners: { vendors: { authentication: scram-sha-512 } }
topicDefaults: { partitions: 2, minInSyncReplicas: 1 }
topics: ${topics}
principals: ${principals}
quotas: ${quotas}
targets: { local: { ports: { first: ${first} }, heap: 320MiB } }
`;

const modelOf = (...parts: Parameters<typeof yamlOf>): EnvironmentModel =>
  modelOfText(yamlOf(...parts), { localRoot: root });

const BEFORE = [
  '{ orders: { replicationFactor: 2, retention: { time: 7d } }, clicks: { config: { compression.type: zstd } }, old: {} }',
  '{ acme: { listener: vendors, consume: { topics: [orders], groups: [acme-*] }, quota: { consumerByteRate: 20MiB/s } }, temp: { listener: vendors } }',
  '{ defaultUser: { producerByteRate: 50MiB/s } }',
] as const;

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'kdk-reconcile-')));
  first = await freePorts(16);
  model = modelOf(...BEFORE);
  await upLocal(model, { root, progress: silent });
  admin = await connectAdmin(localAdminAccess(model, root));
  const servers = bootstrapServers(model, 'vendors').split(',');
  ports = {
    admin,
    secrets: folderSecrets(localSecretsDir(root)),
    tryLogIn: logInTrier({ connect: connectAdmin, bootstrapServers: servers, mechanism: 'SCRAM-SHA-512' }),
  };
}, 600_000);

afterAll(async () => {
  await admin?.close();
  for (const { node } of nodeProcesses(root).values()) if (node !== undefined) process.kill(node.pid, 'SIGKILL');
  rmSync(root, { recursive: true, force: true });
}, 60_000);

async function acknowledged(desired: DesiredState): Promise<DesiredState> {
  const { changes } = await makePlan(ports, desired);
  const held = changes.filter(({ status }) => status === 'held');
  const entries = held.map(({ code, path, from, to }) => ({
    code,
    path,
    from,
    to,
    reason: 'wanted',
    at: 'acknowledge',
  }));
  return { ...desired, acknowledgements: entries };
}

async function apply(desired: DesiredState, progress: (event: ProgressEvent) => void = silent): Promise<ApplyReport> {
  const wanted = await acknowledged(desired);
  return applyPlan(ports, wanted, await makePlan(ports, wanted), { progress });
}

async function expectNothingLeft(desired: DesiredState): Promise<void> {
  const plan = await makePlan(ports, desired);
  expect(plan.changes).toEqual([]);
  const brokers = model.nodes.map(({ id }) => ({ type: 'broker' as const, name: String(id) }));
  const topics = desired.topics.map(({ name }) => ({ type: 'topic' as const, name }));
  const set = (await admin.describeConfigs([...brokers, ...topics])).flatMap(({ entries }) =>
    entries.filter(({ option, value, source }) => THROTTLES.test(option) && source !== 'default' && value !== ''),
  );
  expect(set).toEqual([]);
}

const problems = ({ changes, issues, stopped, remaining }: ApplyReport): unknown => ({
  failed: changes.filter(({ outcome }) => outcome === 'failed'),
  issues,
  stopped,
  remaining,
});
const NONE = { failed: [], issues: [], stopped: undefined, remaining: [] };

const many = (prefix: string, count: number): DesiredTopic[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `${prefix}-${index}`,
    partitions: 1,
    replicationFactor: 3,
    config: { 'min.insync.replicas': '1', 'retention.ms': '86400000' },
    paths: {},
  }));

describe('a cluster and what its environment says', () => {
  test('become the same: topics, rights, users and quotas, proved by log-ins', async () => {
    const report = await apply(desiredState(model));
    expect(problems(report)).toEqual(NONE);
    expect(applySucceeded(report)).toBe(true);
    expect(report.plan.proof.refused).toEqual([]);
    expect(report.plan.proof.checked).toBeGreaterThan(4);
    expect(await ports.tryLogIn!('acme', await ports.secrets!.read({ secret: 'acme', key: 'password' }))).toBe(true);
    expect(await ports.tryLogIn!('acme', 'something else')).toBe(false);
    await expectNothingLeft(desiredState(model));
  }, 120_000);

  test('become the same again after edits, a new password among them', async () => {
    const edited = modelOf(
      '{ orders: { replicationFactor: 2, partitions: 4, retention: { time: 2d } }, clicks: {}, new: {}, old: { deleted: { reason: replaced by new } } }',
      '{ acme: { listener: vendors, consume: { topics: [new], groups: [acme-*] } }, temp: { deleted: { reason: gone } } }',
    );
    const stranger = { ...desiredState(model).access!.acls[0]!.acl, principal: 'User:stranger' };
    await admin.createAcls([stranger]);
    writeFileSync(join(localSecretsDir(root), 'acme', 'password'), 'rotated-by-hand');
    const desired = desiredState(edited);
    const report = await apply(desired);
    expect(problems(report)).toEqual(NONE);
    expect(report.counts.done).toBeGreaterThan(8);
    expect(await ports.tryLogIn!('acme', 'rotated-by-hand')).toBe(true);
    expect((await admin.describeUsers()).map(({ user }) => user)).not.toContain('temp');
    const acls = await admin.describeAcls();
    expect(acls).toContainEqual(stranger);
    expect(
      acls.filter(({ principal }) => principal === 'User:acme').map(({ resourceName }) => resourceName),
    ).not.toContain('orders');
    expect((await admin.listTopics()).map(({ name }) => name)).not.toContain('old');
    await expectNothingLeft(desired);
  }, 120_000);

  test('become the same where replicas have to move, throttled only meanwhile', async () => {
    const desired = {
      ...desiredState(model),
      topics: desiredState(model).topics.map((each) => ({ ...each, replicationFactor: 3 })),
    };
    await apply({ ...desiredState(model), topics: [...desiredState(model).topics] });
    const value = 'x'.repeat(10_000);
    for (const partition of [0, 1])
      await admin.produce({
        topic: 'orders',
        partition,
        acks: 'all',
        records: Array.from({ length: 60 }, (_, key) => ({ key: String(key), value, timestampMs: Date.now() })),
      });
    const looks: Promise<string>[] = [];
    const slow = { ...desired, reconcile: { ...desired.reconcile, replicationThrottleBytesPerSecond: 200_000 } };
    const report = await apply(slow, ({ step, detail }) => {
      if (step === 'moving replicas' && detail !== undefined)
        looks.push(admin.describeConfigs([{ type: 'topic', name: 'orders' }]).then((found) => JSON.stringify(found)));
    });
    expect(problems(report)).toEqual(NONE);
    const seen = await Promise.all(looks);
    expect(
      seen.some((text) => /follower\.replication\.throttled\.replicas","source":"topic","value":"\d+:\d/.test(text)),
    ).toBe(true);
    const [orders] = await admin.describeTopics(['orders']);
    for (const { replicas, isr, leader } of orders!.partitions) {
      expect([replicas.length, isr.length]).toEqual([3, 3]);
      expect(leader).toBe(replicas[0]);
    }
    await expectNothingLeft(slow);
  }, 180_000);

  test('become the same though the active controller dies while 500 topics are made', async () => {
    const base = {
      ...desiredState(model),
      topics: desiredState(model).topics.map((each) => ({ ...each, replicationFactor: 3 })),
    };
    const desired = {
      ...base,
      topics: [...base.topics, ...many('failover', 500)].sort((a, b) => (a.name < b.name ? -1 : 1)),
    };
    const { leaderId } = await admin.describeQuorum();
    const pid = localState({ root })!.nodes.find(({ id }) => id === leaderId)!.pid!;
    let killed = false;
    const report = await apply(desired, ({ step }) => {
      if (step !== 'creating topics' || killed) return;
      killed = true;
      process.kill(pid, 'SIGKILL');
    });
    expect(killed).toBe(true);
    expect(problems(report)).toEqual(NONE);
    expect((await admin.describeQuorum()).leaderId).not.toBe(leaderId);
    await upLocal(model, { root, progress: silent });
    await poll(
      () => admin.describeTopics('all'),
      (topics) =>
        topics.every(({ partitions }) => partitions.every(({ isr, replicas }) => isr.length === replicas.length)),
      { deadlineMs: 60_000 },
    );
    await expectNothingLeft(desired);
  }, 240_000);

  test('become the same after three applies whose process was killed', async () => {
    const base = desiredState(model);
    const factor = (round: number): number => (round % 2 === 0 ? 3 : 2);
    const of = (round: number): DesiredState => ({
      ...base,
      topics: [
        ...base.topics.map((each) => ({ ...each, replicationFactor: factor(round) })),
        ...many(`killed-${round}`, 100),
      ].sort((a, b) => (a.name < b.name ? -1 : 1)),
    });
    for (const round of [0, 1, 2]) {
      const lines = await killedApply(await acknowledged(of(round)), 200 + Math.random() * 1_500);
      expect(lines).toContain('reading the cluster');
    }
    const desired = of(2);
    const free = (): Promise<ApplyReport> => apply(desired);
    const report = await untilLeaseIsFree(free);
    expect(problems(report)).toEqual(NONE);
    await expectNothingLeft(desired);
  }, 240_000);
});

/** The lease of a process that was killed ends after some seconds. */
async function untilLeaseIsFree<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if ((error as { code?: string }).code !== 'LEASE-HELD' || attempt === 30) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

/** Applies in a process of its own, and kills that so long after it has begun to read the cluster. */
async function killedApply(desired: DesiredState, afterMs: number): Promise<string[]> {
  const file = join(root, 'desired.json');
  writeFileSync(file, JSON.stringify(desired));
  const script = `
    const { applyPlan, connectAdmin, folderSecrets, makePlan } = require(${JSON.stringify(join(DIST, 'lib/admin'))});
    (async () => {
      const desired = JSON.parse(require('node:fs').readFileSync(${JSON.stringify(file)}, 'utf8'));
      const admin = await connectAdmin(${JSON.stringify(localAdminAccess(model, root))});
      const ports = { admin, secrets: folderSecrets(${JSON.stringify(localSecretsDir(root))}) };
      for (;;) {
        try {
          await applyPlan(ports, desired, await makePlan(ports, desired), { progress: ({ step }) => console.log(step) });
          return console.log('applied');
        } catch (error) {
          if (error.code !== 'LEASE-HELD') throw error;
          await new Promise((resolve) => setTimeout(resolve, 500));
        }
      }
    })();`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const read = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  await new Promise<void>((resolve) => read.on('line', (line) => line === 'reading the cluster' && resolve()));
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  await once(child, 'exit');
  return lines;
}
