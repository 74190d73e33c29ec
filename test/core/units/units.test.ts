import fc from 'fast-check';
import { durationMs, formatBytes, formatDuration, rateBytesPerSecond, sizeBytes } from '../../../lib/core/units';

describe('units', () => {
  test.each([
    ['250ms', 250],
    ['90s', 90_000],
    ['5m', 300_000],
    ['12h', 43_200_000],
    ['7d', 604_800_000],
    ['forever', -1],
  ])('%s is %i milliseconds', (text, ms) => expect(durationMs(text)).toBe(ms));

  test.each([
    ['512B', 512],
    ['4KiB', 4096],
    ['1MiB', 1_048_576],
    ['2GiB', 2_147_483_648],
    ['1TiB', 1_099_511_627_776],
    ['unlimited', -1],
  ])('%s is %i bytes', (text, bytes) => expect(sizeBytes(text)).toBe(bytes));

  test('a rate is bytes a second', () => expect(rateBytesPerSecond('4MiB/s')).toBe(4_194_304));

  test('a duration and a size that are written again mean the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 45 }), (number) => {
        expect(durationMs(formatDuration(number))).toBe(number);
        if (number % 1024 === 0) expect(sizeBytes(formatBytes(number))).toBe(number);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test('bytes that no unit divides are rounded', () => {
    expect(formatBytes(1_500_000)).toBe('1.4MiB');
    expect(formatBytes(700)).toBe('700B');
  });

  test.each(['', '7', '7 d', 'd'])('fails on %j, which the schema refuses before', (text) => {
    expect(() => durationMs(text)).toThrow('not a number with a unit');
  });
});
