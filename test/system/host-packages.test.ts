import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { kafkaRelease } from '../../lib/core/versions';
import { REPOSITORY, TemporaryProject } from '../support/kdk';

describe('a rendered folder with its packages', () => {
  const project = new TemporaryProject({
    'environments/base.yaml': readFileSync(join(REPOSITORY, 'environments/base.yaml'), 'utf8'),
    'environments/dc1.yaml': readFileSync(join(REPOSITORY, 'environments/dc1.yaml'), 'utf8'),
  });
  const packages = async (): Promise<{ file: string; changed: boolean }[]> => {
    const { stdout, status } = await project.kdk(['packages', 'dc1', '--out', 'out', '--only', 'kafka', '--json']);
    expect(status).toBe(0);
    return (JSON.parse(stdout) as { result: { packages: { file: string; changed: boolean }[] } }).result.packages;
  };
  afterAll(() => project.remove());

  test('installs the real Kafka where there is no network, with the tools that the runbook uses', async () => {
    expect((await project.kdk(['render', 'dc1', '--out', 'out'])).status).toBe(0);
    expect((await packages()).map(({ changed }) => changed)).toEqual([true, true]);
    expect((await packages()).map(({ changed }) => changed)).toEqual([false, false]);
    // What copies the folder of one host has everything: the links hold.
    execFileSync('cp', ['-r', project.path('out/b1'), project.path('host')]);
    const image = project.path('image');
    const env = { ...process.env, DESTDIR: image };
    // A network namespace of its own has no way out.
    const installed = spawnSync('unshare', ['--net', project.path('host/install.sh')], { encoding: 'utf8', env });
    expect(installed).toMatchObject({ status: 0, stderr: '' });
    const { patch } = kafkaRelease('4.3')!;
    const home = join(image, `opt/kafka-${patch}`);
    expect(readdirSync(join(home, 'libs'))).toContain(`kafka_2.13-${patch}.jar`);
    const runbook = readFileSync(project.path('out/RUNBOOK.md'), 'utf8');
    const tools = new Set([...runbook.matchAll(/\$KAFKA\/bin\/(kafka-[\w-]+\.sh)/g)].map(([, tool]) => tool!));
    expect(tools.size).toBeGreaterThan(0);
    for (const tool of tools) expect(statSync(join(home, 'bin', tool)).mode & 0o111).not.toBe(0);
    const id = execFileSync(join(home, 'bin/kafka-storage.sh'), ['random-uuid'], { encoding: 'utf8' });
    expect(id).toMatch(/^[\w-]{22}\n$/);
    const again = spawnSync(project.path('host/install.sh'), { encoding: 'utf8', env });
    expect(again).toMatchObject({ status: 0, stdout: '', stderr: '' });
  }, 240_000);
});
