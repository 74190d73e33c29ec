import { appendFileSync } from 'node:fs';

/** A figure that a run found out, on standard error; also appended to the file that KDK_HOSTS_FIGURES names. */
export function measured(what: string, figures: object): void {
  const line = `${what}: ${JSON.stringify(figures)}`;
  process.stderr.write(`  measured: ${line}\n`);
  const file = process.env.KDK_HOSTS_FIGURES;
  if (file !== undefined && file !== '') appendFileSync(file, `${line}\n`);
}
