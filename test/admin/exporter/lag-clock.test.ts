import fc from 'fast-check';
import { LagClock } from '../../../lib/admin/exporter/lag-clock';

const clock = (...ends: readonly number[]): LagClock => {
  const lags = new LagClock();
  ends.forEach((end, index) => lags.note('orders-0', { atMs: index * 10_000, end }));
  return lags;
};

describe('how late a group is', () => {
  test('is not known before the cluster was looked at twice', () => {
    expect(clock(100).behindMs('orders-0', 50)).toBeUndefined();
    expect(clock().behindMs('orders-0', 50)).toBeUndefined();
  });

  test('is nothing where it has read all', () => {
    expect(clock(100).behindMs('orders-0', 100)).toBe(0);
    // A group may commit what is written between two of our questions.
    expect(clock(100, 200).behindMs('orders-0', 201)).toBe(0);
  });

  test('is the time since its next record was the newest, between two looks by their share', () => {
    const lags = clock(100, 200, 300);
    expect(lags.behindMs('orders-0', 200)).toBe(10_000);
    expect(lags.behindMs('orders-0', 250)).toBe(5_000);
    expect(lags.behindMs('orders-0', 100)).toBe(20_000);
  });

  test('is at least the time of looking where the record is older than that', () => {
    expect(clock(100, 200, 300).behindMs('orders-0', 10)).toBe(20_000);
  });

  test('goes on growing while nothing is written and nothing read', () => {
    const lags = clock(100, 200, 200, 200, 200);
    expect(lags.behindMs('orders-0', 150)).toBe(35_000);
    expect(lags.behindMs('orders-0', 200)).toBe(0);
  });

  test('begins anew where a topic was made again', () => {
    expect(clock(500, 600, 10).behindMs('orders-0', 5)).toBeUndefined();
    expect(clock(500, 600, 10, 20).behindMs('orders-0', 15)).toBe(5_000);
  });

  test('is forgotten with its partition', () => {
    const lags = clock(100, 200);
    lags.keep(new Set(['orders-1']));
    expect(lags.behindMs('orders-0', 150)).toBeUndefined();
  });

  test('never grows beyond the time of looking, nor with what was read, whatever is written', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 2, maxLength: 400 }), fc.nat(20_000), (writes, committed) => {
        let end = 0;
        const lags = clock(...writes.map((more) => (end += more)));
        const behind = lags.behindMs('orders-0', committed)!;
        expect(behind).toBeGreaterThanOrEqual(0);
        expect(behind).toBeLessThanOrEqual((writes.length - 1) * 10_000);
        expect(lags.behindMs('orders-0', committed + 1)!).toBeLessThanOrEqual(behind);
      }),
    );
  });
});
