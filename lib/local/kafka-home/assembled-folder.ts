import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure, type Progress } from '../../core/issue';
import { writing, type Place } from '../file-failure';
import { brokenPart, writeManifest } from './manifest';

/** A temporary folder that nobody touched for a day belongs to a run that was killed. */
const ABANDONED_MS = 24 * 3600 * 1000;

export interface AssembledFolder {
  /** Absolute path; its parent is the cache. */
  readonly path: string;
  /** For people: `Apache Kafka 4.3.1`. */
  readonly what: string;
  /** Files that decide what the folder holds; when one changes, it is assembled again. */
  readonly recipe: readonly string[];
  /** What to say where the cache cannot be written. */
  readonly place: Place;
  readonly progress: Progress;
  /** Fills an empty folder; `log` is where a long tool writes what it says. */
  fill(folder: string, log: string): Promise<void>;
}

/**
 * Makes sure that the folder is there and whole, every file by its SHA-256. It is filled under a temporary name and renamed, so a run that is
 * killed leaves nothing that looks finished, and of two runs at once one wins and both go on.
 */
export async function assembled(folder: AssembledFolder): Promise<string> {
  const { path, what, place, progress } = folder;
  const recipe = recipeOf(folder.recipe);
  if (existsSync(path)) {
    progress({ step: `checking ${what}`, detail: path });
    const problem = await brokenPart(path, recipe);
    if (problem === undefined) return path;
    progress({ step: `assembling ${what}`, detail: `again, since in ${path} ${problem}` });
  }
  const parent = dirname(path);
  const temporary = await writing(place, () => {
    mkdirSync(parent, { recursive: true });
    removeAbandoned(parent);
    return mkdtempSync(`${path}.tmp-`);
  });
  try {
    await writing(place, async () => {
      await folder.fill(temporary, `${path}.maven.log`);
      await writeManifest(temporary, recipe);
      await publish(temporary, path, recipe);
    });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  const problem = await brokenPart(path, recipe);
  if (problem === undefined) return path;
  throw new Failure(
    'KAFKA-CORRUPT',
    `${what} is broken after it was assembled again, got: ${problem}; every file must be as it was written.`,
    `Check the disk of ${parent}, or set KDK_CACHE to a folder on another one.`,
  );
}

/** Renames the filled folder to its place; another run may have done so in the meantime. */
async function publish(temporary: string, path: string, recipe: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return renameSync(temporary, path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if ((code !== 'ENOTEMPTY' && code !== 'EEXIST') || attempt === 3) throw error;
    }
    if ((await brokenPart(path, recipe)) === undefined) return;
    // The broken one goes away under a name of its own: processes that still run from it keep the files they have open.
    const broken = mkdtempSync(`${path}.tmp-`);
    renameSync(path, join(broken, basename(path)));
    rmSync(broken, { recursive: true, force: true });
  }
}

export function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    if (!name.includes('.tmp-')) continue;
    const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - touched > ABANDONED_MS) rmSync(path, { recursive: true, force: true });
  }
}

function recipeOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(basename(file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}
