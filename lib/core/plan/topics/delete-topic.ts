import type { TopicDescription } from '../../cluster';
import { formatBytes, formatDuration } from '../../units';
import type { Block, Change } from '../change';
import type { DesiredDeletion } from '../desired';
import { byTombstone, listSome } from '../diff/differences';
import type { TopicUsage } from '../observed';
import { aboutDuration, counted, instant } from './about';
import type { TopicContext } from './topic-context';

/** A topic with a tombstone: it goes when nobody has written to it for a while and no group reads it. */
export function deleteTopic(context: TopicContext, tombstone: DesiredDeletion, topic: TopicDescription): Change {
  const usage = context.evidence.usage.get(topic.name);
  const change = byTombstone({
    id: `delete-topic ${topic.name}`,
    code: 'TOPIC-DELETE',
    path: tombstone.path,
    subject: `topic ${topic.name}`,
    summary: 'delete',
    from: counted(topic.partitions.length, 'partition'),
    to: 'none',
    grade: 'data-loss',
    reason: `${lost(context, topic, usage)} Tombstone: ${tombstone.reason.replace(/\.$/, '')}.`,
    operation: { kind: 'delete-topic', topic: topic.name, topicId: topic.topicId },
  });
  const block = blockOf(context, topic, usage);
  return block === undefined ? change : { ...change, status: 'blocked', block };
}

function lost(context: TopicContext, topic: TopicDescription, usage: TopicUsage | undefined): string {
  if (usage === undefined) return 'All its records go; how many is not known.';
  const { records, lastWrittenMs, groups } = usage;
  const readers = groups.length === 0 ? 'no group reads it' : `${counted(groups.length, 'group')} read it`;
  if (records === 0) return `It is empty, and ${readers}.`;
  const bytes = context.sizeOf(topic)?.bytes;
  const size = bytes === undefined ? '' : ` (${formatBytes(bytes)})`;
  const written =
    lastWrittenMs === undefined ? '' : `, the last written ${ago(context.observed.readAtMs - lastWrittenMs)},`;
  return `${counted(records, 'record')}${size} ${records === 1 ? 'goes' : 'go'}${written} and ${readers}.`;
}

function blockOf(context: TopicContext, topic: TopicDescription, usage?: TopicUsage): Block | undefined {
  const { desired, observed } = context;
  if (context.isMoving(topic.name))
    return { reason: 'Its replicas are being moved.', hint: 'Apply again when they are done.' };
  if (usage === undefined)
    return {
      reason: 'It is not known whether anybody writes or reads it.',
      hint: 'Give the administrator the right to describe the topic and all groups, and plan again.',
    };
  const silent = topic.partitions.filter(({ leader }) => leader < 0).map(({ partition }) => String(partition));
  if (silent.length > 0)
    return {
      reason: `${counted(silent.length, 'partition')} (${listSome(silent)}) ${silent.length === 1 ? 'has' : 'have'} no leader, so nobody can tell when it was last written.`,
      hint: 'Bring the brokers back that have its replicas, and plan again.',
    };
  const quietMs = desired.reconcile.quietBeforeDeleteMs;
  const quiet = formatDuration(quietMs);
  if (usage.lastWrittenMs !== undefined && usage.lastWrittenMs > observed.readAtMs)
    return {
      reason: `Its newest record has a timestamp in the future, ${instant(usage.lastWrittenMs)}; ${quiet} of quiet are needed.`,
      hint: 'Stop its producers and wait until that time and the quiet after it have passed.',
    };
  if (usage.lastWrittenMs !== undefined && observed.readAtMs - usage.lastWrittenMs < quietMs)
    return {
      reason: `It was last written ${ago(observed.readAtMs - usage.lastWrittenMs)} by its newest record's timestamp; ${quiet} of quiet are needed.`,
      hint: 'Stop its producers and wait; reconcile.quietBeforeDelete says how long.',
    };
  return readBy(usage);
}

function readBy({ groups }: TopicUsage): Block | undefined {
  const active = groups.filter(({ members }) => members > 0);
  if (active.length > 0)
    return {
      reason: `${active.length === 1 ? 'A group reads' : `${active.length} groups read`} it: ${listSome(active.map(({ group, members }) => `${group} (${counted(members, 'member')})`))}.`,
      hint: 'Stop the consumers or take the topic out of their subscription.',
    };
  if (groups.length === 0) return undefined;
  return {
    reason: `${groups.length === 1 ? 'A group has' : `${groups.length} groups have`} offsets committed for it: ${listSome(groups.map(({ group }) => group))}.`,
    hint: 'Kafka forgets them offsets.retention.minutes after the last member has left; or delete them with kafka-consumer-groups --delete-offsets.',
  };
}

function ago(ms: number): string {
  return ms < 0 ? 'in the future' : `${aboutDuration(ms)} ago`;
}
