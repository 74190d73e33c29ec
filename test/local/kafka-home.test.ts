import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProgressEvent } from '../../lib/core/issue';
import { writing } from '../../lib/local/file-failure';
import { kafkaHome, kafkaPaths } from '../../lib/local/kafka-home';
import { cachePlace } from '../../lib/local/kafka-home/cache';
import { toolNames } from '../../lib/local/kafka-home/tools';

describe('the home of Kafka', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  let told: ProgressEvent[];
  const assemble = (extra: NodeJS.ProcessEnv = {}) =>
    kafkaHome({ version: '4.3.1', metrics: false, progress: (event) => told.push(event), env: { ...env, ...extra } });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kdk-home-'));
    told = [];
    env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, KDK_CACHE: join(folder, 'cache') };
    program('java', `echo 'openjdk version "17.0.15" 2025-04-15' >&2`);
    // Stands for Maven where not Maven itself is looked at: copies one artifact, and counts its runs.
    program(
      'mvn',
      `for word; do case $word in -DoutputDirectory=*) out=\${word#*=} ;; esac; done
      echo run >>'${folder}/runs'; echo 'Downloaded from central: https://repo.example/kafka_2.13-4.3.1.jar (3 B at 1 B/s)'
      mkdir -p "$out" && printf jar >"$out/kafka_2.13-4.3.1.jar"`,
    );
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function program(name: string, script: string): void {
    mkdirSync(join(folder, 'bin'), { recursive: true });
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  const runsOfMaven = (): number =>
    existsSync(join(folder, 'runs')) ? readFileSync(join(folder, 'runs'), 'utf8').trim().split('\n').length : 0;
  const jar = (): string => join(folder, 'cache', 'kafka-4.3.1', 'libs', 'kafka_2.13-4.3.1.jar');

  test('is in KDK_CACHE, else in XDG_CACHE_HOME, else in ~/.cache', () => {
    expect(kafkaPaths('4.3.1', { KDK_CACHE: '/a' }).path).toBe('/a/kafka-4.3.1');
    expect(kafkaPaths('4.3.1', { XDG_CACHE_HOME: '/b' }).path).toBe('/b/kafka-deployment-kit/kafka-4.3.1');
    expect(kafkaPaths('4.3.1', {}).path).toBe(join(homedir(), '.cache/kafka-deployment-kit/kafka-4.3.1'));
    expect(kafkaPaths('4.3.1', { KAFKA_HOME: '/c', KDK_CACHE: '/a' }).path).toBe('/c');
  });

  test('is assembled once, with the tools, and used ever after', async () => {
    const { path } = await assemble();
    expect(await assemble()).toMatchObject({ path });
    expect(runsOfMaven()).toBe(1);
    expect(told).toContainEqual({ step: 'assembling Apache Kafka 4.3.1', done: 1, detail: 'kafka_2.13-4.3.1.jar' });
    expect(readdirSync(join(path, 'bin')).sort()).toEqual(
      toolNames()
        .map((name) => `${name}.sh`)
        .sort(),
    );
    expect(toolNames()).toEqual(expect.arrayContaining(['kafka-topics', 'kafka-console-consumer', 'kafka-storage']));
    expect(readdirSync(join(folder, 'cache')).filter((name) => name.includes('.tmp-'))).toEqual([]);
  });

  test.each<[string, () => void]>([
    ['libs/kafka_2.13-4.3.1.jar has another content', () => writeFileSync(jar(), 'jam')],
    ['libs/kafka_2.13-4.3.1.jar is missing', () => rmSync(jar())],
    ['libs/evil.jar does not belong there', () => writeFileSync(join(jar(), '../evil.jar'), 'x')],
    ['manifest.json cannot be read', () => rmSync(join(jar(), '../../manifest.json'))],
  ])('is assembled again when %s, and says so', async (problem, damage) => {
    await assemble();
    damage();
    await assemble();
    expect(told.map(({ detail }) => detail ?? '')).toContainEqual(expect.stringContaining(problem));
    expect(readFileSync(jar(), 'utf8')).toBe('jar');
    expect(readdirSync(join(jar(), '..'))).toEqual(['kafka_2.13-4.3.1.jar']);
    expect(runsOfMaven()).toBe(2);
  });

  test('is whole for both when two assemble it at once', async () => {
    const homes = await Promise.all([assemble(), assemble()]);
    expect(homes.map(({ path }) => path)).toEqual(Array(2).fill(join(folder, 'cache', 'kafka-4.3.1')));
    expect(readFileSync(jar(), 'utf8')).toBe('jar');
    expect(readdirSync(join(folder, 'cache')).sort()).toEqual(['kafka-4.3.1', 'kafka-4.3.1.maven.log']);
  });

  test('may be one of the user, of the right version', async () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    writeFileSync(join(own, 'libs'), 'a file');
    await expect(assemble({ KAFKA_HOME: own })).rejects.toMatchObject({ code: 'KAFKA-HOME-WRONG' });
    rmSync(join(own, 'libs'));
    mkdirSync(join(own, 'libs'));
    await expect(assemble({ KAFKA_HOME: own })).rejects.toMatchObject({ code: 'KAFKA-HOME-WRONG' });
    writeFileSync(join(own, 'libs', 'kafka_2.13-4.1.1.jar'), '');
    await expect(assemble({ KAFKA_HOME: own })).rejects.toThrow(/got 4\.1\.1 in .*; 4\.3\.1 is needed/);
    rmSync(join(own, 'libs', 'kafka_2.13-4.1.1.jar'));
    writeFileSync(join(own, 'libs', 'kafka_2.13-4.3.1.jar'), '');
    expect(await assemble({ KAFKA_HOME: own })).toMatchObject({ path: own });
    expect(runsOfMaven()).toBe(0);
  });

  test('fails without Maven', async () => {
    rmSync(join(folder, 'bin', 'mvn'));
    const PATH = join(folder, 'bin');
    program('java', `echo 'openjdk version "17.0.15" 2025-04-15' >&2`);
    await expect(assemble({ PATH })).rejects.toMatchObject({
      code: 'MAVEN-MISSING',
      hint: expect.stringContaining('KAFKA_HOME'),
    });
  });

  test('fails when Maven does, with its last words and where the rest is', async () => {
    program(
      'mvn',
      `echo '[INFO] Scanning'; echo '[ERROR] Could not transfer artifact: Connection refused'; echo '[ERROR] [Help 1] http://maven.example'; exit 1`,
    );
    const log = join(folder, 'cache', 'kafka-4.3.1.maven.log');
    await expect(assemble()).rejects.toMatchObject({
      code: 'KAFKA-DOWNLOAD',
      status: 3,
      message: expect.stringMatching(/got exit status 1;[^]*Connection refused$/),
      hint: expect.stringContaining(log),
    });
    expect(readFileSync(log, 'utf8')).toContain('[INFO] Scanning');
    expect(existsSync(join(folder, 'cache', 'kafka-4.3.1'))).toBe(false);
  });

  test('fails when Maven ends well and leaves no Kafka, and keeps nothing of it', async () => {
    program('mvn', 'exit 0');
    await expect(assemble()).rejects.toMatchObject({
      code: 'KAFKA-DOWNLOAD',
      message: expect.stringContaining('got no main jar'),
    });
    expect(existsSync(join(folder, 'cache', 'kafka-4.3.1'))).toBe(false);
  });

  test('fails when a jar does not have the checksum that the repository states', async () => {
    // A repository on this disk, and the real Maven.
    program('java', `exec ${realJava()} "$@"`);
    rmSync(join(folder, 'bin', 'mvn'));
    const settings = corruptRepository(join(folder, 'repository'));
    const arguments_ = `-Dmaven.repo.local=${join(folder, 'm2')}`;
    program('mvn', `PATH=\${PATH#*:}; exec mvn -s ${settings} ${arguments_} "$@"`);
    await expect(assemble()).rejects.toThrow(/[Cc]hecksum/);
  }, 120_000);

  test('fails when Maven finds no room on the disk', async () => {
    program('mvn', `echo '[ERROR] Failed to write: No space left on device'; exit 1`);
    await expect(assemble()).rejects.toMatchObject({ code: 'DISK-FULL' });
  });

  test('fails on a disk without room', async () => {
    const fill = (): void => writeFileSync('/dev/full', 'x');
    await expect(writing(cachePlace(env), fill)).rejects.toMatchObject({
      code: 'DISK-FULL',
      message: expect.stringContaining(join(folder, 'cache')),
    });
  });

  test.each(['/dev/null/kdk', '/sys/kdk'])('fails when the cache cannot be written: %s', async (cache) => {
    await expect(assemble({ KDK_CACHE: cache })).rejects.toMatchObject({
      code: 'CACHE-READ-ONLY',
      message: expect.stringContaining(`for ${cache}; it must be a folder that this user may write.`),
      hint: expect.stringContaining('KDK_CACHE'),
    });
  });

  test.each(['starting Maven', 'while it runs'])('stops Maven when it is interrupted: %s', async (when) => {
    program('mvn', 'exec sleep 600');
    const controller = new AbortController();
    const progress = ({ detail }: ProgressEvent): void => {
      if (detail === when) controller.abort();
      else setTimeout(() => controller.abort(), 500);
    };
    const promise = kafkaHome({ version: '4.3.1', metrics: false, progress, env, signal: controller.signal });
    await expect(promise).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(join(folder, 'cache')).filter((name) => name !== 'kafka-4.3.1.maven.log')).toEqual([]);
  });

  function realJava(): string {
    return execFileSync('sh', ['-c', 'command -v java'], { encoding: 'utf8' }).trim();
  }

  /** Settings that name a repository whose one file, the pom of the plugin, has a wrong checksum beside it. */
  function corruptRepository(repository: string): string {
    const directory = join(repository, 'org/apache/maven/plugins/maven-dependency-plugin/3.8.1');
    mkdirSync(directory, { recursive: true });
    const pom = join(directory, 'maven-dependency-plugin-3.8.1.pom');
    writeFileSync(pom, '<project/>');
    writeFileSync(`${pom}.sha1`, '0'.repeat(40));
    const settings = join(folder, 'settings.xml');
    writeFileSync(
      settings,
      `<settings><mirrors><mirror><id>disk</id><mirrorOf>*</mirrorOf><url>file://${repository}</url></mirror></mirrors></settings>`,
    );
    return settings;
  }
});
