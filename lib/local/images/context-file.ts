import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A file of an image: of this content, or a copy of another file. */
export interface ContextFile {
  /** Where the image has it, absolute. */
  readonly path: string;
  readonly from: { readonly file: string } | { readonly content: string };
  readonly executable: boolean;
}

/** All files of a folder, for a folder of the image; `wanted` chooses by the path below it. */
export function folderFiles(
  folder: string,
  place: string,
  wanted: (path: string) => boolean = () => true,
): ContextFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter(wanted)
    .sort()
    .map((path) => ({
      path: `${place}/${path}`,
      from: { file: join(folder, path) },
      executable: (statSync(join(folder, path)).mode & 0o100) !== 0,
    }));
}

export async function sha256({ from }: ContextFile): Promise<string> {
  const hash = createHash('sha256');
  if ('content' in from) hash.update(from.content);
  else await pipeline(createReadStream(from.file, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}
