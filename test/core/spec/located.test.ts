import fc from 'fast-check';
import { mergeLocated, parseYaml, positionOf, SourceText, toPlain, type Located } from '../../../lib/core/spec';

const located = (file: string, text: string): Located => parseYaml(file, text).located!;

describe('merging', () => {
  test('merges maps, replaces lists and scalars, and removes by null', () => {
    const base = located('base.yaml', 'a: { b: 1, c: 2, d: { e: 1 } }\nl: [1, 2]\n');
    const over = located('over.yaml', 'a: { b: 3, c: null, d: { f: 2 } }\nl: [9]\n');
    expect(toPlain(mergeLocated(base, over))).toEqual({ a: { b: 3, d: { e: 1, f: 2 } }, l: [9] });
  });

  test('replaces a map by a word and a word by a map', () => {
    expect(toPlain(mergeLocated(located('a', 'x: { y: 1 }'), located('b', 'x: z')))).toEqual({ x: 'z' });
    expect(toPlain(mergeLocated(located('a', 'x: z'), located('b', 'x: { y: 1 }')))).toEqual({ x: { y: 1 } });
  });

  test('keeps where each value was written', () => {
    const merged = mergeLocated(located('base.yaml', 'a:\n  b: 1\n  c: 2\n'), located('over.yaml', 'a: { c: 3 }\n'));
    expect(positionOf(merged, ['a', 'b'])).toEqual({ file: 'base.yaml', line: 2, column: 6 });
    expect(positionOf(merged, ['a', 'c'])).toEqual({ file: 'over.yaml', line: 1, column: 9 });
  });

  test('leaves both files as they were', () => {
    const base = located('base.yaml', 'a: { b: 1 }\n');
    mergeLocated(base, located('over.yaml', 'a: { b: 2, c: 3 }\n'));
    expect(toPlain(base)).toEqual({ a: { b: 1 } });
  });
});

test('an offset becomes the line and column that counting gives', () => {
  const text = fc
    .array(fc.constantFrom('a', 'é', '😀', '\n', '\r\n', ' '), { maxLength: 60 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.nat(100), (content, number) => {
      const offset = number % (content.length + 1);
      const before = content.slice(0, offset).split('\n');
      expect(new SourceText('a', content).position(offset)).toEqual({
        file: 'a',
        line: before.length,
        column: before.at(-1)!.length + 1,
      });
    }),
    { numRuns: 500, seed: 1 },
  );
});
