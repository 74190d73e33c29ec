import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderFiles, type ContextFile } from './context-file';

const PLACE = '/opt/kdk';
/** Loaded when a cluster is reached; everything else that `kdk` needs is in its one file. */
const LIBRARY = '@platformatic/kafka';

interface PackageJson {
  readonly name?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What `kdk` needs to run: its one file, the data beside it, and the library that speaks to Kafka. */
export function kitFiles(): ContextFile[] {
  const root = packageRoot();
  const data = (path: string): boolean => !/\.(js|d\.ts|map)$/.test(path);
  return [
    ...['package.json', 'dist/bin/kdk.js'].map((path) => ({
      path: `${PLACE}/${path}`,
      from: { file: join(root, path) },
      executable: path.endsWith('.js'),
    })),
    ...['lib', 'charts'].flatMap((part) => folderFiles(join(root, 'dist', part), `${PLACE}/dist/${part}`, data)),
    ...[...packages(LIBRARY, root)].flatMap(([name, folder]) =>
      folderFiles(
        folder,
        `${PLACE}/node_modules/${name}`,
        (path) => !/\.(d\.[cm]?ts|map|md)$|(^|\/)node_modules\//.test(path),
      ),
    ),
  ];
}

/** A package and what it needs, by name. Native parts for one kind of machine are optional to all of them, and stay out. */
function packages(name: string, from: string, found = new Map<string, string>()): Map<string, string> {
  const folder = packageFolder(name, from);
  if (found.has(name)) return found;
  found.set(name, folder);
  const { dependencies = {} } = readPackage(folder);
  for (const each of Object.keys(dependencies).sort()) packages(each, folder, found);
  return found;
}

/** Where Node.js finds the package that a file in `from` asks for. */
function packageFolder(name: string, from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (dirname(folder) === folder) throw new Error(`the package ${name} is not installed beside ${from}`);
  }
}

function packageRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (existsSync(path) && readPackage(folder).name === 'kafka-deployment-kit') return folder;
    if (dirname(folder) === folder) throw new Error(`the package of the kit is not above ${__dirname}`);
  }
}

function readPackage(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
}
