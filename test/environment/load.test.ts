import { toPlain } from '../../lib/core/spec';
import { loadEnvironment, type LoadedEnvironment } from '../../lib/environment/load';

function load(path: string, files: Record<string, string>): LoadedEnvironment {
  return loadEnvironment(path, (file) => {
    if (!Object.hasOwn(files, file)) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    return files[file]!;
  });
}

describe('extends', () => {
  test('builds on several files, the nearest first, each found from the one that names it', () => {
    const loaded = load('environments/prod/eu.yaml', {
      'environments/prod/eu.yaml': 'extends: ../prod.yaml\na: 3\n',
      'environments/prod.yaml': 'extends: shared/base.yaml\na: 2\nb: 2\n',
      'environments/shared/base.yaml': 'a: 1\nb: 1\nc: 1\n',
    });
    expect(loaded.issues).toEqual([]);
    expect(toPlain(loaded.located!)).toEqual({ a: 3, b: 2, c: 1 });
    expect(loaded.files).toEqual([
      'environments/prod/eu.yaml',
      'environments/prod.yaml',
      'environments/shared/base.yaml',
    ]);
  });

  test.each([
    ['../x.yaml', 'a/b.yaml', 'x.yaml'],
    ['../../x.yaml', 'b.yaml', '../../x.yaml'],
    ['./c/./../x.yaml', '/a/b.yaml', '/a/x.yaml'],
    ['/x.yaml', 'a/b.yaml', '/x.yaml'],
  ])('finds %s from %s at %s', (link, from, found) => {
    expect(load(from, { [from]: `extends: ${link}\n`, [found]: 'a: 1\n' }).issues).toEqual([]);
  });

  test('that is null builds on nothing', () => {
    expect(load('a.yaml', { 'a.yaml': 'extends: null\na: 1\n' })).toMatchObject({ issues: [], files: ['a.yaml'] });
  });

  test.each<readonly [string, Record<string, string>, string]>([
    ['a file that is not there', { 'a.yaml': 'extends: b.yaml\n' }, 'EXTENDS-MISSING a.yaml:1:10'],
    [
      'a file two steps away that is not there',
      { 'a.yaml': 'extends: b.yaml\n', 'b.yaml': 'x: 1\nextends: c.yaml\n' },
      'EXTENDS-MISSING b.yaml:2:10',
    ],
    ['a circle', { 'a.yaml': 'extends: b.yaml\n', 'b.yaml': 'extends: ./a.yaml\n' }, 'EXTENDS-CYCLE b.yaml:1:10'],
    ['a list', { 'a.yaml': 'extends: [b.yaml]\n' }, 'SPEC-TYPE a.yaml:1:1'],
    ['an empty text', { 'a.yaml': 'extends: ""\n' }, 'SPEC-TYPE a.yaml:1:10'],
    ['a file that is not YAML', { 'a.yaml': 'extends: b.yaml\n', 'b.yaml': 'a: "\n' }, 'YAML-SYNTAX b.yaml:2:1'],
    ['an environment that is not there', {}, 'FILE-UNREADABLE a.yaml:1:1'],
  ])('fails on %s', (_what, files, expected) => {
    const { located, issues } = load('a.yaml', files);
    expect(located).toBeUndefined();
    expect(issues.map(({ code, at }) => `${code} ${at?.file}:${at?.line}:${at?.column}`)).toEqual([expected]);
  });
});
