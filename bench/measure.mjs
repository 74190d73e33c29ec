// Times commands in turn: in each round every command runs once, so a slow moment of the machine hits all of them.
import { spawnSync } from 'node:child_process';

/** One run in a shell of its own, whose `times` tells the CPU seconds of the finished child. */
function runOnce({ command, env, cwd }) {
  const started = performance.now();
  const script = '"$@" >/dev/null 2>"${KDK_BENCH_ERRORS:-/dev/null}"; code=$?; times; exit $code';
  const result = spawnSync('sh', ['-c', script, 'sh', ...command], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    cwd,
  });
  if (result.status !== 0) throw new Error(`${command.join(' ')} ended with ${result.status ?? result.signal}`);
  const [user, system] = result.stdout.trim().split('\n')[1].split(/\s+/).map(seconds);
  return { cpu: user + system, wall: (performance.now() - started) / 1000 };
}

function seconds(text) {
  const [, minutes, rest] = /^(\d+)m([\d.]+)s$/.exec(text);
  return Number(minutes) * 60 + Number(rest);
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Medians of CPU and wall seconds of each command, and its ratio to the baseline round by round.
 * `commands`: { name: { command: [..], env?, cwd? } }; the first one is the baseline unless `baseline` names another.
 */
export function compare(commands, { rounds = 7, baseline = Object.keys(commands)[0] } = {}) {
  const samples = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (const [name, command] of Object.entries(commands)) {
    process.stderr.write(`  warming ${name}\n`);
    runOnce(command);
  }
  for (let round = 1; round <= rounds; round++) {
    process.stderr.write(`  round ${round} of ${rounds}\n`);
    for (const [name, command] of Object.entries(commands)) samples[name].push(runOnce(command));
  }
  return Object.keys(commands).map((name) => ({
    name,
    cpu: median(samples[name].map(({ cpu }) => cpu)),
    wall: median(samples[name].map(({ wall }) => wall)),
    cpuRatio: median(samples[name].map(({ cpu }, round) => cpu / samples[baseline][round].cpu)),
    wallRatio: median(samples[name].map(({ wall }, round) => wall / samples[baseline][round].wall)),
  }));
}

export function printTable(title, rows, baseline, aims = {}) {
  console.log(`\n${title} (x: median ratio to ${baseline} within a round)`);
  console.log(
    `${'what'.padEnd(34)} ${'CPU s'.padStart(8)} ${'x'.padStart(6)} ${'wall s'.padStart(8)} ${'x'.padStart(6)}  aim`,
  );
  for (const { name, cpu, wall, cpuRatio, wallRatio } of rows) {
    console.log(
      `${name.padEnd(34)} ${cpu.toFixed(2).padStart(8)} ${cpuRatio.toFixed(2).padStart(6)} ${wall.toFixed(2).padStart(8)} ${wallRatio.toFixed(2).padStart(6)}  ${aims[name] ?? ''}`,
    );
  }
}
