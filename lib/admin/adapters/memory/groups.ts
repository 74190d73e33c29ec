import type {
  CommittedOffset,
  GroupDescription,
  GroupListing,
  GroupMember,
  ItemResult,
  KafkaError,
  TopicPartition,
} from '../../port';
import { kafkaError } from './errors';
import type { MetadataLog } from './metadata';

/** Somebody who reads in a group. */
export interface MemoryMember {
  /** @default member-1 */
  readonly memberId?: string;
  /** @default the member's id */
  readonly clientId?: string;
  /** @default consumer */
  readonly protocolType?: string;
  readonly topics: readonly string[];
  /** What it reads now. @default every partition of the topics */
  readonly assignment?: readonly TopicPartition[];
}

const CONSUMERS = 'consumer';

interface Group {
  readonly type: string;
  readonly protocolType: string;
  readonly members: Map<string, GroupMember & { readonly topics: readonly string[] }>;
  readonly offsets: Map<string, CommittedOffset>;
}

/** Consumer groups and what they committed; their coordinator answers, so nothing of them lags. */
export class MemoryGroups {
  readonly #groups = new Map<string, Group>();

  /** @param onFirst makes the topic that groups are kept in */
  constructor(
    private readonly log: MetadataLog,
    private readonly onFirst: () => void,
  ) {}

  join(name: string, member: MemoryMember): void {
    const { memberId = 'member-1', clientId = memberId, protocolType = CONSUMERS, topics, assignment } = member;
    const group = this.#made(name, protocolType);
    const all = topics.flatMap((topic) =>
      (this.log.committed.topics.get(topic)?.partitions ?? []).map((_, partition) => ({ topic, partition })),
    );
    group.members.set(memberId, { memberId, clientId, host: '/127.0.0.1', topics, assignment: assignment ?? all });
  }

  /** One member, or all. */
  leave(name: string, memberId?: string): void {
    const members = this.#groups.get(name)?.members;
    if (memberId === undefined) members?.clear();
    else members?.delete(memberId);
  }

  /** As its own members commit. */
  commitAsMember(name: string, offsets: readonly CommittedOffset[]): void {
    const group = this.#made(name, CONSUMERS);
    for (const { topic, partition, offset } of offsets)
      group.offsets.set(key({ topic, partition }), { topic, partition, offset });
  }

  list(): GroupListing[] {
    return [...this.#groups].map(([name, group]) => listing(name, group));
  }

  describe(names: readonly string[]): GroupDescription[] {
    return names.flatMap((name) => {
      const group = this.#groups.get(name);
      if (group === undefined) return [];
      const members = [...group.members.values()].map(({ memberId, clientId, host, assignment }) => ({
        memberId,
        clientId,
        host,
        assignment,
      }));
      return [{ ...listing(name, group), members }];
    });
  }

  committed(names: readonly string[]): ReadonlyMap<string, readonly CommittedOffset[]> {
    return new Map(names.map((name) => [name, [...(this.#groups.get(name)?.offsets.values() ?? [])]]));
  }

  commit(name: string, offsets: readonly CommittedOffset[]): ItemResult<TopicPartition>[] {
    return offsets.map(({ topic, partition, offset }) => {
      const item = { topic, partition };
      const error = this.#commitError(name, item);
      if (error !== undefined) return { item, error };
      this.#made(name, '').offsets.set(key(item), { topic, partition, offset });
      return { item };
    });
  }

  /** Why nothing of a group can be deleted. */
  deletionError(name: string): KafkaError | undefined {
    const group = this.#groups.get(name);
    if (group === undefined) return kafkaError('GROUP_ID_NOT_FOUND');
    return group.members.size > 0 && group.protocolType !== CONSUMERS ? kafkaError('NON_EMPTY_GROUP') : undefined;
  }

  deleteOffsets(name: string, partitions: readonly TopicPartition[]): ItemResult<TopicPartition>[] {
    const { members, offsets } = this.#made(name, CONSUMERS);
    const read = new Set([...members.values()].flatMap(({ topics }) => topics));
    return partitions.map(({ topic, partition }) => {
      const item = { topic, partition };
      if (!this.#hasPartition(item)) return { item, error: kafkaError('UNKNOWN_TOPIC_OR_PARTITION') };
      if (read.has(topic)) return { item, error: kafkaError('GROUP_SUBSCRIBED_TO_TOPIC') };
      offsets.delete(key(item));
      return { item };
    });
  }

  delete(names: readonly string[]): ItemResult<string>[] {
    return names.map((name) => {
      const group = this.#groups.get(name);
      if (group === undefined) return { item: name, error: kafkaError('GROUP_ID_NOT_FOUND') };
      if (group.members.size > 0) return { item: name, error: kafkaError('NON_EMPTY_GROUP') };
      this.#groups.delete(name);
      return { item: name };
    });
  }

  /** Topics are gone, and with them what was committed of them. */
  forget(topics: ReadonlySet<string>): void {
    for (const { offsets } of this.#groups.values())
      for (const [at, { topic }] of offsets) if (topics.has(topic)) offsets.delete(at);
  }

  #commitError(name: string, partition: TopicPartition): KafkaError | undefined {
    if (name === '') return kafkaError('INVALID_GROUP_ID');
    if ((this.#groups.get(name)?.members.size ?? 0) > 0) return kafkaError('UNKNOWN_MEMBER_ID');
    return this.#hasPartition(partition) ? undefined : kafkaError('UNKNOWN_TOPIC_OR_PARTITION');
  }

  #hasPartition({ topic, partition }: TopicPartition): boolean {
    return this.log.committed.topics.get(topic)?.partitions[partition] !== undefined;
  }

  #made(name: string, protocolType: string): Group {
    let group = this.#groups.get(name);
    if (group === undefined) this.onFirst();
    if (group === undefined)
      this.#groups.set(name, (group = { type: 'classic', protocolType, members: new Map(), offsets: new Map() }));
    return group;
  }
}

function listing(group: string, { type, protocolType, members }: Group): GroupListing {
  return { group, type, protocolType, state: members.size > 0 ? 'stable' : 'empty' };
}

const key = ({ topic, partition }: TopicPartition): string => `${topic} ${partition}`;
