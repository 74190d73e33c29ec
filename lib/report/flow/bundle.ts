import { groupBy } from '../../core/group-by';

/** Something that may share a box with others. */
export interface Item {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** What is heavier keeps a box of its own for longer. */
  readonly weight: number;
  /** Ids of what it is joined to. */
  readonly joined: readonly string[];
}

export interface Bundle {
  readonly id: string;
  readonly label: string;
  readonly items: readonly Item[];
}

/**
 * As few boxes as are wanted, at most. One each where that suffices; else those that are joined to the same share one, or those whose
 * names begin with the same word, whichever makes fewer; and at last all but the heaviest.
 */
export function bundled(items: readonly Item[], most: number): Bundle[] {
  if (items.length <= most) return items.map((item) => bundleOf([item]));
  const ways = [
    groupBy(items, ({ kind, joined }) => JSON.stringify([kind, [...joined].sort()])),
    groupBy(items, ({ kind, name }) => JSON.stringify([kind, firstWord(name)])),
  ].map((groups) => [...groups.values()]);
  const fitting = ways.find((groups) => groups.length <= most);
  if (fitting !== undefined) return fitting.map(bundleOf);
  const fewest = ways.reduce((best, groups) => (groups.length < best.length ? groups : best));
  return heaviest(fewest, most);
}

function heaviest(groups: readonly (readonly Item[])[], most: number): Bundle[] {
  const weightOf = (group: readonly Item[]): number => group.reduce((sum, { weight }) => sum + weight, 0);
  const order = groups
    .map((group, index) => ({ group, index, weight: weightOf(group) }))
    .sort((a, b) => b.weight - a.weight || a.index - b.index);
  const kept = order.slice(0, most - 1).sort((a, b) => a.index - b.index);
  const rest = order.slice(most - 1).flatMap(({ group }) => group);
  return [...kept.map(({ group }) => bundleOf(group)), { ...bundleOf(rest), label: `${rest.length} others` }];
}

function bundleOf(items: readonly Item[]): Bundle {
  return { id: items[0]!.id, items, label: labelOf(items.map(({ name }) => name)) };
}

/** `shop.orders`; `shop.*` for what all begin with; else `orders and 3 more`. */
function labelOf(names: readonly string[]): string {
  if (names.length === 1) return names[0]!;
  const [first, ...others] = names as [string, ...string[]];
  let length = first.length;
  for (const name of others) {
    while (!name.startsWith(first.slice(0, length))) length -= 1;
  }
  const common = /^(.*[._-])/.exec(first.slice(0, length))?.[1];
  return common === undefined ? `${first} and ${others.length} more` : `${common}*`;
}

function firstWord(name: string): string {
  return /^[^._-]*/.exec(name)![0];
}
