import type { GroupDescription, GroupListing } from '../port';
import type { Asker } from './asker';

/** Groups that read topics: not workers of Connect, and not those that are gone. */
export async function readingGroups({ admin, ask }: Asker): Promise<readonly GroupListing[]> {
  const groups = await ask(() => admin.listGroups());
  return groups.filter(({ protocolType, state }) => READERS.has(protocolType) && state !== 'dead');
}

/** An empty type: offsets that somebody committed without being a member. */
const READERS = new Set(['consumer', '', 'share', 'streams']);

export async function describeGroups(
  { admin, ask }: Asker,
  groups: readonly string[],
): Promise<ReadonlyMap<string, GroupDescription>> {
  if (groups.length === 0) return new Map();
  const described = await ask(() => admin.describeGroups(groups));
  return new Map(described.map((group) => [group.group, group]));
}

/** Members of these groups, and of all that begin with a name that ends in `*`. */
export async function groupMembers(asker: Asker, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (names.length === 0) return new Map();
  const exact = new Set(names.filter((name) => !name.endsWith('*')));
  const prefixes = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  const groups = (await readingGroups(asker))
    .map(({ group }) => group)
    .filter((group) => exact.has(group) || prefixes.some((prefix) => group.startsWith(prefix)));
  const described = await describeGroups(asker, groups);
  return new Map([...described].map(([group, { members }]) => [group, members.length]));
}
