/**
 * A controller takes at most 10,000 metadata records in one request (`MAX_RECORDS_PER_USER_OP`): one for a topic and one for each
 * partition and each option. Half of that leaves room for what a release may add, and is as fast.
 */
export const RECORDS_A_REQUEST = 5_000;
/** Items of one request; more are no faster, and what fails or has to be repeated stays small. */
export const ITEMS_A_REQUEST = 1_000;

export interface BatchOptions<T> {
  /** Metadata records that it comes to. @default 1 */
  readonly recordsOf?: (item: T) => number;
  /** @default RECORDS_A_REQUEST */
  readonly records?: number;
  /** @default ITEMS_A_REQUEST */
  readonly items?: number;
}

/** In the order given; one too large to share a request gets one of its own. */
export function batch<T>(
  items: readonly T[],
  { recordsOf = () => 1, records = RECORDS_A_REQUEST, items: most = ITEMS_A_REQUEST }: BatchOptions<T> = {},
): T[][] {
  const batches: T[][] = [];
  let room = 0;
  for (const item of items) {
    const cost = recordsOf(item);
    if (batches.length === 0 || cost > room || batches.at(-1)!.length >= most) {
      batches.push([]);
      room = records;
    }
    batches.at(-1)!.push(item);
    room -= cost;
  }
  return batches;
}
