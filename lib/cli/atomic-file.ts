import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../core/issue';

export interface WriteOptions {
  readonly mode?: number;
}

/** Writes a file whole or not at all: readers see the old text or the new one. */
export function writeAtomically(path: string, text: string, options: WriteOptions = {}): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    // With its mode from the start: a key is never readable for others, however short.
    writeFileSync(beside, text, { flag: 'wx', ...options });
    if (options.mode !== undefined) chmodSync(beside, options.mode);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw unwritable(path, error);
  }
}

export function unwritable(path: string, error: unknown): Failure {
  const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  return new Failure(
    'FILE-UNWRITABLE',
    `the file cannot be written, got ${JSON.stringify(path)} (${reason}); a path that this user may write is needed.`,
    reason === 'ENOSPC' ? 'Make room on the disk.' : 'Check the path, its owner and its mode.',
  );
}
