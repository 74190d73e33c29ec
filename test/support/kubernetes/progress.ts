import { appendFileSync } from 'node:fs';

const started = Date.now();

/** One line on standard error: what the suite is doing. Tests on a cluster take minutes, and silence looks like a hang. */
export function say(text: string): void {
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stderr.write(`  [${String(seconds).padStart(4)} s] ${text}\n`);
}

/** A figure that a run found out; also appended to the file that KDK_KUBERNETES_FIGURES names. */
export function measured(what: string, figures: Readonly<Record<string, number | string>>): void {
  const line = `${what}: ${Object.entries(figures)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')}`;
  say(`measured: ${line}`);
  const file = process.env.KDK_KUBERNETES_FIGURES;
  if (file !== undefined && file !== '') appendFileSync(file, `${line}\n`);
}
