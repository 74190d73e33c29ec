import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileArtifact } from '../core/artifact';
import { Failure } from '../core/issue';
import { unwritable, writeAtomically } from './atomic-file';

/** Without an ending: `kubectl apply -f FOLDER` and Argo CD take every .json of a folder for an object. */
const MANIFEST = '.kdk-manifest';

/** What a folder of rendered files is of; another thing never goes into the same folder. */
export interface FolderOwner {
  readonly environment: string;
  /** For example `kubernetes`, or `clients`. */
  readonly content: string;
}

interface Manifest extends FolderOwner {
  readonly schemaVersion: 1;
  readonly files: readonly string[];
}

export interface WrittenFolder {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Brings a folder to exactly these files: writes what differs and removes what an earlier run wrote and nobody needs any more.
 * A manifest in the folder remembers what is the kit's; everything else in there is left alone.
 */
export function writeFolder(folder: string, owner: FolderOwner, artifacts: readonly FileArtifact[]): WrittenFolder {
  const before = readManifest(folder, owner);
  const paths = artifacts.map(({ path }) => path).sort();
  for (const path of paths) checkPath(path);
  prepare(folder);
  const removed = before.filter((path) => !paths.includes(path)).filter((path) => remove(folder, path));
  const mine = new Set(before);
  for (const path of paths) checkPlace(folder, path, mine);
  // What will be ours is written down before it is there, so that a run that is cut off can be repeated.
  for (const path of paths) mine.add(path);
  writeManifest(folder, owner, [...mine].sort());
  const written: string[] = [];
  const unchanged: string[] = [];
  for (const { path, content, executable } of artifacts) {
    const place = join(folder, path);
    const mode = executable === true ? 0o755 : 0o644;
    if (isCurrent(place, content, mode)) unchanged.push(path);
    else {
      writeAtomically(place, content, { mode });
      written.push(path);
    }
  }
  writeManifest(folder, owner, paths);
  return { written, unchanged, removed };
}

/** Refuses a folder that was not rendered from this environment: what goes beside its files would be of something else. */
export function requireRendered(folder: string, owner: FolderOwner): void {
  if (readManifest(folder, owner).length > 0) return;
  throw new Failure(
    'OUTPUT-NOT-RENDERED',
    `the folder was not rendered yet, got ${JSON.stringify(folder)}; one that kdk render wrote for ${owner.environment} is needed.`,
    `Run kdk render ${owner.environment} --out ${folder} first.`,
    2,
  );
}

function prepare(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw unwritable(folder, error);
  }
}

function readManifest(folder: string, owner: FolderOwner): readonly string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unwritable(folder, error);
  }
  if (names.length === 0) return [];
  if (!names.includes(MANIFEST)) {
    throw new Failure(
      'OUTPUT-FOREIGN',
      `the folder holds other files, got ${JSON.stringify(folder)}; an empty folder or one that kdk wrote is allowed.`,
      'Choose another folder.',
    );
  }
  const manifest = parseManifest(join(folder, MANIFEST));
  if (manifest.environment !== owner.environment || manifest.content !== owner.content) {
    throw new Failure(
      'OUTPUT-FOREIGN',
      `the folder belongs to something else, got ${JSON.stringify(folder)} with ${manifest.content} of ${manifest.environment}; ${owner.content} of ${owner.environment} need a folder of their own.`,
      'Choose another folder, or remove this one.',
    );
  }
  return manifest.files;
}

function parseManifest(path: string): Manifest {
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
    for (const file of manifest.files) checkPath(file);
    return manifest;
  } catch (error) {
    throw new Failure(
      'OUTPUT-MANIFEST',
      `the list of written files cannot be read, got ${JSON.stringify(path)} (${(error as Error).message.replace(/\.$/, '')}); it is written by kdk render.`,
      'Remove the folder and render again.',
    );
  }
}

function writeManifest(folder: string, { environment, content }: FolderOwner, files: readonly string[]): void {
  const manifest: Manifest = { schemaVersion: 1, environment, content, files };
  writeAtomically(join(folder, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** Nothing is ever written or removed outside the folder. */
function checkPath(path: string): void {
  const segments = typeof path === 'string' ? path.split('/') : [''];
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..') || path === MANIFEST) {
    throw new Error(`not a path inside the folder: ${JSON.stringify(path)}`);
  }
}

/** Refuses what somebody else put where a file goes, and links that lead out of the folder. */
function checkPlace(folder: string, path: string, mine: ReadonlySet<string>): void {
  const segments = path.split('/');
  for (let length = 1; length <= segments.length; length++) {
    const part = segments.slice(0, length).join('/');
    const stat = lstatSync(join(folder, part), { throwIfNoEntry: false });
    if (stat === undefined) return;
    const isFile = length === segments.length;
    if (isFile ? stat.isFile() && mine.has(path) : stat.isDirectory()) continue;
    throw new Failure(
      'OUTPUT-FOREIGN',
      `something else is in the way, got ${JSON.stringify(join(folder, part))}; only what kdk wrote itself is replaced.`,
      'Move it away, or choose another folder.',
    );
  }
}

function isCurrent(place: string, content: string, mode: number): boolean {
  const stat = statSync(place, { throwIfNoEntry: false });
  if (stat === undefined || readFileSync(place, 'utf8') !== content) return false;
  if ((stat.mode & 0o777) !== mode) chmodSync(place, mode);
  return true;
}

/** Removes a file and the folders that it leaves empty; gives whether it was there. */
function remove(folder: string, path: string): boolean {
  const place = join(folder, path);
  const isThere = lstatSync(place, { throwIfNoEntry: false })?.isFile() === true;
  if (isThere) rmSync(place);
  for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
    try {
      rmdirSync(join(folder, parent));
    } catch {
      break; // Not empty, or gone already.
    }
  }
  return isThere;
}
