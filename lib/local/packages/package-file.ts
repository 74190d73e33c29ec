import { copyFileSync, renameSync } from 'node:fs';
import { sha256, type ContextFile } from '../images/context-file';
import { shortHash } from '../../core/model';
import { writeArchive } from './write-archive';

/** A file that hosts install from, before it is made. */
export interface PackageFile {
  /** Its name in the folder of packages. */
  readonly file: string;
  /** What is inside, in words. */
  readonly what: string;
  /** Changes when what is inside does: nothing is packed again for nothing. */
  readonly source: string;
  /** Writes it there, whole or not at all. */
  write(path: string, signal?: AbortSignal): Promise<void>;
}

/** An archive of these files, their paths below one folder. */
export async function archivePackage(file: string, what: string, files: readonly ContextFile[]): Promise<PackageFile> {
  const lines: string[] = [];
  for (const each of files) lines.push(`${await sha256(each)} ${each.executable} ${each.path}`);
  return {
    file,
    what,
    source: shortHash(lines.join('\n'), 16),
    write: async (path, signal) => {
      await writeArchive(`${path}.tmp`, files, signal);
      renameSync(`${path}.tmp`, path);
    },
  };
}

/** A file as it is. */
export async function copiedPackage(file: string, what: string, from: string): Promise<PackageFile> {
  return {
    file,
    what,
    source: await sha256({ path: file, from: { file: from }, executable: false }),
    write: (path) => {
      copyFileSync(from, `${path}.tmp`);
      renameSync(`${path}.tmp`, path);
      return Promise.resolve();
    },
  };
}
