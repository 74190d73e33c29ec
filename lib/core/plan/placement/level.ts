/** Which units may go from one broker to another. */
export interface Shifts {
  /** Whether some unit of `from` may go to `to`. */
  has(from: number, to: number): boolean;
  /** Lets one go; answers how to take it back, or undefined where none may go any more. */
  shift(from: number, to: number): (() => void) | undefined;
}

/**
 * Evens out `load`: units go from the fullest broker to emptier ones, along the shortest chain of brokers that ends at one with two
 * fewer, until no chain helps. What is left cannot be more even, since each step is a shortest augmenting path of a flow (Harvey et al.,
 * Semi-Matchings for Bipartite Graphs and Load Balancing), and no broker gives more than it has too much.
 */
export function level(load: number[], shifts: Shifts): void {
  const banned = new Set<number>();
  const stuck = new Set<number>();
  let progressed = false;
  for (;;) {
    const from = fullest(load, stuck);
    if (from === undefined) {
      if (!progressed) return;
      progressed = false;
      stuck.clear();
      continue;
    }
    const chain = shortestChain(load, from, (a, b) => !banned.has(a * load.length + b) && shifts.has(a, b));
    if (chain === undefined) {
      stuck.add(from);
      continue;
    }
    const broken = shiftAlong(chain, shifts);
    if (broken === undefined) {
      load[from]!--;
      load[chain.at(-1)!]!++;
      progressed = true;
    } else banned.add(broken[0] * load.length + broken[1]);
  }
}

/** The fullest broker that could still give something away. */
function fullest(load: readonly number[], stuck: ReadonlySet<number>): number | undefined {
  let least = Infinity;
  let most: number | undefined;
  for (let broker = 0; broker < load.length; broker++) {
    if (load[broker]! < least) least = load[broker]!;
    if (!stuck.has(broker) && (most === undefined || load[broker]! > load[most]!)) most = broker;
  }
  return most !== undefined && load[most]! >= least + 2 ? most : undefined;
}

function shortestChain(
  load: readonly number[],
  from: number,
  has: (from: number, to: number) => boolean,
): number[] | undefined {
  const direct = emptiest(load, from, (to) => to !== from && has(from, to));
  if (direct !== undefined) return [from, direct];
  const before = new Map<number, number>([[from, from]]);
  let layer = [from];
  while (layer.length > 0) {
    const next: number[] = [];
    for (const broker of layer)
      for (let to = 0; to < load.length; to++)
        if (!before.has(to) && has(broker, to)) {
          before.set(to, broker);
          next.push(to);
        }
    let end: number | undefined;
    for (const to of next) if (load[to]! <= load[from]! - 2 && (end === undefined || load[to]! < load[end]!)) end = to;
    if (end !== undefined) {
      const chain = [end];
      while (chain[0] !== from) chain.unshift(before.get(chain[0]!)!);
      return chain;
    }
    layer = next;
  }
  return undefined;
}

/** The emptiest broker of those with two fewer than `from`. */
function emptiest(load: readonly number[], from: number, reachable: (to: number) => boolean): number | undefined {
  let end: number | undefined;
  for (let to = 0; to < load.length; to++)
    if (load[to]! <= load[from]! - 2 && (end === undefined || load[to]! < load[end]!) && reachable(to)) end = to;
  return end;
}

/** From the end, so that no broker has more in between; answers the step that could not be done, with everything taken back. */
function shiftAlong(chain: readonly number[], shifts: Shifts): [number, number] | undefined {
  const undo: (() => void)[] = [];
  for (let step = chain.length - 2; step >= 0; step--) {
    const back = shifts.shift(chain[step]!, chain[step + 1]!);
    if (back === undefined) {
      for (const each of undo.reverse()) each();
      return [chain[step]!, chain[step + 1]!];
    }
    undo.push(back);
  }
  return undefined;
}
