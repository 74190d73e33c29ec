/** As many at a time as an interface over HTTP or a coordinator takes gladly. */
const AT_A_TIME = 4;

/** Does this for each, some at a time; the first failure ends it once those under way have ended. */
export async function inParallel<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  most = AT_A_TIME,
): Promise<void> {
  const queue = items.values();
  const outcomes = await Promise.allSettled(
    Array.from({ length: Math.min(most, items.length) }, async () => {
      for (const item of queue) await work(item);
    }),
  );
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
