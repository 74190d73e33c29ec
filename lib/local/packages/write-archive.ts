import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ContextFile } from '../images/context-file';

const BLOCK = 512;

/**
 * Writes a .tar.gz: the same files give the same bytes, without the time and the account of whoever made it. Jars and programs hardly get
 * smaller, so time is not spent on trying.
 */
export async function writeArchive(path: string, files: readonly ContextFile[], signal?: AbortSignal): Promise<void> {
  const steps = [Readable.from(entries(files)), createGzip({ level: 1 }), createWriteStream(path)] as const;
  await (signal === undefined ? pipeline(...steps) : pipeline(...steps, { signal }));
}

async function* entries(files: readonly ContextFile[]): AsyncGenerator<Buffer> {
  for (const { path, from, executable } of files) {
    const size = 'content' in from ? Buffer.byteLength(from.content) : statSync(from.file).size;
    yield header(path, size, executable ? 0o755 : 0o644);
    if ('content' in from) yield Buffer.from(from.content);
    else yield* createReadStream(from.file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>;
    yield Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** POSIX.1-1988 (ustar), which every tar reads. */
function header(path: string, size: number, mode: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const [prefix, name] = split(path);
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
  block.write(name, 0);
  block.write(octal(mode, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(0, 11), 136);
  block.write(' '.repeat(8), 148);
  block.write('0', 156);
  block.write('ustar\u000000', 257);
  block.write('root', 265);
  block.write('root', 297);
  block.write(prefix, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148);
  return block;
}

/** A name has 100 bytes, and the folders before it 155. */
function split(path: string): readonly [string, string] {
  if (Buffer.byteLength(path) <= 100) return ['', path];
  for (let cut = path.indexOf('/'); cut >= 0; cut = path.indexOf('/', cut + 1)) {
    const [prefix, name] = [path.slice(0, cut), path.slice(cut + 1)];
    if (Buffer.byteLength(name) <= 100 && Buffer.byteLength(prefix) <= 155) return [prefix, name];
  }
  throw new Error(`no place for the path in an archive: ${path}`);
}
