import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Failure } from '../../core/issue';
import { shortHash } from '../../core/model';
import { writing } from '../file-failure';
import { removeAbandoned } from '../kafka-home/assembled-folder';
import { folderFiles, sha256, type ContextFile } from './context-file';

/** Layers hold the times of files; with one for all, the same files make the same layers. */
const TIME = new Date('1980-01-01T00:00:00Z');
const SUMS = 'SHA256SUMS';

export interface BuildContext {
  readonly folder: string;
  readonly dockerfile: string;
  /** Folders that are there also where nothing is in them. */
  readonly folders?: readonly string[];
  readonly files: readonly ContextFile[];
  /** Looks at every file's SHA-256 before anything is written. @default nothing is refused */
  readonly check?: (files: readonly Digest[]) => void;
  /** Where the image lists what is inside: path and SHA-256. @default nowhere */
  readonly list?: string;
}

export interface WrittenContext {
  readonly folder: string;
  /** Of all that goes into the image beside its base; a tag by it names one content. */
  readonly hash: string;
  readonly files: number;
  readonly bytes: number;
  readonly changed: boolean;
}

/**
 * Makes the folder that an image is built from. It is filled under another name and renamed, so that a run that is killed leaves the old one or
 * none; where every file is as it should be, nothing is written.
 */
export async function writeContext(context: BuildContext): Promise<WrittenContext> {
  const folder = resolve(context.folder);
  const sums = await digests(context.files);
  context.check?.(sums);
  const listed = sums.map(({ path, digest }) => `${digest}  ${path}\n`).join('');
  const list: ContextFile[] =
    context.list === undefined ? [] : [{ path: context.list, from: { content: listed }, executable: false }];
  const files = [...context.files, ...list];
  const text = sumsText([...sums, ...(await digests(list))]);
  const hash = shortHash(`${context.dockerfile}\n${text}`, 8);
  const place = {
    code: 'IMAGES-READ-ONLY',
    name: 'the folder of images',
    path: dirname(folder),
    hint: 'Give another one with --out.',
  };
  const changed = !(await isCurrent(folder, context.dockerfile, text));
  if (changed) {
    refuseForeign(folder);
    const temporary = await writing(place, () => {
      mkdirSync(dirname(folder), { recursive: true });
      removeAbandoned(dirname(folder));
      return mkdtempSync(`${folder}.tmp-`);
    });
    try {
      await writing(place, () => {
        fill(temporary, context, files, text);
        replace(temporary, folder);
      });
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  }
  const bytes = folderFiles(join(folder, 'files'), '').reduce(
    (sum, { from }) => sum + ('file' in from ? statSync(from.file).size : 0),
    0,
  );
  return { folder: context.folder, hash, files: files.length, bytes, changed };
}

export interface Digest {
  /** Where the image has the file. */
  readonly path: string;
  readonly digest: string;
}

/** By path. */
async function digests(files: readonly ContextFile[]): Promise<Digest[]> {
  const result: Digest[] = [];
  for (const file of files) result.push({ path: file.path, digest: await sha256(file) });
  return result.sort(byPath);
}

function sumsText(sums: readonly Digest[]): string {
  return [...sums]
    .sort(byPath)
    .map(({ path, digest }) => `${digest}  files${path}\n`)
    .join('');
}

function byPath(left: Digest, right: Digest): number {
  return left.path < right.path ? -1 : 1;
}

function fill(folder: string, context: BuildContext, files: readonly ContextFile[], sums: string): void {
  for (const each of context.folders ?? []) mkdirSync(join(folder, 'files', each), { recursive: true });
  for (const { path, from, executable } of files) {
    const target = join(folder, 'files', path);
    mkdirSync(dirname(target), { recursive: true });
    if ('content' in from) writeFileSync(target, from.content);
    else copyFileSync(from.file, target);
    chmodSync(target, executable ? 0o755 : 0o644);
    utimesSync(target, TIME, TIME);
  }
  writeFileSync(join(folder, 'Dockerfile'), context.dockerfile);
  writeFileSync(join(folder, SUMS), sums);
  const folders = readdirSync(join(folder, 'files'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const each of [folder, join(folder, 'files'), ...folders]) {
    chmodSync(each, 0o755);
    utimesSync(each, TIME, TIME);
  }
}

/** Whether the folder holds exactly this: a file that was changed since, or put beside, makes it anew. */
async function isCurrent(folder: string, dockerfile: string, sums: string): Promise<boolean> {
  try {
    if (readFileSync(join(folder, 'Dockerfile'), 'utf8') !== dockerfile) return false;
    if (readFileSync(join(folder, SUMS), 'utf8') !== sums) return false;
    return sumsText(await digests(folderFiles(join(folder, 'files'), ''))) === sums;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR')
      return false;
    throw error;
  }
}

function refuseForeign(folder: string): void {
  if (!existsSync(folder)) return;
  const names = statSync(folder).isDirectory() ? readdirSync(folder) : [basename(folder)];
  if (names.length === 0 || names.includes(SUMS)) return;
  throw new Failure(
    'OUTPUT-FOREIGN',
    `something else is in the way, got ${JSON.stringify(folder)}; only what kdk wrote itself is replaced.`,
    'Move it away, or choose another folder with --out.',
  );
}

function replace(temporary: string, folder: string): void {
  if (existsSync(folder)) {
    const old = mkdtempSync(`${folder}.tmp-`);
    renameSync(folder, join(old, basename(folder)));
    renameSync(temporary, folder);
    rmSync(old, { recursive: true, force: true });
  } else {
    renameSync(temporary, folder);
  }
}
