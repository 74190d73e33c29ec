import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { Failure } from '../../core/issue';

/** Brokers and tools of Kafka 4 need it: KIP-1013. */
export const OLDEST_JAVA = 17;

export interface Java {
  /** What to run: a path below JAVA_HOME, or `java` from PATH. */
  readonly executable: string;
  /** 17, 21 */
  readonly version: number;
}

/** The Java that scripts of Kafka will run: the one of JAVA_HOME, else the one on PATH. */
export async function findJava(env: NodeJS.ProcessEnv): Promise<Java> {
  const home = env.JAVA_HOME;
  const executable = home === undefined || home === '' ? 'java' : join(home, 'bin', 'java');
  const where = executable === 'java' ? 'on PATH' : `at JAVA_HOME (${home})`;
  const { problem, output } = await run(executable, env);
  const text = /version "([^"]+)"/.exec(output)?.[1];
  if (problem !== undefined || text === undefined) {
    throw new Failure(
      'JAVA-MISSING',
      `there is no Java ${where}, got ${problem ?? (firstLine(output) || 'no version')}; Kafka runs on a JDK or JRE ${OLDEST_JAVA} or newer.`,
      executable === 'java'
        ? `Install a JDK ${OLDEST_JAVA} or newer (Debian: apt install openjdk-17-jdk-headless; macOS: brew install openjdk), or set JAVA_HOME to one.`
        : `Set JAVA_HOME to a JDK ${OLDEST_JAVA} or newer, or unset it to use the java on PATH.`,
    );
  }
  const version = javaMajor(text);
  if (version < OLDEST_JAVA) {
    throw new Failure(
      'JAVA-TOO-OLD',
      `the Java ${where} is too old for Kafka, got ${text}; ${OLDEST_JAVA} or newer is needed.`,
      'Install a newer JDK and set JAVA_HOME to it.',
    );
  }
  return { executable, version };
}

/** `17.0.15` is 17; up to Java 8 the second number counted: `1.8.0_392` is 8. */
export function javaMajor(version: string): number {
  const [first, second] = version.split(/[^0-9]+/).map(Number);
  return first === 1 ? (second ?? 1) : (first ?? 0);
}

function run(executable: string, env: NodeJS.ProcessEnv): Promise<{ problem?: string; output: string }> {
  return new Promise((done) => {
    execFile(executable, ['-version'], { env, timeout: 60_000 }, (error, stdout, stderr) => {
      const output = `${stderr}${stdout}`;
      if (error === null) return done({ output });
      const { code } = error as { code?: string | number | null };
      // macOS answers with a text and a status when no Java is installed behind its own /usr/bin/java.
      const problem = typeof code === 'string' ? code : firstLine(output) || `exit status ${code ?? 'unknown'}`;
      done({ problem, output });
    });
  });
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
