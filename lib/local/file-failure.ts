import { Failure } from '../core/issue';

/** What a failure says of a folder that cannot be written. */
export interface Place {
  /** Never changes once released, for example `CACHE-READ-ONLY`. */
  readonly code: string;
  /** The folder in words, for example `Kafka's cache`. */
  readonly name: string;
  readonly path: string;
  /** What to do when it cannot be written. */
  readonly hint: string;
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT', 'EEXIST']);

export function diskFull(path: string): Failure {
  return new Failure(
    'DISK-FULL',
    `there is no room left on the disk of ${path}, got ENOSPC; an assembled Kafka takes 60 MiB, a small cluster some 100 MiB.`,
    'Free some space, then run the command again; what is there already is used.',
  );
}

/** Words for an error of the file system at `place`; what is not one is given back as it is. */
export function fileFailure(error: unknown, place: Place): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined || error instanceof Failure) return error;
  if (FULL.has(code)) return diskFull(place.path);
  if (!NOT_WRITABLE.has(code)) return error;
  return new Failure(
    place.code,
    `${place.name} cannot be written, got ${code} for ${place.path}; it must be a folder that this user may write.`,
    place.hint,
  );
}

/** Runs `action`; errors of the file system come out as failures that name `place`. */
export async function writing<T>(place: Place, action: () => T | Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw fileFailure(error, place);
  }
}
