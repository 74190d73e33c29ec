import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

const BLOCK = 512;

/**
 * Contents of the wanted files of a .tar.gz, by name; links are left out. Names longer than a header holds, which GNU tar and pax put into
 * entries of their own, are of no file that is wanted here.
 */
export async function readArchive(path: string, wanted: (name: string) => boolean): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  await pipeline(createReadStream(path), createGunzip(), async (stream: AsyncIterable<Buffer>) => {
    const reader = new Blocks(stream);
    for (;;) {
      const header = await reader.take(BLOCK);
      if (header === undefined || header.every((byte) => byte === 0)) break;
      if (header.toString('latin1', 257, 262) !== 'ustar') throw new Error('not a tar archive');
      const size = Number.parseInt(text(header, 124, 12), 8);
      if (Number.isNaN(size)) throw new Error('not a tar archive');
      const prefix = text(header, 345, 155);
      const name = `${prefix === '' ? '' : `${prefix}/`}${text(header, 0, 100)}`.replace(/^\.\//, '');
      const isFile = header[156] === 0x30 || header[156] === 0;
      const body = await reader.take(Math.ceil(size / BLOCK) * BLOCK, isFile && wanted(name));
      if (body === undefined) throw new Error('it ends in the middle of a file');
      if (isFile && wanted(name)) found.set(name, body.subarray(0, size));
    }
    await reader.drain();
  });
  return found;
}

function text(header: Buffer, start: number, length: number): string {
  const field = header.toString('utf8', start, start + length);
  const end = field.indexOf('\0');
  return (end < 0 ? field : field.slice(0, end)).trim();
}

/** A stream in pieces of the size that is asked for. */
class Blocks {
  private readonly iterator: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.iterator = stream[Symbol.asyncIterator]();
  }

  /** The next bytes; where they are not kept, an empty buffer in their place; undefined where the stream ends before. */
  async take(length: number, keep = true): Promise<Buffer | undefined> {
    const parts: Buffer[] = [];
    let missing = length;
    while (missing > 0) {
      if (this.rest.length === 0) {
        const { value, done } = await this.iterator.next();
        if (done === true) return undefined;
        this.rest = value;
      }
      const part = this.rest.subarray(0, missing);
      this.rest = this.rest.subarray(part.length);
      missing -= part.length;
      if (keep) parts.push(part);
    }
    return Buffer.concat(parts);
  }

  async drain(): Promise<void> {
    while ((await this.iterator.next()).done !== true);
  }
}
