import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KAFKA_RELEASES } from '../../lib/core/versions/kafka-versions';
import { writeContext, type BuildContext } from '../../lib/local/images/build-context';
import { checkPinned } from '../../lib/local/images/pinned-artifacts';

describe('the folder that an image is built from', () => {
  let root: string;
  let context: BuildContext;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kdk-context-'));
    writeFileSync(join(root, 'a.jar'), 'a jar');
    chmodSync(join(root, 'a.jar'), 0o600);
    context = {
      folder: join(root, 'images/kafka'),
      dockerfile: 'FROM scratch\n',
      folders: ['/opt/kafka/plugins'],
      files: [
        { path: '/opt/kafka/libs/a.jar', from: { file: join(root, 'a.jar') }, executable: false },
        { path: '/opt/kafka/bin/tool.sh', from: { content: '#!/bin/sh\n' }, executable: true },
      ],
      list: '/opt/kafka/artifacts.txt',
    };
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const at = (path: string): string => join(context.folder, path);
  const check = (): number | null =>
    spawnSync('sha256sum', ['-c', '--strict', 'SHA256SUMS'], { cwd: context.folder }).status;

  test('holds every file with its checksum, readable by anyone, changed by nobody, and of no time', async () => {
    const written = await writeContext(context);
    expect(written).toMatchObject({ files: 3, changed: true });
    expect(check()).toBe(0);
    expect(readFileSync(at('files/opt/kafka/artifacts.txt'), 'utf8')).toMatch(
      /^[0-9a-f]{64} {2}\/opt\/kafka\/bin\/tool\.sh\n[0-9a-f]{64} {2}\/opt\/kafka\/libs\/a\.jar\n$/,
    );
    expect(statSync(at('files/opt/kafka/libs/a.jar')).mode & 0o7777).toBe(0o644);
    expect(statSync(at('files/opt/kafka/bin/tool.sh')).mode & 0o7777).toBe(0o755);
    expect(statSync(at('files/opt/kafka/libs')).mtime.getUTCFullYear()).toBe(1980);
    expect(readdirSync(at('files/opt/kafka/plugins'))).toEqual([]);
  });

  test('is left alone by a second run, and has the same name for the same content anywhere', async () => {
    const first = await writeContext(context);
    const { mtimeMs } = statSync(at('SHA256SUMS'));
    expect(await writeContext(context)).toEqual({ ...first, changed: false });
    expect(statSync(at('SHA256SUMS')).mtimeMs).toBe(mtimeMs);
    expect((await writeContext({ ...context, folder: join(root, 'elsewhere') })).hash).toBe(first.hash);
    expect((await writeContext({ ...context, dockerfile: 'FROM other\n' })).hash).not.toBe(first.hash);
  });

  test.each<[string, () => void]>([
    ['a file that was changed', () => writeFileSync(at('files/opt/kafka/libs/a.jar'), 'another')],
    ['a file that was put beside', () => writeFileSync(at('files/opt/kafka/libs/b.jar'), 'another')],
    ['a file that is gone', () => rmSync(at('files/opt/kafka/libs/a.jar'))],
  ])('is made anew after %s', async (_, spoil) => {
    await writeContext(context);
    spoil();
    expect((await writeContext(context)).changed).toBe(true);
    expect(check()).toBe(0);
    expect(readdirSync(at('files/opt/kafka/libs'))).toEqual(['a.jar']);
    expect(readdirSync(join(root, 'images'))).toEqual(['kafka']);
  });

  test('fails with a source that is gone, and leaves what was there as it was', async () => {
    await writeContext(context);
    const missing = { path: '/opt/kafka/libs/c.jar', from: { file: join(root, 'c.jar') }, executable: false };
    await expect(writeContext({ ...context, files: [...context.files, missing] })).rejects.toThrow('ENOENT');
    expect(check()).toBe(0);
    expect(readdirSync(join(root, 'images'))).toEqual(['kafka']);
  });

  test('fails where something else is in the way, which stays', async () => {
    mkdirSync(context.folder, { recursive: true });
    writeFileSync(at('thesis.txt'), 'ten years');
    await expect(writeContext(context)).rejects.toThrow(/something else is in the way, got .*images\/kafka/);
    expect(existsSync(at('thesis.txt'))).toBe(true);
  });
});

describe('what was published', () => {
  const jar = (digest: string, name = 'jmx_prometheus_javaagent.jar') => ({
    path: `/opt/jmx-exporter/${name}`,
    digest,
  });
  const pinned = JSON.parse(readFileSync('lib/local/images/pinned-artifacts.json', 'utf8')) as Record<
    string,
    Record<string, string>
  >;

  test('is known of every release that images are made of', () => {
    const releases = KAFKA_RELEASES.filter(({ selfManaged }) => selfManaged).map(({ patch }) => patch);
    expect(Object.keys(pinned)).toEqual([...releases, 'jmx-exporter']);
    for (const release of releases) expect(pinned[release]).toHaveProperty([`kafka_2.13-${release}.jar`]);
  });

  test('passes, and so does a release that nobody pinned', () => {
    const [name, digest] = Object.entries(pinned['jmx-exporter']!)[0]!;
    expect(() => checkPinned('jmx-exporter', 'the JMX exporter', [jar(digest, name)])).not.toThrow();
    expect(() => checkPinned('4.3.0', 'Apache Kafka 4.3.0', [jar('0', 'kafka.jar')])).not.toThrow();
  });

  test('fails for another jar of that name, and for one that nobody knows, both at once', () => {
    const check = (): void => checkPinned('jmx-exporter', 'the JMX exporter', [jar('0bad'), jar('1bad', 'miner.jar')]);
    expect(check).toThrow('2 files are not what was published for the JMX exporter, got');
    expect(check).toThrow(/jmx_prometheus_javaagent\.jar with sha256 0bad; [0-9a-f]{64} is allowed/);
    expect(check).toThrow('miner.jar with sha256 1bad; no file of that name is allowed.');
  });
});
