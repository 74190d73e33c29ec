import { child, parseYaml, positionOf, toPlain } from '../../../lib/core/spec';

const plain = (text: string): unknown => {
  const { located, issues } = parseYaml('a.yaml', text);
  expect(issues).toEqual([]);
  return toPlain(located!);
};
const codesOf = (text: string): string[] =>
  parseYaml('a.yaml', text).issues.map(({ code, at }) => `${code} ${at?.line}:${at?.column}`);

describe('reading YAML', () => {
  test('knows the words and numbers of YAML 1.2 only', () => {
    expect(plain('a: yes\nb: on\nc: true\nd: 0o17\ne: 0x1F\nf: 012\ng: 1e3\nh: 2026-11-23\ni: "7"\n')).toEqual({
      a: 'yes',
      b: 'on',
      c: true,
      d: 15,
      e: 31,
      f: 12,
      g: 1000,
      h: '2026-11-23',
      i: '7',
    });
  });

  test('does not go back to YAML 1.1 because a file asks for it', () => {
    expect(plain('%YAML 1.1\n---\na: yes\n')).toEqual({ a: 'yes' });
  });

  test('leaves out keys without a value, and keeps texts of several lines', () => {
    expect(plain('a:\nb: null\nc: ~\nd: |\n  one\n  two\n')).toEqual({ d: 'one\ntwo\n' });
  });

  test('reads a file with a byte order mark and with carriage returns', () => {
    expect(plain('\ufeffa: 1\r\nb: 2\r\n')).toEqual({ a: 1, b: 2 });
  });

  test('keeps words that every object has as keys of their own', () => {
    expect(plain('constructor: 1\ntoString: 2\n')).toEqual({ constructor: 1, toString: 2 });
  });

  test('takes keys that look like numbers as texts', () => {
    expect(plain('1: a\n1.10: b\n')).toEqual({ 1: 'a', '1.10': 'b' });
  });

  test.each([
    ['', 'YAML-EMPTY 1:1'],
    ['- a', 'YAML-NOT-A-MAP 1:1'],
    ['a: 1\na: 2\nb: {c: 1, c: 2}', 'YAML-DUPLICATE-KEY 2:1,YAML-DUPLICATE-KEY 3:11'],
    ['a: &x 1\nb: *x', 'YAML-ALIAS 2:4'],
    ['a: { <<: {} }', 'YAML-MERGE-KEY 1:6'],
    ['a: !secret x', 'YAML-TAG 1:12'],
    ['? {a: 1}\n: 2', 'YAML-KEY 1:3'],
    ['__proto__: 1', 'YAML-KEY 1:1'],
    ['a: 1\n---\nb: 2', 'YAML-MULTIPLE-DOCUMENTS 2:1'],
    ['a: "x', 'YAML-SYNTAX 1:6'],
    ['a: \u0007', 'YAML-BINARY 1:4'],
  ])('fails on %j with %s', (text, expected) => {
    expect(codesOf(text).join(',')).toBe(expected);
  });

  test('has the position of a value, and of the key of a map or list', () => {
    const located = parseYaml('a.yaml', 'a:\n  b: [x, {c: 1}]\n').located!;
    expect(positionOf(located, ['a', 'b', 0])).toEqual({ file: 'a.yaml', line: 2, column: 7 });
    expect(positionOf(located, ['a', 'b', 1, 'c'])).toMatchObject({ line: 2, column: 14 });
    expect(positionOf(located, ['a', 'b'])).toMatchObject({ line: 2, column: 3 });
    expect(positionOf(located, ['a', 'b', 1, 'c'], true)).toMatchObject({ line: 2, column: 11 });
    expect(positionOf(located, ['a', 'nothing', 'there'])).toMatchObject({ line: 1, column: 1 });
    expect(child(located, 'toString')).toBeUndefined();
  });
});
