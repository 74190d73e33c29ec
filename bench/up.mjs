// A formed cluster by `kdk up` against the same three nodes formatted and started by hand: the same scripts, in parallel, and a look at
// the logs until every node says that it started. Topics are none, so that both do the same.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from './free-ports.mjs';
import { median } from './measure.mjs';

function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
    let errors = '';
    child.stderr.on('data', (data) => (errors += data));
    child.on('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors.slice(-2000)}`)),
    );
  });
}

async function byHand(nodesFolder) {
  const nodes = readdirSync(nodesFolder).map((name) => join(nodesFolder, name));
  for (const node of nodes)
    for (const part of ['data', 'state', 'logs']) rmSync(join(node, part), { recursive: true, force: true });
  const started = performance.now();
  await Promise.all(nodes.map((node) => run('sh', [join(node, 'config/bin/format.sh')])));
  const children = nodes.map((node) => spawn('sh', [join(node, 'config/bin/start.sh')], { stdio: 'ignore' }));
  try {
    const deadline = Date.now() + 240_000;
    const isStarted = (node) =>
      existsSync(join(node, 'logs/server.log')) &&
      readFileSync(join(node, 'logs/server.log'), 'utf8').includes('Kafka Server started');
    while (!nodes.every(isStarted)) {
      if (Date.now() > deadline) throw new Error('the nodes did not start within 240 s');
      await sleep(100);
    }
    return (performance.now() - started) / 1000;
  } finally {
    await Promise.all(
      children.map(
        (child) =>
          new Promise((resolve) =>
            child.exitCode === null ? (child.on('close', resolve), child.kill('SIGTERM')) : resolve(),
          ),
      ),
    );
  }
}

async function byKdk(root, folder, file) {
  const kdk = (...args) => run(process.execPath, [join(root, 'dist/bin/kdk.js'), ...args], { cwd: folder });
  rmSync(join(folder, '.kdk'), { recursive: true, force: true });
  const started = performance.now();
  await kdk('up', file);
  const seconds = (performance.now() - started) / 1000;
  await kdk('down', file);
  return seconds;
}

export async function benchUp(root, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-bench-'));
  try {
    const file = join(folder, 'bench.yaml');
    writeFileSync(
      file,
      `name: bench\ntarget: local\nkafka: { version: '4.3' }\nnodePools:\n  nodes: { roles: [broker, controller], replicas: 3 }\nlisteners:\n  internal: { authentication: none }\ntargets:\n  local: { ports: { first: ${await freePorts(9)} } }\n`,
    );
    process.stderr.write('  warming kdk up (assembles Kafka where it is not in the cache)\n');
    await byKdk(root, folder, file);
    const samples = [];
    for (let round = 1; round <= rounds; round++) {
      process.stderr.write(`  round ${round} of ${rounds}\n`);
      const kdk = await byKdk(root, folder, file);
      samples.push({ kdk, hand: await byHand(join(folder, '.kdk/bench/nodes')) });
    }
    const ratio = median(samples.map(({ kdk, hand }) => kdk / hand));
    console.log('\nA formed cluster of three nodes (wall seconds, median; x: median ratio within a round)');
    console.log(`by hand  ${median(samples.map(({ hand }) => hand)).toFixed(1)}`);
    console.log(
      `kdk up   ${median(samples.map(({ kdk }) => kdk)).toFixed(1)}  ${ratio.toFixed(2)}x  aim: at most 1.2x`,
    );
    return samples;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
