import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type ScriptName = 'start-node.sh' | 'keystores.sh' | 'ask-nodes.sh' | 'probe-node.sh' | 'start-worker.sh';

/** A script that runs in pods, as it lies in `charts/scripts`. */
export function script(name: ScriptName): string {
  return readFileSync(join(__dirname, '..', 'scripts', name), 'utf8');
}
