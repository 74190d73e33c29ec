// What one call of a probe costs the pod, against the shell that any command in a pod takes. Exporters of all nodes answer at once, from a
// process of their own, so what is measured is the probe alone. The check caught-up is left out: it waits for two seconds, by design.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, printTable } from './measure.mjs';

/** Calls of a measurement: one alone is less than the clock of the CPU tells apart. */
const CALLS = 20;
const SCRIPTS = ['probe-node.sh', 'ask-nodes.sh'];

export async function benchProbe(root, folder, rounds) {
  const exporter = spawn(process.execPath, [join(root, 'bench/exporter.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const port = Number(await new Promise((resolve) => exporter.stdout.once('data', resolve)));
    const probe = (nodes, ...checks) => {
      const home = join(folder, `probe-${nodes}`);
      mkdirSync(join(home, 'run'), { recursive: true });
      for (const name of SCRIPTS) {
        const text = readFileSync(join(root, 'charts/scripts', name), 'utf8');
        writeFileSync(join(home, name), text.replaceAll('/run/kafka', join(home, 'run')));
      }
      const lines = Array.from({ length: nodes }, (_, id) => `${id} broker 127.0.0.1 ${port}`);
      writeFileSync(join(home, 'nodes'), `${lines.join('\n')}\n`);
      return { ...often('bash', join(home, 'probe-node.sh'), String(port), ...checks), env: { POD_NAME: 'bench-0' } };
    };
    const baseline = 'bash -c true';
    const rows = compare(
      {
        [baseline]: often('bash', '-c', 'true'),
        'readiness, every 10 s': probe(3, 'running'),
        'start, asking 3 nodes': probe(3, 'running', 'others'),
        'start, asking 63 nodes': probe(63, 'running', 'others'),
      },
      { rounds, baseline },
    ).map((row) => ({ ...row, cpu: row.cpu / CALLS, wall: row.wall / CALLS }));
    printTable('Probes of a node', rows, baseline, { 'readiness, every 10 s': 'under 0.05 s CPU' });
    return rows;
  } finally {
    exporter.kill();
  }
}

function often(...command) {
  return { command: ['bash', '-c', `for call in {1..${CALLS}}; do "$@" || exit; done`, 'bash', ...command] };
}
