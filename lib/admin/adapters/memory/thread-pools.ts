/** Pools of threads that brokers resize while they run: kafka.server.DynamicThreadPool and LogCleaner. */
const POOLS: readonly string[] = [
  'background.threads',
  'log.cleaner.threads',
  'num.io.threads',
  'num.network.threads',
  'num.recovery.threads.per.data.dir',
  'num.replica.fetchers',
];

type ValueOf = (option: string) => string | undefined;

/** Why a broker does not go from the one to the other in one step; undefined where it does. */
export function threadProblem(before: ValueOf, after: ValueOf): string | undefined {
  for (const option of POOLS) {
    const [from, to] = [Number(before(option)), Number(after(option))];
    if (from === to || Number.isNaN(from) || Number.isNaN(to)) continue;
    const refused = `Dynamic thread count update validation failed for ${option}=${to}`;
    if (to < 1) return `${refused}, value should be at least 1`;
    if (to < Math.floor(from / 2)) return `${refused}, value should be at least half the current value ${from}`;
    if (to > from * 2) return `${refused}, value should not be greater than double the current value ${from}`;
  }
  return undefined;
}
