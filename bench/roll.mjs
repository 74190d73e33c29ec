// A rolling restart of three nodes by `kdk roll`, against the sum of three bare restarts: SIGTERM, the same start script, and the line in
// the log that says that the node started. What `kdk roll` adds is the wait until every replica is in sync and leads again what it led.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports.mjs';
import { median } from './measure.mjs';
import { run, startAll, startScript, stopAll } from './node-processes.mjs';

const PARTITIONS = 60;

async function bareRestarts(nodesFolder) {
  const nodes = readdirSync(nodesFolder).map((name) => startScript(join(nodesFolder, name)));
  await startAll(nodes);
  try {
    const started = performance.now();
    for (const node of nodes) {
      await node.stop();
      await node.start();
    }
    return (performance.now() - started) / 1000;
  } finally {
    await stopAll(nodes);
  }
}

export async function benchRoll(root, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'kdk-bench-'));
  const kdk = (...args) => run(process.execPath, [join(root, 'dist/bin/kdk.js'), ...args], { cwd: folder });
  try {
    const file = join(folder, 'bench.yaml');
    writeFileSync(
      file,
      `name: bench\ntarget: local\nkafka: { version: '4.3' }\nnodePools:\n  nodes: { roles: [broker, controller], replicas: 3 }\nlisteners:\n  internal: { authentication: none }\ntopics:\n  orders: { partitions: ${PARTITIONS} }\ntargets:\n  local: { ports: { first: ${await freePorts(9)} } }\n`,
    );
    process.stderr.write('  warming (assembles Kafka where it is not in the cache)\n');
    await kdk('up', file);
    const samples = [];
    for (let round = 1; round <= rounds; round++) {
      process.stderr.write(`  round ${round} of ${rounds}\n`);
      if (round > 1) await kdk('up', file);
      const started = performance.now();
      await kdk('roll', file, '--all');
      const roll = (performance.now() - started) / 1000;
      await kdk('down', file);
      samples.push({ roll, bare: await bareRestarts(join(folder, '.kdk/bench/nodes')) });
    }
    const ratio = median(samples.map(({ roll, bare }) => roll / bare));
    console.log(
      `\nA rolling restart of three nodes, ${PARTITIONS} partitions (wall seconds, median; x: median ratio within a round)`,
    );
    console.log(`three bare restarts  ${median(samples.map(({ bare }) => bare)).toFixed(1)}`);
    console.log(`kdk roll --all       ${median(samples.map(({ roll }) => roll)).toFixed(1)}  ${ratio.toFixed(2)}x`);
    return samples;
  } finally {
    await kdk('down', join(folder, 'bench.yaml')).catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}
