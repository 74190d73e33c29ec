import { Failure } from '../../core/issue';
import { Refused } from '../failures';
import type { AdminPort, GroupDescription, OffsetQuestion, TopicPartition } from '../port';
import { count, listSome } from '../verify/check';
import { commitsOffsets, offsetsOf, partitionKey } from './groups';
import type { ResetTarget } from './reset-target';
import { chosenPartitions, type TopicChoice } from './reset-topics';

/** What a reset would do; nothing is done yet. */
export interface ResetPlan {
  readonly group: string;
  /** A group that is not there is made by its first offset. */
  readonly isNew: boolean;
  readonly target: ResetTarget;
  /** By topic and partition. */
  readonly moves: readonly OffsetMove[];
  /** Partitions that stay as they are: a shift needs an offset to start from. */
  readonly without: readonly TopicPartition[];
  /** Records that will be read a second time, and that will never be read, in all. */
  readonly readAgain: number;
  readonly skipped: number;
}

export interface OffsetMove extends TopicPartition {
  /** Absent where the group has none. */
  readonly from?: number;
  readonly to: number;
  /** First offset that is kept, and the one of the next record that is written. */
  readonly earliest: number;
  readonly end: number;
  /** `first`, `end`: what was asked for lies outside, and this is the nearest there is. `no-record`: none is as young as the time. */
  readonly clamped?: 'first' | 'end' | 'no-record';
}

export interface ResetRequest {
  readonly group: string;
  /** Empty: everything that the group has committed offsets for. */
  readonly topics: readonly TopicChoice[];
  readonly target: ResetTarget;
}

/** Says from where to where the group would go; fails where it has members, since they would overwrite it. */
export async function planReset(admin: AdminPort, { group, topics, target }: ResetRequest): Promise<ResetPlan> {
  const [described] = await admin.describeGroups([group]);
  requireInactive(group, described);
  const committed = (await admin.committedOffsets([group])).get(group) ?? [];
  const isNew = described === undefined || (described.state === 'dead' && committed.length === 0);
  const partitions = await chosenPartitions(admin, topics, committed);
  if (partitions.length === 0) throw nothingCommitted(group);
  const from = new Map(committed.map((offset) => [partitionKey(offset.topic, offset.partition), offset.offset]));
  const places = await ask(admin, partitions, target);
  const moves: OffsetMove[] = [];
  const without: TopicPartition[] = [];
  for (const place of partitions) {
    const move = moveOf(place, from.get(partitionKey(place.topic, place.partition)), places, target);
    if (move === undefined) without.push(place);
    else moves.push(move);
  }
  return { group, isNew, target, moves, without, ...cost(moves) };
}

interface Places {
  readonly earliest: ReadonlyMap<string, number>;
  readonly end: ReadonlyMap<string, number>;
  /** Of the first record that is as young as the time that was asked for; -1 for none. */
  readonly time: ReadonlyMap<string, number>;
}

async function ask(admin: AdminPort, partitions: readonly TopicPartition[], target: ResetTarget): Promise<Places> {
  const at = async (where: OffsetQuestion['at']): Promise<ReadonlyMap<string, number>> => {
    const answers = await admin.listOffsets(partitions.map((place) => ({ ...place, at: where })));
    const failed = answers.find(({ error }) => error !== undefined);
    if (failed !== undefined)
      throw new Refused(`tell the offsets of ${failed.topic}-${failed.partition}`, failed.error!);
    return offsetsOf(answers);
  };
  const [earliest, end, time] = await Promise.all([
    at('earliest'),
    at('latest'),
    target.kind === 'time' ? at(target.timeMs) : new Map<string, number>(),
  ]);
  return { earliest, end, time };
}

function moveOf(
  { topic, partition }: TopicPartition,
  from: number | undefined,
  places: Places,
  target: ResetTarget,
): OffsetMove | undefined {
  const key = partitionKey(topic, partition);
  const [earliest, end] = [places.earliest.get(key)!, places.end.get(key)!];
  const at = { topic, partition, ...(from === undefined ? {} : { from }), earliest, end };
  if (target.kind === 'earliest') return { ...at, to: earliest };
  if (target.kind === 'latest') return { ...at, to: end };
  if (target.kind === 'time') {
    const found = places.time.get(key)!;
    return found < 0 ? { ...at, to: end, clamped: 'no-record' } : { ...at, to: found };
  }
  if (target.kind === 'shift' && from === undefined) return undefined;
  const wanted = target.kind === 'shift' ? from! + target.by : target.offset;
  if (wanted < earliest) return { ...at, to: earliest, clamped: 'first' };
  if (wanted > end) return { ...at, to: end, clamped: 'end' };
  return { ...at, to: wanted };
}

function cost(moves: readonly OffsetMove[]): { readAgain: number; skipped: number } {
  let readAgain = 0;
  let skipped = 0;
  for (const { from, to, earliest, end } of moves) {
    if (from === undefined) continue;
    // An offset below the first record that is kept counts from there: what is gone can be neither read nor skipped.
    const now = Math.min(Math.max(from, earliest), end);
    readAgain += Math.max(0, now - to);
    skipped += Math.max(0, to - now);
  }
  return { readAgain, skipped };
}

/** Kafka refuses offsets from outside of a group with members, and says less about it. */
export function requireInactive(group: string, described: GroupDescription | undefined): void {
  if (described === undefined) return;
  if (!commitsOffsets(described))
    throw new Failure(
      'GROUP-TYPE',
      `a group of this type keeps its place in another way, got ${group} of type ${described.type}; groups that commit offsets are allowed.`,
      'Use kafka-share-groups.sh for share groups.',
    );
  const { members, state } = described;
  if (members.length === 0 && (state === 'empty' || state === 'dead')) return;
  const who = members.map(({ clientId, host }) => `${clientId} on ${host.replace(/^\//, '')}`);
  throw new Failure(
    'GROUP-ACTIVE',
    `the group is in use, got ${group} in state ${state} with ${count(members.length, 'member')}${who.length === 0 ? '' : `: ${listSome(who)}`}; offsets are set while nobody is in it.`,
    'Stop its consumers, wait for their session to end, and run this again.',
  );
}

function nothingCommitted(group: string): Failure {
  return new Failure(
    'OFFSETS-NONE',
    `the group has no committed offsets, got ${group}; without --topic those are what is reset.`,
    'Check the name of the group, or name the topics: --topic orders.',
  );
}
