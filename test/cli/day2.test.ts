import { existsSync, readFileSync, statSync } from 'node:fs';
import { STACK_TRACE, TemporaryProject } from '../support/kdk';
import { kubernetesText } from '../support/manifests';

const pools = (brokers: number, size = '1GiB'): string =>
  `{ controllers: { roles: [controller], replicas: 3, volumes: [{ size: 1GiB }] }, brokers: { roles: [broker], replicas: ${brokers}, volumes: [{ size: ${size} }] } }`;
const text = (brokers: number, size?: string): string =>
  kubernetesText({ pools: pools(brokers, size), more: 'acknowledge: []' }).replace(
    "kafka: 'registry.example/kafka:4.3.1'",
    `kafka: 'registry.example/kafka@sha256:${'a'.repeat(64)}', tools: 'registry.example/tools@sha256:${'b'.repeat(64)}'`,
  );

describe('kdk render --day2', () => {
  const project = new TemporaryProject({ 'environments/small.yaml': text(3), 'former.yaml': text(3) });
  const read = (file: string): string => readFileSync(project.path(file), 'utf8');
  afterAll(() => project.remove());

  test('writes the runbook from a former file, from the lock, and from a former lock', async () => {
    project.write('environments/small.yaml', text(4, '2GiB'));
    const since = await project.kdk(['render', 'small', '--day2', 'out/since', '--since', 'former.yaml', '--json']);
    expect(since.stderr).not.toMatch(STACK_TRACE);
    expect(since.status).toBe(0);
    expect(read('out/since/runbook.md')).toMatch(/^# small: from former\.yaml to what is written now/);
    expect(read('out/since/runbook.md')).toContain('Grow volume 0 of pool brokers from 1GiB to 2GiB');
    expect(read('out/since/runbook.md')).toContain('Add the brokers 103');
    expect(statSync(project.path('out/since/roll.sh')).mode & 0o777).toBe(0o755);

    project.write('environments/small.yaml', text(3));
    expect(await project.kdk(['lock', 'small', '--formed'])).toMatchObject({ status: 0 });
    project.write('former.lock.json', read('environments/small.lock.json'));
    project.write('environments/small.yaml', text(4));
    expect(await project.kdk(['render', 'small', '--day2', 'out/lock'])).toMatchObject({ status: 0 });
    const locked = read('out/lock/runbook.md');
    expect(locked).toMatch(/^# small: from what is locked to/);
    expect(locked).toContain('Add the brokers 103');
    expect(locked).not.toContain('Grow volume');
    await project.kdk(['lock', 'small']);
    expect(await project.kdk(['render', 'small', '--day2', 'out/lock', '--since', 'former.lock.json'])).toMatchObject({
      status: 0,
    });
    expect(read('out/lock/runbook.md')).toContain('Add the brokers 103');
    // Once it is locked nothing is left to do, and Jobs that were for it are gone.
    expect(await project.kdk(['render', 'small', '--day2', 'out/lock'])).toMatchObject({ status: 0 });
    expect(read('out/lock/runbook.md')).toContain('Nothing differs that takes more than an apply');
  });

  test.each<[string, readonly string[], number, RegExp]>([
    ['a file that is not there', ['--since', 'nothing.yaml'], 2, /nothing\.yaml/],
    ['a lock that is none', ['--since', 'broken.lock.json'], 1, /the lock file cannot be read, got not JSON/],
    ['a file of another cluster', ['--since', 'other.yaml'], 2, /these are two clusters, got other/],
  ])('fails with --since of %s', async (_, args, status, message) => {
    project.write('broken.lock.json', '{');
    project.write('other.yaml', text(3).replace('name: small', 'name: other'));
    const ran = await project.kdk(['render', 'small', '--day2', 'out/wrong', ...args]);
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).not.toMatch(STACK_TRACE);
    expect(ran.status).toBe(status);
    expect(existsSync(project.path('out/wrong'))).toBe(false);
  });

  test('fails where nothing says what runs', async () => {
    project.write('environments/fresh.yaml', text(3).replace('name: small', 'name: fresh'));
    const ran = await project.kdk(['render', 'fresh', '--day2', 'out/fresh']);
    expect(ran).toMatchObject({ status: 1 });
    expect(ran.stderr).toContain('nothing says what runs, got no lock of fresh');
  });
});
