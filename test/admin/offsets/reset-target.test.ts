import { describeTarget, resetTarget } from '../../../lib/admin/offsets';

const NOW = Date.parse('2026-11-26T12:00:00Z');

describe('where a group is to go', () => {
  test.each([
    ['earliest', { kind: 'earliest' }],
    ['latest', { kind: 'latest' }],
    ['0', { kind: 'offset', offset: 0 }],
    ['120', { kind: 'offset', offset: 120 }],
    ['+10', { kind: 'shift', by: 10 }],
    ['-500', { kind: 'shift', by: -500 }],
    ['2026-11-20', { kind: 'time', timeMs: Date.UTC(2026, 10, 20) }],
    ['2026-11-20T10:00Z', { kind: 'time', timeMs: Date.UTC(2026, 10, 20, 10) }],
    ['2026-11-20T10:00:00.5+01:00', { kind: 'time', timeMs: Date.UTC(2026, 10, 20, 9, 0, 0, 500) }],
  ])('%s is read', (to, target) => {
    expect(resetTarget({ to }, NOW)).toEqual(target);
  });

  test('a duration counts back from now', () => {
    expect(resetTarget({ back: '90m' }, NOW)).toEqual({ kind: 'time', timeMs: NOW - 5_400_000 });
  });

  test.each([
    ['neither', {}],
    ['both', { to: 'latest', back: '1h' }],
    ['a time without its zone', { to: '2026-11-20T10:00:00' }],
    ['a day that is not there', { to: '2026-13-40' }],
    ['a word', { to: 'newest' }],
    ['a fraction', { to: '1.5' }],
    ['a duration without a unit', { back: '60' }],
    ['a duration back in front', { back: '-1h' }],
  ])('fails with wrong usage for %s', (_what, written) => {
    expect(() => resetTarget(written, NOW)).toThrow(expect.objectContaining({ code: 'OFFSETS-TARGET', status: 2 }));
  });

  test('every kind has words', () => {
    const words = ['earliest', 'latest', '7', '-5', '+5', '2026-11-20'].map((to) =>
      describeTarget(resetTarget({ to }, NOW)),
    );
    expect(words).toEqual([
      'the first record that is kept',
      'the end',
      'offset 7',
      '5 records back',
      '5 records forward',
      'the first record at or after 2026-11-20T00:00:00.000Z',
    ]);
  });
});
