import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure, type Progress } from '../../core/issue';
import { writing, type Place } from '../file-failure';
import { sha256 } from '../images/context-file';
import type { PackageFile } from './package-file';

/** What install.sh checks packages against: a line a file, as `sha256sum -c` reads them. */
export const PACKAGE_SUMS = 'packages.sha256';
/** What they were made of. */
const LIST = 'packages.json';

export interface WrittenPackage {
  readonly file: string;
  readonly what: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly changed: boolean;
}

interface Listed {
  readonly file: string;
  readonly what: string;
  readonly source: string;
  readonly sha256: string;
}

/**
 * Brings a folder to exactly these packages. Each is written under another name and renamed, the sums come last: what a run that was killed
 * left is finished by the next one, and refused by install.sh until then. What is current is not packed again.
 */
export async function writePackages(
  folder: string,
  packages: readonly PackageFile[],
  { progress, signal }: { readonly progress: Progress; readonly signal?: AbortSignal },
): Promise<readonly WrittenPackage[]> {
  refuseForeign(folder);
  return writing(place(folder), async () => {
    mkdirSync(folder, { recursive: true });
    const before = readList(folder);
    const written: WrittenPackage[] = [];
    const listed: Listed[] = [];
    for (const each of packages) {
      const { file, what, source } = each;
      const path = join(folder, file);
      const known = before.find((one) => one.file === file && one.source === source);
      const current = known !== undefined && existsSync(path) && (await digest(path)) === known.sha256;
      if (!current) {
        progress({ step: `packing ${what}`, detail: file });
        await each.write(path, signal);
      }
      const sum = current ? known.sha256 : await digest(path);
      listed.push({ file, what, source, sha256: sum });
      written.push({ file, what, bytes: statSync(path).size, sha256: sum, changed: !current });
    }
    put(folder, LIST, `${JSON.stringify({ schemaVersion: 1, packages: listed }, undefined, 2)}\n`);
    put(folder, PACKAGE_SUMS, listed.map(({ file, sha256: sum }) => `${sum}  ${file}\n`).join(''));
    keepOnly(folder, [...listed.map(({ file }) => file), LIST, PACKAGE_SUMS]);
    return written;
  });
}

/**
 * The same packages in the folder of a host, so that to copy that folder is enough. Hard links: they take no room, and whatever copies the
 * folder copies what is in them. Where the file system has none, copies.
 */
export async function sharePackages(from: string, to: string): Promise<void> {
  refuseForeign(to);
  await writing(place(to), async () => {
    mkdirSync(to, { recursive: true });
    const names = readdirSync(from).filter((name) => name !== PACKAGE_SUMS && !name.endsWith('.tmp'));
    for (const name of [...names, PACKAGE_SUMS]) await share(join(from, name), join(to, name));
    keepOnly(to, [...names, PACKAGE_SUMS]);
  });
}

/** Takes packages out of folders of hosts that are no more. */
export function removePackages(folder: string): void {
  if (existsSync(join(folder, PACKAGE_SUMS))) rmSync(folder, { recursive: true });
}

const NO_LINKS = new Set(['EXDEV', 'EPERM', 'EMLINK', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EACCES']);

async function share(source: string, target: string): Promise<void> {
  const [wanted, found] = [statSync(source), statSync(target, { throwIfNoEntry: false })];
  if (found !== undefined && found.ino === wanted.ino && found.dev === wanted.dev) return;
  if (found !== undefined && found.size === wanted.size && (await digest(source)) === (await digest(target))) return;
  const temporary = `${target}.tmp`;
  rmSync(temporary, { force: true });
  try {
    linkSync(source, temporary);
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    copyFileSync(source, temporary);
  }
  renameSync(temporary, target);
}

function digest(file: string): Promise<string> {
  return sha256({ path: file, from: { file }, executable: false });
}

function put(folder: string, name: string, content: string): void {
  const path = join(folder, name);
  if (existsSync(path) && readFileSync(path, 'utf8') === content) return;
  writeFileSync(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
}

function keepOnly(folder: string, names: readonly string[]): void {
  for (const name of readdirSync(folder)) if (!names.includes(name)) rmSync(join(folder, name), { recursive: true });
}

function readList(folder: string): readonly Listed[] {
  try {
    return (JSON.parse(readFileSync(join(folder, LIST), 'utf8')) as { packages: readonly Listed[] }).packages;
  } catch {
    return []; // Not there or not whole: everything is packed again.
  }
}

/** A run that was killed in the middle leaves a file that ends in .tmp, or packages without their sums. */
function refuseForeign(folder: string): void {
  if (!existsSync(folder)) return;
  const names = statSync(folder).isDirectory() ? readdirSync(folder) : ['.'];
  const ours = (name: string): boolean =>
    [LIST, PACKAGE_SUMS].includes(name) ||
    /^(kafka_2\.13-[\d.]+\.tgz|jmx_prometheus_javaagent\.jar|java-\w+\.tar\.gz|kdk-.+\.tgz)$/.test(name) ||
    name.endsWith('.tmp');
  const foreign = names.find((name) => !ours(name));
  if (foreign === undefined) return;
  throw new Failure(
    'OUTPUT-FOREIGN',
    `the folder holds other files, got ${JSON.stringify(foreign)} in ${JSON.stringify(folder)}; packages have a folder of their own.`,
    'Move them away, or choose another folder with --out.',
  );
}

function place(folder: string): Place {
  return {
    code: 'PACKAGES-READ-ONLY',
    name: 'the folder of packages',
    path: dirname(folder),
    hint: 'Give another one with --out.',
  };
}
