import { Failure } from '../../core/issue';
import { javaMajor, OLDEST_JAVA } from '../kafka-home/java';
import { architectureOf, type Architecture } from './architecture';
import { readArchive } from './read-archive';

export interface JavaArchive {
  readonly path: string;
  readonly architecture: Architecture;
  /** As the runtime says: `21.0.5`. */
  readonly version: string;
}

/** Looks into an archive of a Java runtime: one folder with `bin/java` and `release`, for Linux, new enough for Kafka. */
export async function javaArchive(path: string): Promise<JavaArchive> {
  const refuse = (got: string, hint = HINT): Failure =>
    new Failure(
      'PACKAGES-JAVA',
      `the archive is no Java runtime for hosts, got ${got} in ${JSON.stringify(path)}; a .tar.gz with one folder that has bin/java and release, for Linux, is needed.`,
      hint,
      2,
    );
  let files: Map<string, Buffer>;
  try {
    files = await readArchive(path, (name) => /^[^/]+\/(release|bin\/java)$/.test(name));
  } catch (error) {
    throw refuse((error as NodeJS.ErrnoException).code ?? (error as Error).message);
  }
  const at = (file: string): Buffer | undefined => [...files].find(([name]) => name.endsWith(`/${file}`))?.[1];
  const [program, release] = [at('bin/java'), at('release')];
  if (program === undefined || release === undefined)
    throw refuse(`no ${program === undefined ? 'bin/java' : 'release'}`);
  const version = /^JAVA_VERSION="([^"]+)"/m.exec(release.toString('utf8'))?.[1];
  if (version === undefined) throw refuse('a release without JAVA_VERSION');
  if (javaMajor(version) < OLDEST_JAVA)
    throw refuse(`Java ${version}`, `Kafka 4 needs Java ${OLDEST_JAVA} or newer; give one.`);
  return { path, architecture: architectureOf(program, refuse), version };
}

const HINT = 'Give the archive of a JRE or JDK as its vendor offers it for Linux; each kind of machine needs its own.';
