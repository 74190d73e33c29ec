import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Progress } from '../../core/issue';
import { folderFiles } from '../images/context-file';
import { kitFiles } from '../images/kit-files';
import { checkPinned } from '../images/pinned-artifacts';
import { sha256, type ContextFile } from '../images/context-file';
import { kafkaHome } from '../kafka-home';
import { ARCHITECTURES, type Architecture } from './architecture';
import { javaArchive } from './java-archive';
import { givenNode, nodeProgram, type NodeProgram } from './node-program';
import { archivePackage, copiedPackage, type PackageFile } from './package-file';

export const PACKAGE_PARTS = ['kafka', 'java', 'kdk'] as const;
export type PackagePart = (typeof PACKAGE_PARTS)[number];

export interface HostPackages {
  /** Patch release: `4.3.1`. */
  readonly kafkaVersion: string;
  /** Of the kit. */
  readonly kitVersion: string;
  readonly parts: readonly PackagePart[];
  /** Archives of Java runtimes, one a kind of machine. */
  readonly java: readonly string[];
  /** Archives of Node.js, one a kind of machine. @default npm's packages */
  readonly node: readonly string[];
  /** Kinds of machines that `kdk` is for. @default those of `java` and `node`, else all */
  readonly architectures?: readonly Architecture[];
  readonly progress: Progress;
  /** @default the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** What hosts install from, handed to `use`: parts of it lie in a temporary folder until that is done. */
export async function withHostPackages<T>(
  options: HostPackages,
  use: (packages: readonly PackageFile[]) => Promise<T>,
): Promise<T> {
  const temporary = mkdtempSync(join(tmpdir(), 'kdk-packages-'));
  try {
    const { parts } = options;
    const java: PackageFile[] = [];
    const known = new Set<Architecture>();
    for (const path of options.java) {
      const { architecture, version } = await javaArchive(path);
      known.add(architecture);
      java.push(await copiedPackage(`java-${architecture}.tar.gz`, `Java ${version} for ${architecture}`, path));
    }
    return await use([
      ...(parts.includes('kafka') ? await kafkaPackages(options) : []),
      ...(parts.includes('java') ? java : []),
      ...(parts.includes('kdk') ? await kdkPackages(options, known, temporary) : []),
    ]);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function kafkaPackages(options: HostPackages): Promise<PackageFile[]> {
  const { kafkaVersion, progress, env = process.env, signal } = options;
  const { path, jmxExporterJar } = await kafkaHome({
    ...{ version: kafkaVersion, metrics: true, progress, env },
    ...(signal === undefined ? {} : { signal }),
  });
  const top = `kafka_2.13-${kafkaVersion}`;
  const files = ['bin', 'config', 'libs'].flatMap((part) => folderFiles(join(path, part), `${top}/${part}`));
  const exporter: ContextFile = { path: basename(jmxExporterJar), from: { file: jmxExporterJar }, executable: false };
  await pinned('jmx-exporter', 'the JMX exporter', [exporter]);
  // A Kafka of the user's own is the user's to know.
  if ((env.KAFKA_HOME ?? '') === '')
    await pinned(
      kafkaVersion,
      `Apache Kafka ${kafkaVersion}`,
      files.filter((file) => file.path.startsWith(`${top}/libs/`)),
    );
  return [
    await archivePackage(`${top}.tgz`, `Apache Kafka ${kafkaVersion}`, files),
    await copiedPackage(
      EXPORTER,
      `JMX exporter ${/(\d+(?:\.\d+)+)/.exec(dirname(jmxExporterJar))![1]}`,
      jmxExporterJar,
    ),
  ];
}

const EXPORTER = 'jmx_prometheus_javaagent.jar';

/** The list of what was published knows the jar of the exporter by the name that images and hosts give it. */
async function pinned(release: string, what: string, files: readonly ContextFile[]): Promise<void> {
  const digests = [];
  for (const file of files) {
    const path = release === 'jmx-exporter' ? EXPORTER : file.path;
    digests.push({ path, digest: await sha256(file) });
  }
  checkPinned(release, what, digests);
}

async function kdkPackages(options: HostPackages, known: Set<Architecture>, temporary: string): Promise<PackageFile[]> {
  const { kitVersion, progress, env = process.env, signal } = options;
  const given: NodeProgram[] = [];
  for (const archive of options.node) given.push(await givenNode(archive, temporary));
  for (const { architecture } of given) known.add(architecture);
  const wanted =
    options.architectures ?? (known.size === 0 ? ARCHITECTURES : ARCHITECTURES.filter((one) => known.has(one)));
  const made: PackageFile[] = [];
  for (const architecture of wanted) {
    const node =
      given.find((one) => one.architecture === architecture) ??
      (await nodeProgram(architecture, { progress, env, ...(signal === undefined ? {} : { signal }) }));
    const top = `kdk-${kitVersion}`;
    const files: ContextFile[] = [
      { path: `${top}/bin/kdk`, from: { content: LAUNCHER }, executable: true },
      ...folderFiles(node.folder, `${top}/node`).filter(({ path }) => !path.endsWith('/manifest.json')),
      ...kitFiles().map((file) => ({ ...file, path: file.path.replace('/opt/kdk', top) })),
    ];
    made.push(
      await archivePackage(
        `${top}-${architecture}.tgz`,
        `kdk ${kitVersion} with ${node.what} for ${architecture}`,
        files,
      ),
    );
  }
  return made;
}

/** Runs from wherever it was unpacked, also by a link. */
const LAUNCHER = `#!/bin/sh
set -eu
home=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")
exec "$home/node/node" "$home/dist/bin/kdk.js" "$@"
`;
