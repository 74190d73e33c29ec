import { formatError } from '../failures';
import { partitionKey } from '../offsets/groups';
import type { AdminPort, OffsetAnswer, OffsetQuestion } from '../port';
import type { Backup, BackupOffset } from './backup';

export interface RestoredOffsets {
  /** Groups that are where they were in time. */
  readonly groups: readonly string[];
  /** Why others are not, or not all of theirs. */
  readonly problems: readonly string[];
}

/**
 * Sets groups to where they were in time: the first record at or after it, the end where none is as young, and the first record where
 * the partition was empty. A group with members is left alone.
 */
export async function restoreOffsets(admin: AdminPort, { groups }: Backup): Promise<RestoredOffsets> {
  const described = new Map(
    (await admin.describeGroups(groups.map(({ group }) => group))).map((one) => [one.group, one]),
  );
  const committed = await admin.committedOffsets(groups.map(({ group }) => group));
  const restored: string[] = [];
  const problems: string[] = [];
  for (const { group, offsets } of groups) {
    const targets = await targetsOf(admin, offsets);
    const now = new Map(
      (committed.get(group) ?? []).map(({ topic, partition, offset }) => [partitionKey(topic, partition), offset]),
    );
    const known = offsets.filter(({ topic, partition }) => targets.has(partitionKey(topic, partition)));
    const missing = offsets.length - known.length;
    if (missing > 0) problems.push(`${group}: ${missing} of its partitions are not there`);
    const moves = known.flatMap(({ topic, partition }) => {
      const offset = targets.get(partitionKey(topic, partition))!;
      return now.get(partitionKey(topic, partition)) === offset ? [] : [{ topic, partition, offset }];
    });
    const members = described.get(group)?.members.length ?? 0;
    if (moves.length > 0 && members > 0) {
      problems.push(`${group}: it has ${members} ${members === 1 ? 'member' : 'members'}`);
      continue;
    }
    const results = moves.length === 0 ? [] : await admin.commitOffsets(group, moves);
    const refused = results.flatMap(({ error }) => error ?? []);
    if (refused.length > 0) problems.push(`${group}: ${formatError(refused[0]!)}`);
    else if (missing === 0) restored.push(group);
  }
  return { groups: restored, problems };
}

/** Where each partition has the place that it had in time; partitions that are not there are left out. */
async function targetsOf(admin: AdminPort, offsets: readonly BackupOffset[]): Promise<Map<string, number>> {
  const ask = async (at: (offset: BackupOffset) => OffsetQuestion['at']): Promise<readonly OffsetAnswer[]> =>
    admin.listOffsets(offsets.map((one) => ({ topic: one.topic, partition: one.partition, at: at(one) })));
  const [places, ends] = await Promise.all([ask(({ timestampMs }) => timestampMs ?? 'earliest'), ask(() => 'latest')]);
  const end = new Map(ends.map(({ topic, partition, offset }) => [partitionKey(topic, partition), offset]));
  return new Map(
    places.flatMap(({ topic, partition, offset, error }) => {
      const key = partitionKey(topic, partition);
      return error === undefined ? [[key, offset < 0 ? (end.get(key) ?? 0) : offset] as const] : [];
    }),
  );
}
