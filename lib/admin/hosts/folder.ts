import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { NextStart } from '../../core/roll';

/** One file that goes to a host: its text, or where it lies on this machine. */
export interface HostFile {
  /** Relative to the folder of the host. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly executable: boolean;
  readonly content?: string;
  readonly source?: string;
}

/** Everything that goes to one host. */
export interface HostFolder {
  readonly files: readonly HostFile[];
  /** Of the Kafka that it installs; what the node is to run. */
  readonly version: string;
}

/** Without the packages that are made for another kind of machine. */
export function folderFor(folder: HostFolder, arch: 'x64' | 'arm64' | undefined): HostFolder {
  const isOther = ({ path }: HostFile): boolean => {
    const made = /-(x64|arm64)\.(tgz|tar\.gz)$/.exec(path)?.[1];
    return arch !== undefined && made !== undefined && made !== arch;
  };
  return { ...folder, files: folder.files.filter((file) => !isOther(file)) };
}

/** What `sha256sum -c` reads. */
export function checksums({ files }: HostFolder): string {
  return files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('');
}

/** Names a folder by all that is in it: one that is there is complete and needs no copying. */
export function folderDigest(folder: HostFolder): string {
  return sha256(checksums(folder)).slice(0, 32);
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Names of `bin/fingerprint.sh` for files of a folder: what a start takes up of it. */
const TAKEN_UP_AT_START: Readonly<Record<string, string>> = {
  'server.properties': 'server.properties',
  'log4j2.yaml': 'log4j2.yaml',
  'jmx-exporter.yaml': 'jmx-exporter.yaml',
  'jvm.options': 'jvm.options',
  'kafka.env': 'kafka.env',
  'bin/start.sh': 'bin/start.sh',
  'kafka.service': 'kafka.service',
  'node.pem': 'certificate',
  'ca.crt': 'certificate authority',
  'jmx_prometheus_javaagent.jar': 'JMX exporter',
  'packages/jmx_prometheus_javaagent.jar': 'JMX exporter',
};

/** What a node would be started with once the folder is installed. */
export function nextStart({ files, version }: HostFolder): NextStart {
  const entries = files.flatMap(({ path, sha256 }) => {
    const name = TAKEN_UP_AT_START[path];
    return name === undefined ? [] : [[name, sha256] as const];
  });
  const properties = files.find(({ path }) => path === 'server.properties');
  return {
    files: new Map([...entries, ['Kafka', version]]),
    properties: properties?.content ?? readFileSync(properties!.source!, 'utf8'),
  };
}
