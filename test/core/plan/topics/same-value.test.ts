import { sameValue } from '../../../../lib/core/plan/topics/same-value';

describe('values of an option', () => {
  test.each([
    ['compact,delete', 'delete, compact', true],
    ['0.50', '.5', true],
    ['TRUE', 'true', true],
    ['007', '7', true],
    ['9223372036854775807', '9223372036854775806', false],
    ['zstd', 'gzip', false],
    ['1', '-1', false],
  ])('take %s and %s for the same value: %s', (a, b, same) => {
    expect(sameValue(a, b)).toBe(same);
  });
});
