import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileArtifact } from '../core/artifact';

/** What a node reads before it starts, and what it runs with does not depend on; how a formation is done is not the same after the first. */
const NOT_READ_WHILE_RUNNING = new Set(['bin/fingerprint.sh', 'bin/format.sh']);

/** Files that a running node was started with and that would be rendered differently now. */
export function changedFiles(configDir: string, artifacts: readonly FileArtifact[]): string[] {
  const rendered = new Map(artifacts.map(({ path, content }) => [path, content]));
  const paths = new Set([...rendered.keys(), ...filesIn(configDir)]);
  return [...paths]
    .filter((path) => !NOT_READ_WHILE_RUNNING.has(path) && !path.startsWith('tls/'))
    .filter((path) => nodeFile(configDir, path) !== rendered.get(path))
    .sort();
}

/** Writes the files of a node that does not run; a file that is no longer rendered goes. */
export function writeNodeFiles(configDir: string, artifacts: readonly FileArtifact[]): void {
  const wanted = new Set(artifacts.map(({ path }) => path));
  for (const path of filesIn(configDir)) if (!wanted.has(path)) rmSync(join(configDir, path));
  for (const { path, content, executable } of artifacts) {
    writeWhole(join(configDir, path), content, executable === true ? 0o755 : 0o644);
  }
}

/** A file is the old one or the new one, also when the command is killed or the disk is full in the middle. */
export function writeWhole(path: string, content: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.draft`;
  try {
    writeFileSync(draft, content, { mode });
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  } catch {
    return [];
  }
}

/** The text of a file of a node; undefined where it is not there. */
export function nodeFile(configDir: string, path: string): string | undefined {
  try {
    return readFileSync(join(configDir, path), 'utf8');
  } catch {
    return undefined;
  }
}
