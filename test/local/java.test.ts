import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findJava, javaMajor } from '../../lib/local/kafka-home/java';

describe('the Java that Kafka runs on', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kdk-java-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A program that answers to `-version` as a Java does. */
  function fakeJava(directory: string, script: string): void {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'java'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(directory, 'java'), 0o755);
  }
  const says = (version: string): string => `echo 'openjdk version "${version}" 2025-04-15' >&2`;

  test.each([
    ['17.0.15', 17],
    ['21', 21],
    ['26-ea', 26],
    ['1.8.0_392', 8],
    ['9.0.4', 9],
  ])('reads version %s as %i', (text, major) => expect(javaMajor(text)).toBe(major));

  test('is the one on PATH', async () => {
    fakeJava(folder, says('21.0.2'));
    expect(await findJava({ PATH: `${folder}:/bin:/usr/bin` })).toEqual({ executable: 'java', version: 21 });
  });

  test('is the one of JAVA_HOME before the one on PATH', async () => {
    fakeJava(folder, says('11.0.1'));
    fakeJava(join(folder, 'home', 'bin'), `echo 'Picked up JAVA_TOOL_OPTIONS: -Dx=1' >&2; ${says('17.0.15')}`);
    const home = join(folder, 'home');
    expect(await findJava({ PATH: folder, JAVA_HOME: home })).toEqual({
      executable: join(home, 'bin', 'java'),
      version: 17,
    });
  });

  test('fails where there is none', async () => {
    await expect(findJava({ PATH: folder })).rejects.toMatchObject({
      code: 'JAVA-MISSING',
      status: 1,
      message: expect.stringContaining('there is no Java on PATH, got ENOENT'),
    });
  });

  test('fails where JAVA_HOME has none, and names it', async () => {
    const promise = findJava({ PATH: process.env.PATH, JAVA_HOME: folder });
    await expect(promise).rejects.toMatchObject({ code: 'JAVA-MISSING', message: expect.stringContaining(folder) });
  });

  test('fails where the java on PATH only says how to get one, as on macOS', async () => {
    fakeJava(folder, 'echo "The operation could not be completed. Unable to locate a Java Runtime." >&2; exit 1');
    await expect(findJava({ PATH: `${folder}:/bin` })).rejects.toMatchObject({
      code: 'JAVA-MISSING',
      message: expect.stringContaining('Unable to locate a Java Runtime'),
    });
  });

  test.each(['1.8.0_392', '11.0.22', '16.0.2'])('fails where it is as old as %s', async (version) => {
    fakeJava(folder, says(version));
    await expect(findJava({ PATH: `${folder}:/bin` })).rejects.toMatchObject({
      code: 'JAVA-TOO-OLD',
      message: expect.stringContaining(`got ${version}; 17 or newer`),
    });
  });
});
