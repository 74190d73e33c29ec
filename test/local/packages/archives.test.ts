import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContextFile } from '../../../lib/local/images/context-file';
import { javaArchive } from '../../../lib/local/packages/java-archive';
import { givenNode } from '../../../lib/local/packages/node-program';
import { readArchive } from '../../../lib/local/packages/read-archive';
import { writeArchive } from '../../../lib/local/packages/write-archive';

/** The head of a program for Linux on this machine. */
const program = (machine: number): Buffer => {
  const head = Buffer.alloc(64);
  head.write('\x7fELF', 'latin1');
  head.writeUInt16LE(machine, 18);
  return head;
};

describe('archives', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'kdk-archives-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** An archive made by tar itself, of files below one folder. */
  const archive = (files: Readonly<Record<string, string | Buffer>>): string => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(root, 'in/top', path, '..'), { recursive: true });
      writeFileSync(join(root, 'in/top', path), content);
    }
    execFileSync('tar', ['-czf', join(root, 'given.tar.gz'), '-C', join(root, 'in'), 'top']);
    return join(root, 'given.tar.gz');
  };

  test('are unpacked by tar as they were packed, with long paths and modes, and are the same bytes every time', async () => {
    const long = `${'folder/'.repeat(20)}file`;
    writeFileSync(join(root, 'source'), 'of a file');
    const files: ContextFile[] = [
      { path: 'top/bin/tool', from: { content: '#!/bin/sh\n' }, executable: true },
      { path: `top/${long}`, from: { file: join(root, 'source') }, executable: false },
      { path: 'top/empty', from: { content: '' }, executable: false },
    ];
    const sum = (name: string): string =>
      createHash('sha256')
        .update(readFileSync(join(root, name)))
        .digest('hex');
    await writeArchive(join(root, 'a.tgz'), files);
    await writeArchive(join(root, 'b.tgz'), files);
    expect(sum('a.tgz')).toBe(sum('b.tgz'));
    mkdirSync(join(root, 'out'));
    execFileSync('tar', ['-xzf', join(root, 'a.tgz'), '-C', join(root, 'out')]);
    expect(readFileSync(join(root, 'out/top', long), 'utf8')).toBe('of a file');
    expect(statSync(join(root, 'out/top/bin/tool')).mode & 0o777).toBe(0o755);
    expect(statSync(join(root, 'out/top/empty')).size).toBe(0);
    const read = await readArchive(join(root, 'a.tgz'), (name) => name.endsWith('/file'));
    expect([...read].map(([name, content]) => [name, content.toString()])).toEqual([[`top/${long}`, 'of a file']]);
  });

  test('of a Java runtime say for what machine and which version they are', async () => {
    const path = archive({ 'bin/java': program(0xb7), release: 'JAVA_VERSION="21.0.5"\nOS_NAME="Linux"\n' });
    expect(await javaArchive(path)).toEqual({ path, architecture: 'arm64', version: '21.0.5' });
  });

  test.each<[string, Readonly<Record<string, string | Buffer>>, string]>([
    ['no runtime', { 'lib/a.jar': '' }, 'got no bin/java in'],
    ['one without its version', { 'bin/java': program(0x3e) }, 'got no release in'],
    ['a Java too old', { 'bin/java': program(0x3e), release: 'JAVA_VERSION="11.0.2"\n' }, 'got Java 11.0.2 in'],
    ['one for macOS', { 'bin/java': '\xcf\xfa', release: 'JAVA_VERSION="21.0.5"\n' }, 'got no program for Linux in'],
    ['one for another machine', { 'bin/java': program(0x16), release: 'JAVA_VERSION="21.0.5"\n' }, 'machine 0x16 in'],
  ])('fails on a Java archive with %s', async (_, files, message) => {
    await expect(javaArchive(archive(files))).rejects.toMatchObject({
      code: 'PACKAGES-JAVA',
      message: expect.stringContaining(message),
    });
  });

  test('fails on what is no archive, and on what is not there', async () => {
    writeFileSync(join(root, 'text'), 'not an archive');
    for (const path of [join(root, 'text'), join(root, 'nothing')])
      await expect(javaArchive(path)).rejects.toMatchObject({ code: 'PACKAGES-JAVA' });
  });

  test('a Node.js of the user is taken out of its archive with its licence', async () => {
    const node = await givenNode(archive({ 'bin/node': program(0x3e), LICENSE: 'terms' }), join(root, 'node'));
    expect(node).toMatchObject({ architecture: 'x64', folder: join(root, 'node/x64') });
    expect(statSync(join(node.folder, 'node')).mode & 0o777).toBe(0o755);
    expect(readFileSync(join(node.folder, 'LICENSE'), 'utf8')).toBe('terms');
    await expect(givenNode(archive({ 'bin/node': 'a script' }), join(root, 'other'))).rejects.toMatchObject({
      code: 'PACKAGES-NODE',
    });
  });
});
