import { Refused } from '../../failures';
import type {
  AdminPort,
  CommittedOffset,
  ItemResult,
  Lease,
  LeaseRequest,
  OffsetQuestion,
  PartitionPlacement,
  QuotaChange,
  TopicPartition,
  UserChange,
  Via,
} from '../../port';
import type { WriteOptions } from '../../port';
import { aclKey, quotaEntityKey, type Acl } from '../../../core/cluster';
import { ProcessKilled } from './faults';
import { failedItem } from './requests';
import { MemoryTopicPort } from './topic-port';

/** One client of a cluster in memory. */
export class MemoryPort extends MemoryTopicPort implements AdminPort {
  readonly #held = new Set<Lease>();

  async listReassignments() {
    return this.read({ method: 'listReassignments' }, () => {
      const moves = this.parts.placement.reassignments();
      this.parts.looked();
      return moves;
    });
  }

  async alterReassignments(
    placements: readonly PartitionPlacement[],
    { replicationFactor }: { readonly replicationFactor: 'kept' | 'may-change' },
  ) {
    return this.#changePartitions('alterReassignments', placements, (some) =>
      this.parts.placement.alter(some, replicationFactor),
    );
  }

  async cancelReassignments(partitions: readonly TopicPartition[]) {
    return this.#changePartitions('cancelReassignments', partitions, (some) => this.parts.placement.cancel(some));
  }

  async electPreferredLeaders(partitions: readonly TopicPartition[]) {
    return this.#changePartitions('electPreferredLeaders', partitions, (some) => this.parts.placement.elect(some));
  }

  async describeAcls({ broker }: Via = {}) {
    return this.read({ method: 'describeAcls', broker }, (image) => {
      const acls = this.parts.acls.describe(image);
      if ('code' in acls) throw new Refused('describe acls', acls);
      return acls;
    });
  }

  async createAcls(acls: readonly Acl[]) {
    const run = (some: readonly Acl[]) => this.parts.acls.create(some);
    return this.parts.requests.items({
      method: 'createAcls',
      items: acls,
      nameOf: aclKey,
      run,
      failed: failedItem,
      mutates: true,
    });
  }

  async deleteAcls(acls: readonly Acl[]) {
    const run = (some: readonly Acl[]) => this.parts.acls.delete(some);
    return this.parts.requests.items({
      method: 'deleteAcls',
      items: acls,
      nameOf: aclKey,
      run,
      failed: failedItem,
      mutates: true,
    });
  }

  async describeUsers({ broker }: Via = {}) {
    return this.read({ method: 'describeUsers', broker }, (image) => this.parts.users.describe(image));
  }

  async alterUsers(changes: readonly UserChange[]) {
    return this.parts.requests.items({
      method: 'alterUsers',
      items: changes,
      nameOf: ({ user }) => user,
      run: (some) => this.parts.users.alter(some),
      failed: ({ user }, error) => failedItem(user, error),
      mutates: true,
    });
  }

  async describeQuotas({ broker }: Via = {}) {
    return this.read({ method: 'describeQuotas', broker }, ({ quotas }) => [...quotas.values()]);
  }

  async alterQuotas(changes: readonly QuotaChange[], options: WriteOptions) {
    return this.parts.requests.items({
      method: 'alterQuotas',
      items: changes,
      nameOf: ({ entity }) => quotaEntityKey(entity),
      run: (some) => this.parts.quotas.alter(some, options),
      failed: ({ entity }, error) => failedItem(entity, error),
      mutates: !options.validateOnly,
    });
  }

  async listGroups() {
    return this.read({ method: 'listGroups', nothing: [] }, () => this.parts.groups.list());
  }

  async describeGroups(groups: readonly string[]) {
    return this.read({ method: 'describeGroups' }, () => this.parts.groups.describe(groups));
  }

  async committedOffsets(groups: readonly string[]) {
    return this.read({ method: 'committedOffsets' }, () => this.parts.groups.committed(groups));
  }

  async commitOffsets(group: string, offsets: readonly CommittedOffset[]) {
    return this.#changePartitions('commitOffsets', offsets, (some) => this.parts.groups.commit(group, some));
  }

  async deleteOffsets(group: string, partitions: readonly TopicPartition[]) {
    return this.#changePartitions('deleteOffsets', partitions, (some) => {
      const error = this.parts.groups.deletionError(group);
      if (error !== undefined) throw new Refused(`change the offsets of group ${group}`, error);
      return this.parts.groups.deleteOffsets(group, some);
    });
  }

  async deleteGroups(groups: readonly string[]) {
    const run = (some: readonly string[]) => this.parts.groups.delete(some);
    return this.parts.requests.items({
      method: 'deleteGroups',
      items: groups,
      nameOf: String,
      run,
      failed: failedItem,
      mutates: true,
    });
  }

  async listOffsets(questions: readonly OffsetQuestion[]) {
    return this.parts.requests.items({
      method: 'listOffsets',
      items: questions,
      nameOf: nameOfPartition,
      run: (some) => some.map((question) => this.parts.records.answer(question)),
      failed: ({ topic, partition }, error) => ({ topic, partition, offset: -1, timestampMs: -1, error }),
    });
  }

  async takeLease(request: LeaseRequest) {
    return this.parts.requests.one({ method: 'takeLease' }, () => {
      const lease = this.parts.leases.take(request);
      const release = async (): Promise<void> => {
        if (this.parts.faults.isKilled) throw new ProcessKilled('the process was killed before it released its lease');
        this.#held.delete(lease);
        await lease.release();
      };
      this.#held.add(lease);
      return { lost: lease.lost, release };
    });
  }

  /** Leases that it holds end with it. */
  async close(): Promise<void> {
    if (this.parts.faults.isKilled) return;
    for (const lease of this.#held) await lease.release();
    this.#held.clear();
  }

  #changePartitions<Item extends TopicPartition>(
    method: 'alterReassignments' | 'cancelReassignments' | 'electPreferredLeaders' | 'commitOffsets' | 'deleteOffsets',
    items: readonly Item[],
    run: (items: readonly Item[]) => readonly ItemResult<TopicPartition>[],
  ): readonly ItemResult<TopicPartition>[] {
    return this.parts.requests.items({
      method,
      items,
      nameOf: nameOfPartition,
      run,
      failed: ({ topic, partition }, error) => failedItem<TopicPartition>({ topic, partition }, error),
      mutates: true,
    });
  }
}

const nameOfPartition = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`;
