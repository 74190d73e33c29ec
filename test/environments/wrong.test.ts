import { readdirSync, readFileSync } from 'node:fs';
import { formatIssue } from '../../lib/core/issue';
import { MAX_FILE_BYTES } from '../../lib/core/spec';
import { openEnvironment, type OpenedEnvironment } from '../../lib/environment/open';
import { MINIMAL, openText } from '../support/environments';

const FOLDER = 'test/environments/wrong';
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));

/** `CODE line:column`, and the file where it is another one. */
function errorsOf(opened: OpenedEnvironment): string[] {
  return opened.issues
    .filter(({ level }) => level === 'error')
    .map(({ code, at }) => `${code} ${at?.file === opened.path ? '' : `${at?.file}:`}${at?.line}:${at?.column}`);
}

/** What an operator reads: whole sentences, no type names of libraries, no patterns, no traces. */
function expectReadable(opened: OpenedEnvironment): void {
  for (const issue of opened.issues) {
    expect(issue.message).toMatch(/^[^\n]*\.$/);
    expect(issue.hint).toMatch(/^[A-Z][^\n]*[.?]$/);
    expect(formatIssue(issue)).not.toMatch(/undefined|\[object|invalid_|NaN|zod|\/\^|\bat .*:\d+:\d+\)/i);
    expect(formatIssue(issue)).not.toContain('hunter2');
  }
}

describe('kdk validate on a wrong environment', () => {
  test('is tried on at least seventy', () => {
    expect(files.length).toBeGreaterThanOrEqual(70);
  });

  // The first line of each file lists every error that it has, with line and column.
  test.each(files)('fails on %s with the codes and positions that it names', (file) => {
    const expected = /^# expect: (.+)\n/.exec(readFileSync(`${FOLDER}/${file}`, 'utf8'))?.[1]?.split('; ');
    const opened = openEnvironment({ path: file, read: (path) => readFileSync(`${FOLDER}/${path}`, 'utf8') });
    expect(errorsOf(opened)).toEqual(expected);
    expectReadable(opened);
  });
});

describe('kdk validate on what is hardly a file', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['an empty file', '', ['YAML-EMPTY 1:1']],
    ['spaces and comments', '\n  # nothing\n\n', ['YAML-EMPTY 1:1']],
    ['a file that says null', 'null\n', ['YAML-EMPTY 1:1']],
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000\u0000\u0000', ['YAML-BINARY 2:1']],
    ['text in another encoding', 'name: wr\ufffdng\n', ['YAML-BINARY 1:9']],
    ['10 MB', `description: "${'x'.repeat(10_000_000)}"\n`, ['YAML-TOO-LARGE 1:1']],
    [
      '10 MB of topics',
      `${MINIMAL}topics:\n${Array.from({ length: 700_000 }, (_, i) => `  t${i}: {}\n`).join('')}`,
      ['YAML-TOO-LARGE 1:1'],
    ],
    ['20,000 open brackets', '['.repeat(20_000), ['YAML-TOO-DEEP 1:1']],
    ['3,000 levels of maps', `a: ${'{a: '.repeat(3000)}${'}'.repeat(3000)}`, ['YAML-TOO-DEEP 1:1']],
  ])('fails on %s', (_what, text, expected) => {
    expect(text.length > MAX_FILE_BYTES).toBe(expected[0]!.startsWith('YAML-TOO-LARGE'));
    const opened = openText(text);
    expect(errorsOf(opened)).toEqual(expected);
    expectReadable(opened);
  });

  test('fails where there is no file', () => {
    const read = (): string => {
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    };
    const opened = openEnvironment({ path: 'nowhere.yaml', read });
    expect(errorsOf(opened)).toEqual(['FILE-UNREADABLE 1:1']);
    expect(opened.issues[0]?.message).toContain('ENOENT');
  });

  test('fails on a chain of more than sixteen files', () => {
    const names = Array.from({ length: 20 }, (_, index) => `${index}.yaml`);
    const chain = Object.fromEntries(names.map((name, index) => [name, `extends: ./${index + 1}.yaml\n`]));
    expect(errorsOf(openText('extends: ./0.yaml\n', { files: chain }))).toEqual(['EXTENDS-TOO-LONG 14.yaml:1:10']);
  });

  test('shows the first syntax errors of junk, not thousands', () => {
    const opened = openText('a: [\n'.repeat(5000));
    expect(opened.issues.length).toBeLessThanOrEqual(10);
    expect(new Set(opened.issues.map(({ code }) => code))).toEqual(new Set(['YAML-SYNTAX']));
  });
});
