import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubernetesText } from '../support/manifests';
import { addJava, baseRoot } from '../support/base-image';
import { kdk } from '../support/kdk';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const ENVIRONMENT = kubernetesText({
  version: '1.35',
  more: "connect: { plugins: { files: { maven: 'org.apache.kafka:connect-file:4.3.1' }, json: { maven: 'org.apache.kafka:connect-json:4.3.1' } } }",
}).replace(
  "{ kafka: 'registry.example/kafka:4.3.1' }",
  `{ kafka: 'registry.example/kafka@${DIGEST}', tools: 'registry.example/tools@${DIGEST}', plugins: { json: { image: 'registry.example/json@${DIGEST}', delivery: image-volume } } }`,
);

/** Really built, by buildah, on bases that are put together from programs of this machine: no registry is asked. */
describe('the images of the kit', () => {
  const root = mkdtempSync(join(tmpdir(), 'kdk-images-'));
  const context = join(root, 'context');

  const buildah = (...args: string[]): { status: number | null; stdout: string; text: string } => {
    const places = ['--storage-driver', 'vfs', '--root', join(root, 'storage'), '--runroot', join(root, 'run')];
    const { status, stdout, stderr, error } = spawnSync('buildah', [...places, ...args], { encoding: 'utf8' });
    if (error !== undefined) throw error;
    return { status, stdout, text: `${stdout}${stderr}` };
  };
  const build = (image: string, folder: string, base: string): ReturnType<typeof buildah> =>
    buildah(
      'build',
      '--isolation',
      'chroot',
      '--timestamp',
      '0',
      '--build-arg',
      `BASE=${base}`,
      '--tag',
      image,
      folder,
    );
  /** What a shell in a container of the image prints. */
  const shell = (image: string, script: string): string => {
    const container = buildah('from', image).stdout.trim();
    const { status, text } = buildah('run', '--isolation', 'chroot', container, '--', 'bash', '-c', script);
    buildah('rm', container);
    expect({ status, text }).toEqual({ status: 0, text });
    return text.trim();
  };
  const configOf = (image: string): { User: string; Labels: Record<string, string>; Volumes?: object } =>
    (JSON.parse(buildah('inspect', '--type', 'image', image).stdout) as { OCIv1: { config: never } }).OCIv1.config;

  beforeAll(async () => {
    writeFileSync(join(root, 'small.yaml'), ENVIRONMENT);
    expect(await kdk(root, ['images', 'small.yaml', '--out', 'context'])).toMatchObject({ status: 0 });
    for (const [name, fill] of [
      ['java', (folder: string) => (baseRoot(folder), addJava(folder))],
      ['node', (folder: string) => baseRoot(folder, [process.execPath])],
    ] as const) {
      mkdirSync(join(root, name));
      fill(join(root, name, 'root'));
      writeFileSync(join(root, name, 'Dockerfile'), 'FROM scratch\nCOPY root /\nENV PATH=/usr/local/bin:/usr/bin\n');
      expect(buildah('build', '--tag', `base/${name}`, join(root, name))).toMatchObject({ status: 0 });
    }
  }, 600_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('run Kafka as a user who may change nothing of it, with no program that makes him more', () => {
    expect(build('kafka', join(context, 'kafka'), 'base/java')).toMatchObject({ status: 0 });
    expect(configOf('kafka')).toMatchObject({
      User: '1000:1000',
      Labels: { 'org.opencontainers.image.version': '4.3.1', 'org.opencontainers.image.base.name': 'base/java' },
    });
    expect(configOf('kafka')).not.toHaveProperty('Volumes');
    const script = [
      'id -u',
      'kafka-storage.sh random-uuid | wc -c',
      'sha256sum -c --strict --quiet /opt/kafka/artifacts.txt && echo whole',
      'find / -xdev -type f -perm /6000 2>/dev/null | wc -l',
      'find /opt -writable | wc -l',
      'cd /opt/kafka/plugins && echo *',
      'test -f /opt/jmx-exporter/jmx_prometheus_javaagent.jar && echo exporter',
    ];
    expect(shell('kafka', script.join('\n')).split('\n')).toEqual([
      '1000',
      '23',
      'whole',
      '0',
      '0',
      'files',
      'exporter',
    ]);
  }, 600_000);

  test('run kdk, and bring the exporter along for a Kafka image that lacks it', () => {
    expect(build('tools', join(context, 'tools'), 'base/node')).toMatchObject({ status: 0 });
    const script = [
      'id -u',
      'kdk reconcile --help | grep -c DESIRED',
      'sha256sum -c --strict --quiet /opt/kdk/artifacts.txt && echo whole',
      'sh -c \'cp -Rf "$1/." "$2/"\' copy /opt/jmx-exporter /tmp && test -s /tmp/jmx_prometheus_javaagent.jar && echo copied',
    ];
    expect(shell('tools', script.join('\n')).split('\n')).toEqual(['1000', '1', 'whole', 'copied']);
  }, 600_000);

  test('hold a plugin and nothing else where pods mount the image', () => {
    const made = build('plugin', join(context, 'plugin-json'), 'base/node');
    expect(made).toMatchObject({ status: 0 });
    const container = buildah('from', 'plugin').stdout.trim();
    const folder = buildah('mount', container).stdout.trim();
    const { stdout } = spawnSync('find', [folder, '-type', 'f', '-printf', '/%P\n'], { encoding: 'utf8' });
    expect(stdout).toContain('/opt/kafka/plugins/json/connect-json-4.3.1.jar\n');
    expect(
      stdout
        .trim()
        .split('\n')
        .filter((path) => !path.startsWith('/opt/kafka/plugins/json/')),
    ).toEqual([]);
  }, 600_000);

  test('fail to be built from a file that was changed on its way, and name it', () => {
    appendFileSync(join(context, 'tools/files/opt/kdk/package.json'), ' ');
    const { status, text } = build('changed', join(context, 'tools'), 'base/node');
    expect(status).not.toBe(0);
    expect(text).toContain('files/opt/kdk/package.json: FAILED');
    expect(text).toContain('the files are not those that kdk images wrote: run it again');
  }, 600_000);

  test('fail to be built on a base that lacks what they need', () => {
    const { status, text } = build('baseless', join(context, 'kafka'), 'base/node');
    expect(status).not.toBe(0);
    expect(text).toContain('the base image base/node lacks java: give another one');
  }, 600_000);
});
