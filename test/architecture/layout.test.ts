import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '');
const code = files.filter((file) => /\.(ts|mjs|cjs)$/.test(file));

describe('the layout', () => {
  test('has one concept a file: at most 300 lines of code, and no drawer for leftovers', () => {
    const long = code.filter((file) => readFileSync(file, 'utf8').split('\n').length > 300);
    expect(long).toEqual([]);
    expect(code.filter((file) => /(^|\/)(utils?|helpers?|misc|common)\.(ts|mjs)$/.test(file))).toEqual([]);
  });

  test('names files in kebab-case', () => {
    expect(code.filter((file) => !/^[a-z0-9./-]+$/.test(file.replace(/^\.[a-z-]+/, '')))).toEqual([]);
  });

  test('holds what people write, and pictures: no packages, no archives', () => {
    const large = files.filter((file) => statSync(file).size > 1_000_000);
    const binary = files.filter((file) => readFileSync(file).includes(0) && !/^docs\/images\/[a-z-]+\.png$/.test(file));
    expect([...large, ...binary]).toEqual([]);
  });

  test('mirrors the code in the tests', () => {
    const folders = [
      'lib/core/spec',
      'lib/core/model',
      'lib/core/rules',
      'lib/core/catalogue',
      'lib/core/config',
      'lib/core/capacity',
      'lib/host',
      'lib/local',
      'lib/admin',
      'lib/report',
      'lib/cli',
      'lib/msk',
      'lib/selfmanaged',
      'charts',
    ];
    const untested = folders.filter((folder) => {
      const mirror = `test/${folder.replace(/^lib\//, '')}/`;
      return !files.some((file) => file.startsWith(mirror) && file.endsWith('.test.ts'));
    });
    expect(untested).toEqual([]);
  });

  test('holds no secret and no path of a machine in its environments', () => {
    const environments = files.filter((file) => /^environments\/.*\.ya?ml$/.test(file));
    expect(environments.length).toBeGreaterThanOrEqual(6);
    for (const file of environments)
      expect(readFileSync(file, 'utf8')).not.toMatch(/BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|\/home\/|\/Users\//);
  });
});
