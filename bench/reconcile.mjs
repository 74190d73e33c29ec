// 10,000 topics on a real cluster of three nodes: `kdk apply` against Kafka's own Java Admin in batches and against one `kafka-topics`
// process a topic; an empty plan; one option changed on all; 20,000 ACLs; memory. Each contender has a cluster of its own, made afresh.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clearInterval, setInterval } from 'node:timers';
import { freePorts } from './free-ports.mjs';

const TOPICS = Number(process.env.KDK_BENCH_TOPICS ?? 10_000);
const ACLS = 2 * TOPICS;
const SINGLE = 20;
const JAVA = join(dirname(fileURLToPath(import.meta.url)), 'java/AdminBench.java');

/** Wall and CPU seconds, and the largest resident memory in MiB of the process itself. */
function measured(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    let errors = '';
    let memory = 0;
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (errors += data));
    const look = setInterval(() => {
      try {
        memory = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024;
      } catch {
        // It has just ended, or this is no Linux.
      }
    }, 100);
    child.on('close', (code) => {
      clearInterval(look);
      const seconds = (performance.now() - started) / 1000;
      if (code === 0) resolve({ seconds, memory, output });
      else
        reject(
          new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors.slice(-3000)}${output.slice(-1000)}`),
        );
    });
  });
}

function environment({ first, listeners = 'internal: { authentication: none }', topics = 0, days = 7 }) {
  const lines = [
    'name: bench',
    'target: local',
    "kafka: { version: '4.3' }",
    'nodePools:',
    '  nodes: { roles: [broker, controller], replicas: 3 }',
    'listeners:',
    `  ${listeners}`,
    `topicDefaults: { partitions: 1, retention: { time: ${days}d } }`,
    'targets:',
    `  local: { ports: { first: ${first} }, heap: 1GiB }`,
    ...(topics === 0 ? [] : ['topics:']),
    ...Array.from({ length: topics }, (_, id) => `  bench-${id}: {}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** A cluster of its own for `work`, gone afterwards. */
async function withCluster(root, options, work) {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-bench-'));
  const first = await freePorts(16);
  const file = join(folder, 'bench.yaml');
  const write = (more = {}) => writeFileSync(file, environment({ first, ...options, ...more }));
  const kdk = (...args) => measured(process.execPath, [join(root, 'dist/bin/kdk.js'), ...args], { cwd: folder });
  write();
  try {
    const up = JSON.parse((await kdk('up', file, '--json')).output).result.cluster;
    const servers = Object.values(up.bootstrapServers)[0];
    return await work({ folder, file, write, kdk, servers, home: up.kafkaHome });
  } finally {
    await kdk('down', file, '--delete').catch((error) => console.error(error.message));
    rmSync(folder, { recursive: true, force: true });
  }
}

const java = ({ home, servers, admin }, work, count) =>
  measured('java', [
    '-cp',
    join(home, 'libs/*'),
    JAVA,
    work,
    servers,
    String(count),
    ...(admin === undefined ? [] : [admin]),
  ]);

/** The same cluster by its administrator's own way in, as settings of Kafka's tools. */
async function asAdmin(cluster) {
  const { result } = JSON.parse((await cluster.kdk('status', cluster.file, '--json')).output);
  const admin = join(cluster.folder, 'admin.properties');
  const password = readFileSync(join(cluster.folder, '.kdk/bench/secrets/.admin/password'), 'utf8');
  const module = 'org.apache.kafka.common.security.plain.PlainLoginModule';
  writeFileSync(
    admin,
    [
      'security.protocol=SASL_PLAINTEXT',
      'sasl.mechanism=PLAIN',
      `sasl.jaas.config=${module} required username="admin:bench" password="${password}";`,
      '',
    ].join('\n'),
  );
  return { ...cluster, servers: result.bootstrapServers.join(','), clusterId: result.clusterId, admin };
}

function desiredAcls(clusterId) {
  const acls = Array.from({ length: ACLS }, (_, id) => ({
    path: `principals.bench-${Math.floor(id / 200)}`,
    acl: {
      principal: `User:bench-${Math.floor(id / 200)}`,
      host: '*',
      resourceType: 'topic',
      resourceName: `acl-${Math.floor(id / 2)}`,
      pattern: 'literal',
      operation: id % 2 === 0 ? 'read' : 'describe',
      permission: 'allow',
    },
  }));
  const principals = Array.from({ length: Math.ceil(ACLS / 200) }, (_, id) => ({
    principal: `User:bench-${id}`,
    path: `principals.bench-${id}`,
  }));
  return {
    schemaVersion: 1,
    environment: 'bench',
    owner: 'bench',
    target: 'local',
    kafkaVersion: '4.3',
    clusterId,
    owns: {},
    topicsManagedBy: 'reconciler',
    topics: [],
    deletedTopics: [],
    access: { acls, principals },
    reconcile: {
      quietBeforeDeleteMs: 604_800_000,
      replicationThrottleBytesPerSecond: 52_428_800,
      partitionsPerWave: 50,
      scramIterations: 8192,
    },
    acknowledgements: [],
  };
}

export async function benchReconcile(root) {
  const say = (text) => process.stderr.write(`  ${text}\n`);
  say(`a cluster for Java Admin: ${TOPICS} topics in batches`);
  const baseline = await withCluster(root, {}, async (cluster) => {
    const create = await java(cluster, 'create', TOPICS);
    say('one option changed on all, by Java Admin');
    const alter = await java(cluster, 'alter', TOPICS);
    say(`${SINGLE} topics, a kafka-topics process each`);
    let single = 0;
    for (let id = 0; id < SINGLE; id++) {
      const args = [
        '--bootstrap-server',
        cluster.servers,
        '--create',
        '--topic',
        `single-${id}`,
        '--partitions',
        '1',
        '--replication-factor',
        '3',
      ];
      single += (await measured(join(cluster.home, 'bin/kafka-topics.sh'), args)).seconds;
    }
    return { create, alter, single };
  });
  say(`a cluster for kdk: first apply of ${TOPICS} topics`);
  const kit = await withCluster(root, {}, async ({ file, write, kdk, servers }) => {
    write({ topics: TOPICS });
    const create = await kdk('apply', file);
    say('an empty plan');
    const plan = await kdk('plan', file, '--fail-on-changes');
    say('one option changed on all');
    write({ topics: TOPICS, days: 14 });
    const alter = await kdk('apply', file);
    const counter = join(root, 'bench/count-requests.mjs');
    const { requests } = JSON.parse((await measured(process.execPath, [counter, file, servers])).output);
    return { create, plan, alter, requests };
  });
  say(`a cluster with an authorizer: ${ACLS} ACLs by Java Admin`);
  const secured = { listeners: 'internal: { authentication: scram-sha-512 }' };
  const baselineAcls = await withCluster(root, secured, async (cluster) => java(await asAdmin(cluster), 'acls', ACLS));
  say(`a cluster with an authorizer: ${ACLS} ACLs by kdk`);
  const kitAcls = await withCluster(root, secured, async (cluster) => {
    const { folder, kdk, servers, clusterId, admin } = await asAdmin(cluster);
    const desired = join(folder, 'desired.json');
    writeFileSync(desired, JSON.stringify(desiredAcls(clusterId)));
    const reach = ['--bootstrap', servers, '--command-config', admin];
    const create = await kdk('reconcile', desired, ...reach);
    const plan = await kdk('reconcile', desired, '--plan-only', '--fail-on-changes', ...reach);
    return { create, plan };
  });
  const row = (name, { seconds, memory }, base, aim = '') =>
    console.log(
      `${name.padEnd(46)} ${seconds.toFixed(1).padStart(7)} ${base === undefined ? '      ' : `${(seconds / base.seconds).toFixed(2)}x`.padStart(6)} ${memory.toFixed(0).padStart(6)}  ${aim}`,
    );
  console.log(
    `\nReconciling ${TOPICS} topics of replication factor 3 on three brokers (wall seconds with the start of the process, ratio to the baseline above it, MiB)`,
  );
  row(`Java Admin, batches of 1,000, until led`, baseline.create);
  row(`kdk apply, until every broker sees them`, kit.create, baseline.create, 'at most 1.2x');
  const perSingle = baseline.single / SINGLE;
  console.log(
    `${`kafka-topics, a process a topic (${SINGLE} run)`.padEnd(46)} ${(perSingle * TOPICS).toFixed(0).padStart(7)} ${`${((perSingle * TOPICS) / kit.create.seconds).toFixed(0)}x`.padStart(6)}         that many times kdk apply, by ${perSingle.toFixed(1)} s each`,
  );
  row('kdk plan, nothing to do', kit.plan, undefined, `under 5 s; ${kit.requests} requests, under 30`);
  row('Java Admin, one option on all', baseline.alter);
  row('kdk apply, one option on all', kit.alter, baseline.alter);
  row(`Java Admin, ${ACLS} ACLs`, baselineAcls);
  row(`kdk apply, ${ACLS} ACLs`, kitAcls.create, baselineAcls);
  row(`kdk plan, ${ACLS} ACLs, nothing to do`, kitAcls.plan);
  return { baseline, kit, baselineAcls, kitAcls };
}
