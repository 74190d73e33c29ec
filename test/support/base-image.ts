import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What the build and the start of the images call. */
const PROGRAMS = [
  ...['sh', 'bash', 'sha256sum', 'find', 'grep', 'wc', 'test', 'rm', 'ln', 'cp', 'chmod', 'id', 'env', 'touch', 'cat'],
  // Kafka's tools find their home by these.
  ...['dirname', 'basename'],
];

/** A root file system of programs of this machine, with what they are linked against, and one program that is set-user-id. */
export function baseRoot(folder: string, extra: readonly string[] = []): void {
  for (const each of ['usr/bin', 'usr/lib', 'usr/lib64', 'usr/local/bin', 'etc', 'tmp', 'opt']) {
    mkdirSync(join(folder, each), { recursive: true });
  }
  chmodSync(join(folder, 'tmp'), 0o1777);
  for (const each of ['bin', 'lib', 'lib64']) symlinkSync(`usr/${each}`, join(folder, each));
  for (const program of [...PROGRAMS.map(which), ...extra]) {
    addProgram(folder, program, `/usr/bin/${basename(program)}`);
  }
  copyFileSync(which('id'), join(folder, 'usr/bin/id-of-root'));
  chmodSync(join(folder, 'usr/bin/id-of-root'), 0o4755);
}

/** A Java of those modules that Kafka and its exporter need, in /opt/java, with what it is linked against. */
export function addJava(folder: string): void {
  const home = /^\s*java\.home = (.+)$/m.exec(
    execFileSync('sh', ['-c', 'java -XshowSettings:properties -version 2>&1'], { encoding: 'utf8' }),
  )![1]!;
  const modules =
    'java.base,java.management,java.naming,java.xml,java.logging,java.security.jgss,java.security.sasl,java.sql,java.desktop,jdk.unsupported,jdk.httpserver';
  const output = join(folder, 'opt/java');
  execFileSync(join(home, 'bin/jlink'), [
    '--add-modules',
    modules,
    '--strip-debug',
    '--no-man-pages',
    '--output',
    output,
  ]);
  for (const file of ['bin/java', 'lib/libjli.so', 'lib/server/libjvm.so']) addLibraries(folder, join(output, file));
  symlinkSync('/opt/java/bin/java', join(folder, 'usr/local/bin/java'));
}

function addProgram(folder: string, program: string, place: string): void {
  copyFileSync(realpathSync(program), join(folder, place));
  chmodSync(join(folder, place), 0o755);
  addLibraries(folder, program);
}

function addLibraries(folder: string, program: string): void {
  const linked = execFileSync('ldd', [program], { encoding: 'utf8' });
  for (const [, library] of linked.matchAll(/(\/\S+\.so\S*) \(0x/g)) {
    const target = join(folder, library!);
    if (existsSync(target) || target.startsWith(join(folder, 'opt')) || library!.startsWith(folder)) continue;
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(realpathSync(library!), target);
    chmodSync(target, 0o755);
  }
}

/** The file that is run by that name; some names are a word of the shell too. */
function which(program: string): string {
  return execFileSync('bash', ['-c', 'type -P "$0"', program], { encoding: 'utf8' }).trim();
}
