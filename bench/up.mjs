// A formed cluster by `kdk up` against the same three nodes formatted and started by hand: the same scripts, in parallel, and a look at
// the logs until every node says that it started. Topics are none, so that both do the same.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports.mjs';
import { median } from './measure.mjs';
import { run, startAll, startScript, stopAll } from './node-processes.mjs';

async function byHand(nodesFolder) {
  const folders = readdirSync(nodesFolder).map((name) => join(nodesFolder, name));
  for (const node of folders)
    for (const part of ['data', 'state', 'logs']) rmSync(join(node, part), { recursive: true, force: true });
  const started = performance.now();
  await Promise.all(folders.map((node) => run('sh', [join(node, 'config/bin/format.sh')])));
  const nodes = folders.map(startScript);
  try {
    await startAll(nodes);
    return (performance.now() - started) / 1000;
  } finally {
    await stopAll(nodes);
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
