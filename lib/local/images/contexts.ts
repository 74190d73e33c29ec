import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Progress } from '../../core/issue';
import { JMX_EXPORTER_FOLDER, PLUGINS_FOLDER } from '../../core/model';
import { kafkaHome } from '../kafka-home';
import { writeContext, type Digest, type WrittenContext } from './build-context';
import { folderFiles, type ContextFile } from './context-file';
import { kitFiles } from './kit-files';
import { checkPinned } from './pinned-artifacts';
import { pluginJars } from './plugin-jars';

/** A plugin of Connect, by its name in the environment and its Maven coordinates. */
export interface MavenPlugin {
  readonly name: string;
  readonly maven: string;
}

export interface ImageContexts {
  /** Where the folders of the images go, one each. */
  readonly folder: string;
  /** Patch release: `4.3.1`. */
  readonly kafkaVersion: string;
  /** Of the kit. */
  readonly kitVersion: string;
  readonly progress: Progress;
  /** @default the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

export interface ImageContext extends WrittenContext {
  /** What is inside, in words. */
  readonly contents: readonly string[];
  /** A tag by what is inside. */
  readonly tag: string;
}

const JAR = 'jmx_prometheus_javaagent.jar';

/** The image of brokers, controllers and workers, with these plugins. */
export async function kafkaContext(options: ImageContexts, plugins: readonly MavenPlugin[]): Promise<ImageContext> {
  const { kafkaVersion } = options;
  const { path, jmxExporterJar } = await home(options);
  const jars = await allJars(options, plugins);
  return context(options, {
    name: 'kafka',
    version: kafkaVersion,
    contents: [
      `Apache Kafka ${kafkaVersion}`,
      exporterName(jmxExporterJar),
      ...plugins.map(({ name, maven }) => `${name} (${maven})`),
    ],
    list: '/opt/kafka/artifacts.txt',
    folders: [PLUGINS_FOLDER],
    files: [
      ...['libs', 'bin', 'config'].flatMap((part) => folderFiles(join(path, part), `/opt/kafka/${part}`)),
      exporter(jmxExporterJar),
      ...jars,
    ],
  });
}

/** The image of the kit's own tools. */
export async function toolsContext(options: ImageContexts): Promise<ImageContext> {
  const { kitVersion } = options;
  const { jmxExporterJar } = await home(options);
  return context(options, {
    name: 'tools',
    version: kitVersion,
    contents: [`kdk ${kitVersion}`, exporterName(jmxExporterJar)],
    list: '/opt/kdk/artifacts.txt',
    files: [...kitFiles(), exporter(jmxExporterJar)],
  });
}

/** The image of one plugin; a pod that mounts it needs nothing else in it, one that copies it needs a shell. */
export async function pluginContext(
  options: ImageContexts,
  plugin: MavenPlugin,
  delivery: 'init-container' | 'image-volume',
): Promise<ImageContext> {
  const version = plugin.maven.split(':')[2]!;
  return context(options, {
    name: 'plugin',
    folder: `plugin-${plugin.name}`,
    version,
    contents: [plugin.maven],
    files: await allJars(options, [plugin]),
    ...(delivery === 'image-volume' ? { final: 'scratch' } : {}),
  });
}

interface Parts {
  readonly name: 'kafka' | 'tools' | 'plugin';
  /** @default name */
  readonly folder?: string;
  readonly version: string;
  readonly contents: readonly string[];
  readonly list?: string;
  readonly folders?: readonly string[];
  readonly files: readonly ContextFile[];
  readonly final?: string;
}

async function context({ folder, progress, env = process.env }: ImageContexts, parts: Parts): Promise<ImageContext> {
  const { name, version, final, contents, files, list, folders } = parts;
  const place = join(folder, parts.folder ?? name);
  progress({ step: `writing ${place}`, detail: `${files.length} files` });
  const text = readFileSync(join(__dirname, `${name}.Dockerfile`), 'utf8');
  const dockerfile = text
    .replace('ARG VERSION=unset', `ARG VERSION=${version}`)
    .replace('ARG FINAL=${BASE}', final === undefined ? 'ARG FINAL=${BASE}' : `ARG FINAL=${final}`);
  const written = await writeContext({
    folder: place,
    dockerfile,
    files,
    check: (sums) => {
      const below = (place: string): Digest[] => sums.filter((sum) => sum.path.startsWith(`${place}/`));
      checkPinned('jmx-exporter', 'the JMX exporter', below(JMX_EXPORTER_FOLDER));
      // A Kafka of the user's own is the user's to know.
      if ((env.KAFKA_HOME ?? '') === '') checkPinned(version, `Apache Kafka ${version}`, below('/opt/kafka/libs'));
    },
    ...(list === undefined ? {} : { list }),
    ...(folders === undefined ? {} : { folders }),
  });
  return { ...written, contents, tag: `${version.replace(/[^\w.-]/g, '-')}-${written.hash}` };
}

function home({ kafkaVersion, progress, env, signal }: ImageContexts): ReturnType<typeof kafkaHome> {
  return kafkaHome({
    version: kafkaVersion,
    metrics: true,
    progress,
    ...(env === undefined ? {} : { env }),
    ...(signal === undefined ? {} : { signal }),
  });
}

async function allJars(
  { progress, env = process.env, signal }: ImageContexts,
  plugins: readonly MavenPlugin[],
): Promise<ContextFile[]> {
  const files: ContextFile[] = [];
  for (const { name, maven } of plugins) {
    const folder = await pluginJars({ maven, progress, env, ...(signal === undefined ? {} : { signal }) });
    files.push(...folderFiles(folder, `${PLUGINS_FOLDER}/${name}`, (path) => path.endsWith('.jar')));
  }
  return files;
}

function exporter(file: string): ContextFile {
  return { path: `${JMX_EXPORTER_FOLDER}/${JAR}`, from: { file }, executable: false };
}

function exporterName(file: string): string {
  return `JMX exporter ${/(\d+(?:\.\d+)+)/.exec(basename(dirname(file)))![1]}`;
}
