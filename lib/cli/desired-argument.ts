import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Failure } from '../core/issue';
import { parseDesired, type DesiredState } from '../core/plan';

const GZIP = [0x1f, 0x8b];

/**
 * The desired state that a path names: a file of JSON, one compressed with gzip, or a folder with such a file in pieces, which are put
 * together in the order of their names, as a Job mounts them.
 */
export function readDesired(path: string): DesiredState {
  const bytes = contents(path);
  const isCompressed = GZIP.every((byte, index) => bytes[index] === byte);
  const read = parseDesired((isCompressed ? uncompressed(path, bytes) : bytes).toString('utf8'));
  if ('desired' in read) return read.desired;
  throw unusable(path, read.problem);
}

function contents(path: string): Buffer {
  try {
    if (!statSync(path).isDirectory()) return readFileSync(path);
    // Mounted volumes hold hidden folders beside their files.
    const parts = readdirSync(path).filter((name) => !name.startsWith('.'));
    return Buffer.concat(parts.sort().map((name) => readFileSync(join(path, name))));
  } catch (error) {
    throw unusable(path, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function uncompressed(path: string, bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw unusable(path, `is not whole: ${(error as Error).message}`);
  }
}

function unusable(path: string, problem: string): Failure {
  return new Failure(
    'DESIRED-STATE-UNREADABLE',
    `the desired state cannot be used, got ${JSON.stringify(path)}, which ${problem}; what the kit rendered is needed.`,
    'Render it again, and give all of it.',
    2,
  );
}
