import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type ScriptName =
  | 'ask-nodes.sh'
  | 'keystores.sh'
  | 'probe-node.sh'
  | 'restart-in-turn.sh'
  | 'restore-quorum.sh'
  | 'roll.sh'
  | 'start-node.sh'
  | 'start-worker.sh';

/** A script that runs in pods, as it lies in `charts/scripts`. */
export function script(name: ScriptName): string {
  return readFileSync(join(__dirname, '..', 'scripts', name), 'utf8');
}
