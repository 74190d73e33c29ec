import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../core/issue';
import { secretMissing, secretName, type SecretStore } from './store';

export interface FolderSecretsOptions {
  /** Folder of a secret, by its name. @default the secret's name, inside the folder of all */
  readonly folders?: Readonly<Record<string, string>>;
  /** Told once for each file that everybody on the machine may read. */
  readonly warn?: (message: string) => void;
}

const READABLE_BY_OTHERS = 0o004;

/** Secrets in files, `FOLDER/<secret>/<key>`, as a Secret of Kubernetes is mounted. One line end at the end belongs to the file. */
export function folderSecrets(folder: string, { folders = {}, warn }: FolderSecretsOptions = {}): SecretStore {
  const warned = new Set<string>();
  return {
    read: async (reference) => {
      const { secret, key } = reference;
      const path = join(folders[secret] ?? join(folder, secret), key);
      const value = await contents(path);
      if (value === undefined || value === '') throw secretMissing(reference, path);
      if (warn !== undefined && !warned.has(path) && ((await stat(path)).mode & READABLE_BY_OTHERS) !== 0) {
        warned.add(path);
        warn(
          `everybody on this machine may read the secret ${secretName(reference)}, got ${path}; its owner alone should. Run chmod o= on it.`,
        );
      }
      return value;
    },
  };
}

async function contents(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new Failure(
      'SECRET-UNREADABLE',
      `a secret cannot be read, got ${code} of ${path}; a file that this user may read is needed.`,
      'Check its rights and its owner.',
    );
  }
}
