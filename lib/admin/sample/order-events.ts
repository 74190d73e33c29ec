/** What happened to one order of the webshop, as a record: the key is the customer, so each customer's events stay in order. */
export interface OrderEvent {
  readonly customer: string;
  /** Counts the customer's events from 1, without holes: how order and completeness are checked. */
  readonly sequence: number;
  /** JSON. */
  readonly value: string;
}

export interface OrderEventsOptions {
  /** @default 30000 */
  readonly count?: number;
  /** @default 2000 */
  readonly customers?: number;
  /** The same seed gives the same events, byte by byte. @default 20261123 */
  readonly seed?: number;
}

const PRODUCTS = [
  ['espresso-machine', 34900],
  ['coffee-grinder', 12900],
  ['arabica-beans-1kg', 1890],
  ['robusta-beans-1kg', 1490],
  ['paper-filters-100', 450],
  ['milk-frother', 3990],
  ['travel-mug', 2450],
  ['descaling-powder', 890],
  ['kettle', 5990],
  ['scale', 3290],
] as const;
const STATES = ['placed', 'paid', 'packed', 'shipped', 'delivered'] as const;
const CITIES = ['Amsterdam', 'Berlin', 'Copenhagen', 'Dublin', 'Lisbon', 'Madrid', 'Paris', 'Vienna'] as const;
/** 2026-01-01T00:00:00Z. It stands in the value; the record's own timestamp is when it is written, or retention would delete it at once. */
const FIRST_EVENT_MS = 1_767_225_600_000;
const LONGEST_GAP_MS = 20_000;

interface Order {
  readonly id: string;
  readonly items: readonly { readonly sku: string; readonly quantity: number; readonly cents: number }[];
  readonly city: string;
  state: number;
}

/** Order events of a webshop, always the same ones: some customers order often, most now and then. */
export function* orderEvents(options: OrderEventsOptions = {}): Generator<OrderEvent> {
  const { count = 30_000, customers = 2_000, seed = 20_261_123 } = options;
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const sequences = new Map<number, number>();
  const open = new Map<number, Order>();
  let atMs = FIRST_EVENT_MS;
  let orders = 0;
  for (let index = 0; index < count; index++) {
    // Every customer once, so that all keys appear; then the square favours the low numbers, the regular customers.
    const customer = index < customers ? index : Math.floor(random() ** 2 * customers);
    atMs += 1 + below(LONGEST_GAP_MS);
    let order = open.get(customer);
    if (order === undefined) {
      orders += 1;
      order = newOrder(orders, below);
      open.set(customer, order);
    }
    const sequence = (sequences.get(customer) ?? 0) + 1;
    sequences.set(customer, sequence);
    const name = `customer-${String(customer).padStart(5, '0')}`;
    const cents = order.items.reduce((sum, item) => sum + item.quantity * item.cents, 0);
    yield {
      customer: name,
      sequence,
      value: JSON.stringify({
        orderId: order.id,
        customerId: name,
        sequence,
        state: STATES[order.state],
        at: new Date(atMs).toISOString(),
        shipTo: order.city,
        currency: 'EUR',
        amountCents: cents,
        items: order.items.map(({ sku, quantity }) => ({ sku, quantity })),
      }),
    };
    order.state += 1;
    if (order.state === STATES.length) open.delete(customer);
  }
}

function newOrder(number: number, below: (limit: number) => number): Order {
  const items = Array.from({ length: 1 + below(3) }, () => {
    const [sku, cents] = PRODUCTS[below(PRODUCTS.length)]!;
    return { sku, quantity: 1 + below(3), cents };
  });
  return { id: `order-${String(number).padStart(7, '0')}`, items, city: CITIES[below(CITIES.length)]!, state: 0 };
}

/** Mulberry32: small, fast and the same everywhere; nothing here needs secrecy. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
