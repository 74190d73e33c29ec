import { crc32 } from 'node:zlib';

export interface ZipEntry {
  /** Path in the archive, with `/`. */
  readonly path: string;
  readonly content: Buffer;
}

/** 1980-01-01, the first day that the format knows; a real one would make another file of the same content every day. */
const DAY = 0x21;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;

/**
 * A zip archive whose bytes depend on paths and contents alone: sorted, without times, and stored, since jars are compressed already.
 * Format: PKWARE APPNOTE 6.3.10.
 */
export function storedZip(entries: readonly ZipEntry[]): Buffer {
  const sorted = [...entries].sort((left, right) => (left.path < right.path ? -1 : 1));
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, content } of sorted) {
    const name = Buffer.from(path, 'utf8');
    const common = header(content, name.length);
    const local = Buffer.concat([signature(0x04034b50), common, name]);
    directory.push(
      // made by, the header of the entry, no comment, first disk, no attributes, where the entry begins
      Buffer.concat([
        signature(0x02014b50),
        numbers(2, VERSION),
        common,
        numbers(2, 0, 0, 0),
        numbers(4, 0, offset),
        name,
      ]),
    );
    parts.push(local, content);
    offset += local.length + content.length;
  }
  const index = Buffer.concat(directory);
  const end = [
    signature(0x06054b50),
    numbers(2, 0, 0, sorted.length, sorted.length),
    numbers(4, index.length, offset),
    numbers(2, 0),
  ];
  return Buffer.concat([...parts, index, ...end]);
}

/** What the entry and the directory say alike. */
function header(content: Buffer, nameLength: number): Buffer {
  return Buffer.concat([
    numbers(2, VERSION, FLAGS, 0, 0, DAY),
    numbers(4, crc32(content), content.length, content.length),
    numbers(2, nameLength, 0),
  ]);
}

function signature(value: number): Buffer {
  return numbers(4, value);
}

/** Little-endian numbers of 2 or 4 bytes each. */
function numbers(width: 2 | 4, ...values: number[]): Buffer {
  const buffer = Buffer.alloc(width * values.length);
  values.forEach((value, index) => buffer.writeUIntLE(value, index * width, width));
  return buffer;
}
