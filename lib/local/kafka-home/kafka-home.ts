import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Failure, type Progress } from '../../core/issue';
import { assembled } from './assembled-folder';
import { cacheFolder, cachePlace } from './cache';
import { findJava, type Java } from './java';
import { copyArtifacts } from './maven';
import { TOOL_FILES, writeTools } from './tools';

/** The newest that Maven Central serves whole (2026-11-23). */
const JMX_EXPORTER_VERSION = '1.0.1';

export interface KafkaHomeOptions {
  /** Patch release: `4.3.1`. */
  readonly version: string;
  /** Whether nodes run with the JMX exporter as an agent. */
  readonly metrics: boolean;
  readonly progress: Progress;
  /** @default the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

export interface KafkaHome extends KafkaPaths {
  readonly java: Java;
}

export interface KafkaPaths {
  /** Folder with `libs` and `bin`. */
  readonly path: string;
  /** Jar of the JMX exporter; it is there where metrics are on. */
  readonly jmxExporterJar: string;
}

/** Where the Kafka of an environment is or will be: known before anything is assembled. */
export function kafkaPaths(version: string, env: NodeJS.ProcessEnv = process.env): KafkaPaths {
  const cache = resolve(cacheFolder(env));
  const exporter = `jmx_prometheus_javaagent-${JMX_EXPORTER_VERSION}.jar`;
  return {
    path: given(env) ?? join(cache, `kafka-${version}`),
    jmxExporterJar: join(cache, `jmx-exporter-${JMX_EXPORTER_VERSION}`, exporter),
  };
}

/** A Kafka that can be run: the one of KAFKA_HOME, or one assembled from Maven artifacts in a cache that all clones share; each file verified. */
export async function kafkaHome(options: KafkaHomeOptions): Promise<KafkaHome> {
  const { version, metrics, progress, signal, env = process.env } = options;
  const java = await findJava(env);
  const paths = kafkaPaths(version, env);
  const place = cachePlace(env);
  const cancel = signal === undefined ? {} : { signal };
  if (given(env) !== undefined) {
    checkGiven(paths.path, version);
  } else {
    const pom = join(__dirname, 'pom.xml');
    const what = `Apache Kafka ${version}`;
    await assembled({
      path: paths.path,
      what,
      recipe: [pom, ...TOOL_FILES],
      place,
      progress,
      fill: async (folder, log) => {
        const properties = { 'kafka.version': version };
        await copyArtifacts({ pom, properties, output: join(folder, 'libs'), log, what, env, progress, ...cancel });
        if (versionIn(folder) !== version) throw incomplete(what, log);
        writeTools(folder);
      },
    });
  }
  if (metrics) {
    const pom = join(__dirname, 'jmx-exporter.xml');
    const what = `JMX exporter ${JMX_EXPORTER_VERSION}`;
    await assembled({
      path: dirname(paths.jmxExporterJar),
      what,
      recipe: [pom],
      place,
      progress,
      fill: (output, log) =>
        copyArtifacts({
          pom,
          properties: { 'jmx-exporter.version': JMX_EXPORTER_VERSION },
          output,
          log,
          what,
          env,
          progress,
          ...cancel,
        }),
    });
  }
  return { ...paths, java };
}

function given(env: NodeJS.ProcessEnv): string | undefined {
  return env.KAFKA_HOME === undefined || env.KAFKA_HOME === '' ? undefined : resolve(env.KAFKA_HOME);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // not there, not a folder, or not to be read: no Kafka in any case
  }
}

/** A Kafka of the user's own is taken as it is, but it must be one, and of the environment's version. */
function checkGiven(path: string, version: string): void {
  const found = versionIn(path);
  if (found === version) return;
  throw new Failure(
    'KAFKA-HOME-WRONG',
    `KAFKA_HOME does not hold the Kafka of this environment, got ${found === undefined ? `no libs/kafka_2.13-*.jar in ${path}` : `${found} in ${path}`}; ${version} is needed.`,
    `Set KAFKA_HOME to an unpacked Kafka ${version}, or unset it to let the kit assemble one.`,
  );
}

/** The version of the Kafka in a folder, read off its main jar. */
function versionIn(path: string): string | undefined {
  return filesIn(join(path, 'libs'))
    .map((jar) => /^kafka_2\.\d+-(\d+\.\d+\.\d+)\.jar$/.exec(jar)?.[1])
    .find((match) => match !== undefined);
}

/** Maven said that all went well and left no Kafka: a settings file or a wrapper of its own is in the way. */
function incomplete(what: string, log: string): Failure {
  return new Failure(
    'KAFKA-DOWNLOAD',
    `Maven ended well and ${what} is not there, got no main jar; it must be among what Maven copies.`,
    `Read ${log}, and look at the Maven on the path and its settings.`,
    3,
  );
}
