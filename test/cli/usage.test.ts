import { TARGETS } from '../../lib/core/spec';
import { MINIMAL } from '../support/environments';
import { STACK_TRACE, TemporaryProject, type Ran } from '../support/kdk';

const COMMANDS = [
  ...['validate', 'lock', 'explain', 'diff', 'render', 'up', 'down', 'plan', 'apply', 'status', 'verify'],
  ...['offsets', 'import', 'export', 'restore'],
];

describe('usage of kdk', () => {
  const project = new TemporaryProject({
    'environments/mini.yaml': MINIMAL,
    'environments/second.yaml': MINIMAL.replace('name: mini', 'name: second'),
    'environments/base.yaml': 'topicDefaults: { partitions: 3 }\n',
    'wrong.json': '{}\n',
    'empty.properties': 'security.protocol=PLAINTEXT\n',
  });
  afterAll(() => project.remove());

  test('the help fits one screen, names every command and shows an example', async () => {
    const { status, stdout, stderr } = await project.kdk(['--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.split('\n').length).toBeLessThanOrEqual(48);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    expect(stdout).toMatch(/^Example: kdk /m);
    expect(stdout).toContain('Exit status: 0 fine');
  });

  test.each(COMMANDS)('the help of %s fits one screen, names every target and shows an example', async (command) => {
    const { status, stdout, stderr } = await project.kdk([command, '--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.split('\n').length).toBeLessThanOrEqual(48);
    expect(stdout).toContain(`Example: kdk ${command} `);
    for (const target of TARGETS) expect(stdout).toContain(target);
    for (const option of ['--json', '--strict']) expect(stdout).toContain(option);
  });

  test('a command of a command has a help of its own', async () => {
    const { status, stdout } = await project.kdk(['offsets', 'reset', '--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('Usage: kdk offsets reset [options] <ENV>');
    expect(stdout).toContain('Example: kdk offsets reset ');
  });

  test('the version is that of the package', async () => {
    const { version } = jest.requireActual<{ version: string }>('../../package.json');
    expect(await project.kdk(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no command', [], /^Usage: kdk .*Example: kdk validate prod$/ms],
    ['a mistyped command', ['valdate'], /USAGE unknown command 'valdate' \(Did you mean validate\?\)/],
    ['nothing but the end of options', ['--'], /USAGE a command is missing\./],
    ['the help of an unknown command', ['help', 'nope'], /USAGE unknown command 'nope'\. See kdk --help\./],
    [
      'a mistyped option',
      ['lock', 'mini', '--jsn'],
      /unknown option '--jsn' \(Did you mean --json\?\) See kdk lock --help/,
    ],
    ['an option of another command', ['lock', 'mini', '--bootstrap', 'a:1'], /unknown option '--bootstrap'/],
    ['a missing argument', ['explain', 'mini'], /missing required argument 'PATH'. See kdk explain --help/],
    ['too many arguments', ['lock', 'mini', 'second'], /too many arguments/],
    ['an option without its value', ['lock', 'mini', '--target'], /argument missing/],
    [
      'a mistyped target',
      ['validate', 'mini', '--target', 'locall'],
      /TARGET-UNKNOWN .*got "locall".* Did you mean local\?/,
    ],
    [
      'a mistyped name',
      ['lock', 'mnii'],
      /ENVIRONMENT-UNKNOWN .*got "mnii"; known are mini, second\. Did you mean mini\?/,
    ],
    ['a name that leads elsewhere', ['validate', '../mini'], /ENVIRONMENT-NAME .*got "\.\.\/mini"/],
    ['a name inside environments that leads elsewhere', ['lock', 'environments/../../mini'], /ENVIRONMENT-NAME/],
    ['an empty name', ['validate', ''], /ENVIRONMENT-NAME .*got ""/],
    ['junk for a name', ['validate', 'mini; rm -rf'], /ENVIRONMENT-NAME .*got "mini; rm -rf"/],
    ['a path of no file', ['validate', 'environments/none.yaml'], /ENVIRONMENT-UNKNOWN there is no such file/],
    ['nothing to compare with', ['diff', 'mini'], /USAGE there is nothing to compare with/],
    ['nowhere to write to', ['render', 'mini'], /USAGE there is nowhere to write to/],
    ['a backup to nowhere', ['export', 'mini'], /USAGE there is nowhere to write to/],
    ['no group to reset', ['offsets', 'reset', 'mini', '--to', 'latest'], /USAGE no group is named/],
    ['nowhere to reset to', ['offsets', 'reset', 'mini', '--group', 'g'], /OFFSETS-TARGET nowhere to go to/],
    ['a mistyped place', ['offsets', 'reset', 'mini', '--group', 'g', '--to', 'newest'], /OFFSETS-TARGET .*"newest"/],
    ['an import from nowhere', ['import'], /BOOTSTRAP-UNKNOWN nothing says where the cluster is/],
    [
      'an import for a target without one',
      ['import', '--bootstrap', 'a:1', '--target', 'ec2'],
      /IMPORT-TARGET .*got ec2; hosts, local, msk are allowed/,
    ],
    [
      'an import over a file',
      ['import', '--bootstrap', 'a:1', '--name', 'mini'],
      /FILE-PRESENT .*environments\/mini\.yaml/,
    ],
    ['a name that is none', ['import', '--bootstrap', 'a:1', '--name', 'Mini'], /ENVIRONMENT-NAME .*got "Mini"/],
    ['a pattern that is none', ['import', '--bootstrap', 'a:1', '--topics', '*.dlq'], /IMPORT-PATTERN .*got "\*\.dlq"/],
    ['a backup that is not there', ['restore', 'none.json', 'mini'], /FILE-UNREADABLE the backup cannot be read/],
    ['a backup that is none', ['restore', 'wrong.json', 'mini'], /BACKUP-UNREADABLE .*"wrong\.json"/],
    [
      'an unknown part of a backup',
      ['restore', 'wrong.json', '--only', 'topic'],
      /RESTORE-PART .*Did you mean topics\?/,
    ],
    [
      'a plan that is none',
      ['apply', 'mini', '--plan', 'wrong.json'],
      /PLAN-UNREADABLE .*"wrong\.json": it is not a plan/,
    ],
    [
      'settings that are not there',
      ['plan', 'mini', '--command-config', 'none.properties'],
      /FILE-UNREADABLE the settings of the administrator cannot be read/,
    ],
    [
      'settings that say nothing',
      ['plan', 'mini', '--command-config', 'empty.properties'],
      /BOOTSTRAP-UNKNOWN .*no bootstrap\.servers in empty\.properties/,
    ],
    [
      'an unknown path',
      ['explain', 'mini', 'listeners.internl.port'],
      /PATH-UNKNOWN .*Did you mean listeners\.internal\.port/,
    ],
  ];
  test.each(wrong)('fails with status 2 for %s', async (_what, args, message) => {
    const ran = await project.kdk(args);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).not.toMatch(STACK_TRACE);
  });

  test('fails with one JSON document and nothing else on standard output where that is asked for', async () => {
    const unknown = await project.kdk(['lock', 'mnii', '--json']);
    expect(unknown).toMatchObject({ status: 2, stderr: '' });
    expect(JSON.parse(unknown.stdout)).toEqual({
      schemaVersion: 1,
      command: 'lock',
      environment: 'mnii',
      issues: [expect.objectContaining({ code: 'ENVIRONMENT-UNKNOWN', level: 'error', hint: 'Did you mean mini?' })],
      result: null,
    });
    const mistyped = await project.kdk(['lock', '--json', '--formd', 'mini']);
    expect(mistyped).toMatchObject({ status: 2, stderr: '' });
    expect(JSON.parse(mistyped.stdout)).toMatchObject({ command: 'lock', issues: [{ code: 'USAGE' }], result: null });
  });

  test('an unexpected error is one line, and a stack trace only with KDK_DEBUG', async () => {
    // A module that throws while it is loaded stands for any mistake of the kit itself.
    project.write(
      'broken.cjs',
      "process.exit = new Proxy(process.exit, {}); process.on('exit', () => {});\nsetImmediate(() => { throw new TypeError('boom'); });\n",
    );
    const env = { NODE_OPTIONS: `--require ${project.path('broken.cjs')}` };
    const brief: Ran = await project.kdk(['explain', 'mini', 'name'], env);
    expect(brief.status).toBe(1);
    expect(brief.stderr).toBe('error UNEXPECTED boom. Run it again with KDK_DEBUG=1 to see where.\n');
    const long = await project.kdk(['explain', 'mini', 'name'], { ...env, KDK_DEBUG: '1' });
    expect(long.status).toBe(1);
    expect(long.stderr).toMatch(STACK_TRACE);
  });
});
