import { execFileSync } from 'node:child_process';
import { MINIMAL } from '../support/environments';
import { STACK_TRACE, TemporaryProject } from '../support/kdk';

const WRONG =
  MINIMAL.replace('name: mini', 'name: wrong') + 'topics:\n  orders: { partitions: 0, retention: { time: 7 days } }\n';

describe('kdk validate', () => {
  const project = new TemporaryProject({
    'environments/mini.yaml': MINIMAL,
    'environments/wrong.yaml': WRONG,
    'environments/base.yaml': 'topicDefaults: { partitions: 3 }\n',
    'elsewhere/third.yaml': MINIMAL.replace('name: mini', 'name: third'),
  });
  afterAll(() => project.remove());

  test('says of a valid environment that it is, by name and by path', async () => {
    expect(await project.kdk(['validate', 'mini', 'elsewhere/third.yaml'])).toEqual({
      status: 0,
      stdout: 'mini (environments/mini.yaml, local): valid\nthird (elsewhere/third.yaml, local): valid\n',
      stderr: '',
    });
  });

  test('fails with every issue, sorted, with file, line and column', async () => {
    const { status, stdout, stderr } = await project.kdk(['validate', 'wrong']);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^environments\/wrong\.yaml:9:25 error SPEC-\w+ topics\.orders\.partitions: .*got 0; /);
    expect(lines[1]).toMatch(/^environments\/wrong\.yaml:9:47 error SPEC-UNIT topics\.orders\.retention\.time: /);
    expect(lines[2]).toBe('wrong (environments/wrong.yaml): 2 errors');
  });

  test('takes all environments that have a name where none is given', async () => {
    const { status, stdout } = await project.kdk(['validate']);
    expect(status).toBe(1);
    expect(stdout).toContain('mini (environments/mini.yaml, local): valid\n');
    expect(stdout).toContain('wrong (environments/wrong.yaml): 2 errors\n');
    expect(stdout).not.toContain('base.yaml');
  });

  test('prints one JSON document', async () => {
    const { status, stdout, stderr } = await project.kdk(['validate', '--json', 'wrong']);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const document = JSON.parse(stdout);
    expect(Object.keys(document)).toEqual(['schemaVersion', 'command', 'environment', 'issues', 'result']);
    expect(document).toMatchObject({
      schemaVersion: 1,
      command: 'validate',
      environment: 'wrong',
      issues: [
        {
          level: 'error',
          path: 'topics.orders.partitions',
          at: { file: 'environments/wrong.yaml', line: 9, column: 25 },
        },
        { code: 'SPEC-UNIT', path: 'topics.orders.retention.time' },
      ],
      result: { environments: [{ environment: 'wrong', target: null, errors: 2, warnings: 0 }] },
    });
  });

  test('colours nothing unless the output is a terminal', async () => {
    const { stdout } = await project.kdk(['validate', 'wrong'], { FORCE_COLOR: '1', TERM: 'xterm-256color' });
    // eslint-disable-next-line no-control-regex -- the beginning of a colour
    expect(stdout).not.toMatch(/\u001b/);
  });

  test('warnings count only with --strict', async () => {
    project.write(
      'environments/warned.yaml',
      `${MINIMAL.replace('name: mini', 'name: warned')}topics:\n  orders: { retention: { time: 1h } }\n`,
    );
    const lenient = await project.kdk(['validate', 'warned']);
    const strict = await project.kdk(['validate', 'warned', '--strict']);
    expect(lenient).toMatchObject({ status: 0, stdout: strict.stdout });
    expect(lenient.stdout).toMatch(/ warning /);
    expect(strict.status).toBe(1);
  });

  const bad: readonly (readonly [string, string | Buffer, RegExp])[] = [
    ['an empty file', '', /YAML-EMPTY/],
    ['a syntax error', 'name: [', /YAML-SYNTAX/],
    ['a binary file', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0xff]), /YAML-BINARY/],
    ['a file of 10 MB', `name: big\n#${'x'.repeat(10_000_000)}`, /YAML-TOO-LARGE/],
    ['a missing file to extend', 'extends: ./none.yaml\nname: a\n', /EXTENDS-MISSING/],
    ['a file that extends itself', 'extends: ./bad.yaml\nname: a\n', /EXTENDS-CYCLE/],
  ];
  test.each(bad)('fails with status 1 for %s', async (_what, content, message) => {
    project.write('other/bad.yaml', content);
    const { status, stdout, stderr } = await project.kdk(['validate', 'other/bad.yaml']);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(message);
    expect(stdout.length).toBeLessThan(2000);
    expect(stdout).not.toMatch(STACK_TRACE);
  });

  test('fails with status 1 for a folder, a device and a pipe', async () => {
    project.write('other/folder.yaml/file', '');
    expect(await project.kdk(['validate', 'other/folder.yaml'])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('FILE-UNREADABLE'),
    });
    project.write('other/zero.yaml', 'extends: /dev/zero\nname: a\n');
    expect(await project.kdk(['validate', 'other/zero.yaml'])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('a device, not a file'),
    });
    execFileSync('mkfifo', [project.path('other/pipe.yaml')]);
    expect(await project.kdk(['validate', 'other/pipe.yaml'])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('a pipe, not a file'),
    });
  });

  test('fails with status 2 where there is no environment at all', async () => {
    const empty = new TemporaryProject();
    const { status, stderr } = await empty.kdk(['validate']);
    empty.remove();
    expect(status).toBe(2);
    expect(stderr).toContain('the folder environments/ here holds no environment');
  });
});
