import type { AdminPort, CommittedOffset, GroupDescription, GroupListing, OffsetAnswer } from '../port';

/** A group and how far behind it is. */
export interface GroupOverview {
  readonly group: string;
  /** `classic`, `consumer`, `share` or `streams`. */
  readonly type: string;
  readonly state: string;
  readonly members: readonly GroupMemberOverview[];
  /** Topics that it has committed offsets for, by name. */
  readonly topics: readonly TopicLag[];
  /** Records in all that it has yet to read, as far as they are known. */
  readonly lag: number;
}

export interface GroupMemberOverview {
  readonly memberId: string;
  readonly clientId: string;
  readonly host: string;
  /** Partitions that it reads. */
  readonly partitions: number;
}

export interface TopicLag {
  readonly topic: string;
  /** Records of all its partitions; absent where the topic is not there any more, or has no leader. */
  readonly lag?: number;
  readonly partitions: readonly PartitionLag[];
}

export interface PartitionLag {
  readonly partition: number;
  /** The next record that the group reads. */
  readonly committed: number;
  /** Offset of the next record that is written. */
  readonly end?: number;
}

/** What committing offsets means is kept by Kafka's consumers; share groups keep their place in another way. */
export function commitsOffsets({ type }: Pick<GroupListing, 'type'>): boolean {
  return type !== 'share';
}

/** Leases of the kit are groups, since that needs no storage; nobody reads with them. */
const OF_THE_KIT = '__kdk_';

/** Groups by name, those named or all that may be seen, with members and lag. Groups that are not there are left out. */
export async function groupOverviews(admin: AdminPort, wanted?: readonly string[]): Promise<GroupOverview[]> {
  const listed = await admin.listGroups();
  const groups = listed
    .filter(({ group }) => (wanted === undefined ? !group.startsWith(OF_THE_KIT) : wanted.includes(group)))
    .sort((a, b) => (a.group < b.group ? -1 : 1));
  const [described, committed] = await Promise.all([
    admin.describeGroups(groups.filter(commitsOffsets).map(({ group }) => group)),
    admin.committedOffsets(groups.filter(commitsOffsets).map(({ group }) => group)),
  ]);
  const ends = await endOffsets(admin, [...committed.values()].flat());
  const descriptions = new Map(described.map((description) => [description.group, description]));
  return groups.map((listing) =>
    overview(listing, descriptions.get(listing.group), committed.get(listing.group) ?? [], ends),
  );
}

function overview(
  { group, type, state }: GroupListing,
  described: GroupDescription | undefined,
  committed: readonly CommittedOffset[],
  ends: ReadonlyMap<string, number>,
): GroupOverview {
  const topics = [...new Set(committed.map(({ topic }) => topic))].sort().map((topic) =>
    topicLag(
      topic,
      committed.filter((offset) => offset.topic === topic),
      ends,
    ),
  );
  return {
    group,
    type,
    state: described?.state ?? state,
    members: (described?.members ?? []).map(({ memberId, clientId, host, assignment }) => ({
      memberId,
      clientId,
      host,
      partitions: assignment.length,
    })),
    topics,
    lag: topics.reduce((sum, { lag }) => sum + (lag ?? 0), 0),
  };
}

function topicLag(topic: string, committed: readonly CommittedOffset[], ends: ReadonlyMap<string, number>): TopicLag {
  const partitions = committed
    .map(({ partition, offset }): PartitionLag => {
      const end = ends.get(partitionKey(topic, partition));
      return { partition, committed: offset, ...(end === undefined ? {} : { end }) };
    })
    .sort((a, b) => a.partition - b.partition);
  const known = partitions.flatMap(({ committed: from, end }) => (end === undefined ? [] : [Math.max(0, end - from)]));
  return { topic, ...(known.length === 0 ? {} : { lag: known.reduce((sum, lag) => sum + lag, 0) }), partitions };
}

/** Where each of these partitions ends now; those that cannot be told are left out. */
export async function endOffsets(
  admin: AdminPort,
  partitions: readonly { readonly topic: string; readonly partition: number }[],
): Promise<Map<string, number>> {
  const unique = new Map(
    partitions.map(({ topic, partition }) => [partitionKey(topic, partition), { topic, partition }]),
  );
  if (unique.size === 0) return new Map();
  const answers = await admin.listOffsets([...unique.values()].map((place) => ({ ...place, at: 'latest' as const })));
  return offsetsOf(answers);
}

/** Offsets by partition; answers with an error are left out. */
export function offsetsOf(answers: readonly OffsetAnswer[]): Map<string, number> {
  return new Map(
    answers.flatMap(({ topic, partition, offset, error }) =>
      error === undefined ? [[partitionKey(topic, partition), offset] as const] : [],
    ),
  );
}

export function partitionKey(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}
