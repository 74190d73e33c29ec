import { createHash } from 'node:crypto';
import { orderEvents, type OrderEvent } from '../../lib/admin';
import { Tally } from '../../lib/admin/sample/check';
import { murmur2, partitionFor } from '../../lib/admin/sample/partitioner';

const events = [...orderEvents()];

function tally(records: readonly OrderEvent[]): ReturnType<Tally['counts']> {
  const counting = new Tally(orderEvents());
  for (const { customer, value } of records) counting.add(customer, value);
  return counting.counts();
}

const RIGHT = { expected: 30_000, read: 30_000, missing: 0, duplicates: 0, outOfOrder: 0, foreign: 0 };

describe('the order events', () => {
  test('are the same 30,000 for ever, of 2,000 customers', () => {
    expect(events).toHaveLength(30_000);
    expect(new Set(events.map(({ customer }) => customer)).size).toBe(2_000);
    const hash = createHash('sha256');
    for (const { value } of events) hash.update(value);
    expect(hash.digest('hex')).toMatchInlineSnapshot(
      `"c780d47951424316a66ba5e6447de72f88db5a8a3397ff3bef7f1bfefa2b9704"`,
    );
    expect(events[0]).toMatchInlineSnapshot(`
     {
       "customer": "customer-00000",
       "sequence": 1,
       "value": "{"orderId":"order-0000001","customerId":"customer-00000","sequence":1,"state":"placed","at":"2026-01-01T00:00:18.015Z","shipTo":"Lisbon","currency":"EUR","amountCents":5370,"items":[{"sku":"paper-filters-100","quantity":2},{"sku":"robusta-beans-1kg","quantity":2},{"sku":"robusta-beans-1kg","quantity":1}]}",
     }
    `);
  });

  test('are different under another seed', () => {
    expect([...orderEvents({ seed: 2, count: 10 })]).not.toEqual(events.slice(0, 10));
  });

  test("count each customer's events from 1 without holes, and are all different", () => {
    const last = new Map<string, number>();
    for (const { customer, sequence, value } of events) {
      expect(sequence).toBe((last.get(customer) ?? 0) + 1);
      last.set(customer, sequence);
      expect(JSON.parse(value)).toMatchObject({ customerId: customer, sequence });
    }
    expect(new Set(events.map(({ value }) => value)).size).toBe(30_000);
  });

  test('are of a size that real events have', () => {
    const mean = events.reduce((sum, { value }) => sum + Buffer.byteLength(value), 0) / events.length;
    expect(mean).toBeGreaterThan(200);
    expect(mean).toBeLessThan(300);
  });
});

describe('the partitioner', () => {
  // From Kafka's own UtilsTest.
  test.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('hashes %s as the Java clients do', (key, hash) => {
    expect(murmur2(Buffer.from(key))).toBe(hash);
  });

  test('spreads the customers over all partitions', () => {
    const used = new Set(events.map(({ customer }) => partitionFor(customer, 12)));
    expect([...used].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => index));
  });
});

describe('the tally of what was read', () => {
  test('finds nothing wrong with all events, whatever the order of customers', () => {
    const byCustomer = [...events].sort((a, b) => (a.customer < b.customer ? -1 : a.customer > b.customer ? 1 : 0));
    expect(tally(events)).toEqual(RIGHT);
    expect(tally(byCustomer)).toEqual(RIGHT);
  });

  test('sees a lost, a doubled and a strange record', () => {
    expect(tally(events.slice(1))).toEqual({ ...RIGHT, read: 29_999, missing: 1 });
    expect(tally([...events, events[5]!])).toEqual({ ...RIGHT, duplicates: 1 });
    expect(tally([...events, { customer: 'me', sequence: 1, value: 'hello' }])).toEqual({ ...RIGHT, foreign: 1 });
  });

  test('sees two events of one customer that changed places', () => {
    const swapped = [...events];
    const second = swapped.findIndex(({ sequence }) => sequence === 2);
    const first = swapped.findIndex(({ customer }) => customer === swapped[second]!.customer);
    [swapped[first], swapped[second]] = [swapped[second]!, swapped[first]!];
    expect(tally(swapped)).toEqual({ ...RIGHT, outOfOrder: 1 });
  });
});
