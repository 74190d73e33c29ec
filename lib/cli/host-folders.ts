import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sha256, type HostFile, type HostFolder } from '../admin/hosts';
import type { FileArtifact } from '../core/artifact';
import { Failure } from '../core/issue';
import type { EnvironmentModel, NodeModel } from '../core/model';

export interface FolderOptions {
  /** A rendered folder. @default rendered now */
  readonly from?: string;
  /** Certificates to install: `hosts/HOST/node.pem` and `ca.crt`. */
  readonly certificates?: string;
}

/** Packages that all hosts share lie beside their folders, and on a host in its folder. */
const PACKAGES = 'packages';

/** What goes to each host, by its name. Fails, naming every host, where a folder is not that of its node. */
export function hostFolders(
  model: EnvironmentModel,
  { from, certificates }: FolderOptions,
): ReadonlyMap<string, HostFolder> {
  const rendered = from === undefined ? renderedFiles(model) : undefined;
  const shared = from === undefined ? [] : filesBelow(join(from, PACKAGES), PACKAGES);
  const problems: string[] = [];
  const folders = model.nodes.map((node): [string, HostFolder] => {
    const own = rendered?.get(node.name) ?? filesBelow(join(from!, node.name));
    const given = certificates === undefined ? [] : certificateFiles(certificates, node.name);
    if (certificates !== undefined && given.length < 2) problems.push(`${node.name} has no certificate there`);
    const files = new Map([...shared, ...own, ...given].map((file) => [file.path, file]));
    const settings = settingsOf(files.get('kafka.env'));
    const problem = from === undefined ? undefined : foreign(model, node, settings);
    if (problem !== undefined) problems.push(problem);
    const sorted = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    return [node.name, { files: sorted, version: settings.get('KAFKA_VERSION') ?? model.kafka.patch }];
  });
  if (problems.length > 0) throw unusable(`${from ?? certificates}`, model.name, problems);
  return new Map(folders);
}

function renderedFiles(model: EnvironmentModel): ReadonlyMap<string, HostFile[]> {
  const { renderHosts } = require('../host') as typeof import('../host');
  const files = new Map<string, HostFile[]>();
  for (const artifact of renderHosts(model)) {
    const [host, ...path] = artifact.path.split('/');
    if (path.length > 0) files.set(host!, [...(files.get(host!) ?? []), renderedFile(artifact, path.join('/'))]);
  }
  return files;
}

function renderedFile({ content, executable = false }: FileArtifact, path: string): HostFile {
  return { path, content, executable, sha256: sha256(content), bytes: Buffer.byteLength(content) };
}

function filesBelow(folder: string, prefix = ''): HostFile[] {
  return entries(folder).map((name) => fileAt(join(folder, name), prefix === '' ? name : `${prefix}/${name}`));
}

function certificateFiles(folder: string, host: string): HostFile[] {
  const wanted = [
    [join(folder, 'hosts', host, 'node.pem'), 'node.pem'],
    [join(folder, 'ca.crt'), 'ca.crt'],
  ] as const;
  return wanted.flatMap(([source, path]) =>
    statSync(source, { throwIfNoEntry: false })?.isFile() === true ? [fileAt(source, path)] : [],
  );
}

const known = new Map<string, string>();

/** Packages are the same for sixty hosts, by hard links: each file is read once. */
function fileAt(source: string, path: string): HostFile {
  const { dev, ino, size, mode, mtimeMs } = statSync(source);
  const key = `${dev} ${ino} ${size} ${mtimeMs}`;
  const sum = known.get(key) ?? sha256(readFileSync(source));
  known.set(key, sum);
  return { path, source, sha256: sum, bytes: size, executable: (mode & 0o100) !== 0 };
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(folder).length + 1));
  } catch {
    return [];
  }
}

function settingsOf(file: HostFile | undefined): ReadonlyMap<string, string> {
  const text = file === undefined ? '' : (file.content ?? readFileSync(file.source!, 'utf8'));
  return new Map(
    text.split('\n').flatMap((line) => {
      const [, name, value] = /^([A-Z_]+)='?([^']*)'?$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value!] as const];
    }),
  );
}

function foreign(model: EnvironmentModel, node: NodeModel, settings: ReadonlyMap<string, string>): string | undefined {
  if (settings.size === 0) return `${node.name} has no folder there`;
  const [cluster, id] = [settings.get('KAFKA_CLUSTER_ID'), settings.get('KAFKA_NODE_ID')];
  if (cluster === model.clusterId && id === String(node.id)) return undefined;
  return `${node.name} is node ${id} of cluster ${cluster} there`;
}

function unusable(folder: string, environment: string, problems: readonly string[]): Failure {
  return new Failure(
    'HOST-FOLDERS',
    `the folder does not hold what the hosts of ${environment} need, got ${problems.join(', ')} in ${JSON.stringify(folder)}; each host has its own there.`,
    `Write it with kdk render ${environment} --out ${folder}, or name another one.`,
    2,
  );
}
