import { chmodSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SCRIPT = join(__dirname, 'tool.sh');
const LOGGING = ['log4j2.yaml', 'tools-log4j2.yaml'];

/** Files that end up in a Kafka home beside the jars: what they say is part of its recipe. */
export const TOOL_FILES: readonly string[] = [SCRIPT, ...LOGGING.map((name) => join(__dirname, name))];

/** Names of the tools, as the branches of tool.sh have them. */
export function toolNames(): string[] {
  return [...readFileSync(SCRIPT, 'utf8').matchAll(/^ {2}((?:kafka|connect)-[a-z0-9-]+)\)/gm)].map(
    (match) => match[1]!,
  );
}

/** Puts the command line tools and their logging into `home`. */
export function writeTools(home: string): void {
  mkdirSync(join(home, 'bin'));
  for (const name of toolNames()) {
    const path = join(home, 'bin', `${name}.sh`);
    copyFileSync(SCRIPT, path);
    chmodSync(path, 0o755);
  }
  mkdirSync(join(home, 'config'));
  for (const name of LOGGING) copyFileSync(join(__dirname, name), join(home, 'config', name));
}
