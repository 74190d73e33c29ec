import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { MINIMAL } from '../support/environments';
import { TemporaryProject } from '../support/kdk';

const WITH_TOPIC = `${MINIMAL}topics:\n  orders: { partitions: 6 }\n`;

describe('kdk lock', () => {
  const project = new TemporaryProject({ 'environments/mini.yaml': WITH_TOPIC });
  const file = project.path('environments/mini.lock.json');
  const read = () => JSON.parse(readFileSync(file, 'utf8'));
  afterAll(() => project.remove());

  test('writes what must not change, says what changed, and leaves the rest alone', async () => {
    const first = await project.kdk(['lock', 'mini']);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toBe(
      'local is locked for the first time: 3 nodes, 3 voters, 1 topics, not yet formed\n' +
        'wrote environments/mini.lock.json; commit it together with the environment\n',
    );
    expect(read()).toMatchObject({
      schemaVersion: 1,
      environment: 'mini',
      targets: { local: { formed: false, topics: { orders: { partitions: 6, replicationFactor: 3 } } } },
    });

    const again = await project.kdk(['lock', 'mini']);
    expect(again).toMatchObject({ status: 0, stdout: 'environments/mini.lock.json is up to date\n' });

    project.write('environments/mini.yaml', WITH_TOPIC.replace('partitions: 6', 'partitions: 12'));
    const changed = await project.kdk(['lock', 'mini', '--json']);
    expect(changed).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(changed.stdout).result).toEqual({
      file: 'environments/mini.lock.json',
      target: 'local',
      written: true,
      changes: [{ path: 'topics.orders.partitions', left: '6', right: '12' }],
    });
    expect(readdirSync(project.path('environments'))).toEqual(['mini.lock.json', 'mini.yaml']);
  });

  test('records the first formation, which stays recorded', async () => {
    const formed = await project.kdk(['lock', 'mini', '--formed']);
    expect(formed.stdout).toContain('formed: false in the lock before, true in the lock now');
    const voters = read().targets.local.voters;
    await project.kdk(['lock', 'mini']);
    expect(read().targets.local).toMatchObject({ formed: true, voters });
  });

  test('fails without touching the lock where the environment has errors', async () => {
    const before = readFileSync(file, 'utf8');
    project.write('environments/mini.yaml', WITH_TOPIC.replace('partitions: 6', 'partitions: many'));
    const { status, stdout, stderr } = await project.kdk(['lock', 'mini']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^environments\/mini\.yaml:9:25 error SPEC-/);
    expect(readFileSync(file, 'utf8')).toBe(before);
    project.write('environments/mini.yaml', WITH_TOPIC);
  });

  test('fails where the lock is broken or cannot be written', async () => {
    const before = readFileSync(file, 'utf8');
    project.write('environments/mini.lock.json', '{ half');
    expect(await project.kdk(['lock', 'mini'])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/LOCK-UNREADABLE .*Restore it from version control/),
    });
    rmSync(file);
    project.write('environments/mini.lock.json/in-the-way', '');
    expect(await project.kdk(['lock', 'mini'])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/LOCK-UNREADABLE .*got EISDIR/),
    });
    rmSync(file, { recursive: true });
    if (process.getuid?.() !== 0) {
      chmodSync(project.path('environments'), 0o555);
      expect(await project.kdk(['lock', 'mini'])).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('EACCES'),
      });
      chmodSync(project.path('environments'), 0o755);
    }
    expect(existsSync(file)).toBe(false);
    project.write('environments/mini.lock.json', before);
  });
});
