import { readFileSync, statSync } from 'node:fs';
import { MAX_FILE_BYTES } from '../core/spec';

/** Far above what the parser takes, which then says so with a position; this keeps the rest out of memory. */
const MAX_READ_BYTES = 16 * MAX_FILE_BYTES;

/** Reads a file of an environment. */
export function readText(path: string): string {
  const stat = statSync(path);
  if (stat.isCharacterDevice() || stat.isBlockDevice()) throw new Error('a device, not a file');
  // Reading it would wait for a writer, perhaps for ever.
  if (stat.isFIFO()) throw new Error('a pipe, not a file');
  if (stat.size > MAX_READ_BYTES) throw new Error(`${stat.size} bytes; at most 5 MiB are read`);
  return readFileSync(path, 'utf8');
}
