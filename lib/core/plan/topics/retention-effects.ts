import { formatBytes } from '../../units';
import { instant } from './about';
import {
  beforeAndAfter,
  beforeOrAfter,
  compacts,
  either,
  limit,
  policies,
  safe,
  type Judge,
  type OptionDelta,
  type OptionEffect,
} from './option-delta';

/** What goes when retention is cut, as far as it was looked up. */
function lost({ cut, bytes }: OptionDelta): string {
  if (cut === undefined) return 'Records beyond it go at once; how many is not known.';
  if (cut.bytes === 0) return 'Nothing goes at once; from now on records go sooner.';
  const of = bytes === undefined ? '' : ` of ${formatBytes(bytes)}`;
  const before = cut.beforeMs === undefined ? '' : `, records before ${instant(cut.beforeMs)},`;
  return `About ${formatBytes(cut.bytes)}${of}${before} ${of === '' && before === '' ? 'of records ' : ''}go at once.`;
}

function isEmpty({ bytes, cut }: OptionDelta): boolean {
  return bytes === 0 && (cut === undefined || cut.bytes === 0);
}

const retention: Judge = (delta) => {
  const deletes = (policy: string | undefined): boolean => policies(policy).has('delete');
  // What the policy is to be may be held, or refused by the cluster, while this is done: only what it is now keeps records.
  if (!deletes(delta.before('cleanup.policy')))
    return deletes(delta.after('cleanup.policy'))
      ? safe('It counts from when delete is in cleanup.policy.')
      : safe('Retention does nothing on a topic that has no delete in cleanup.policy.');
  if (limit(delta.to) >= limit(delta.from)) return safe('Records are kept longer, which takes more disk.');
  if (isEmpty(delta)) return { code: 'TOPIC-RETENTION-CUT', grade: 'safe', reason: 'The topic is empty.' };
  return { code: 'TOPIC-RETENTION-CUT', grade: 'data-loss', reason: lost(delta) };
};

/** A segment leaves a broker only when the remote storage has it (KIP-405), so nothing is lost, but it is read from farther away. */
const localRetention: Judge = (delta) => {
  if (!beforeOrAfter(delta, 'remote.storage.enable', 'true'))
    return safe('It does nothing on a topic without remote storage.');
  if (beforeAndAfter(delta, 'remote.log.copy.disable', 'true'))
    return safe('It does nothing on a topic that is no longer copied to remote storage.');
  return limit(delta.to) < limit(delta.from)
    ? {
        code: 'TOPIC-LOCAL-RETENTION-CUT',
        grade: 'availability',
        reason: 'Older records leave the disks of the brokers; whoever reads them waits for the remote storage.',
      }
    : safe('Brokers keep more of the topic on their own disks.');
};

const cleanup: Judge = (delta) => {
  const [before, after] = [policies(delta.from), policies(delta.to)];
  const added = (policy: string): boolean => after.has(policy) && !before.has(policy);
  const ofKeys = 'Of each key only the newest record stays, and records without a key are refused.';
  if (added('delete')) {
    const also = added('compact') ? ` ${ofKeys}` : '';
    if (isEmpty(delta) && also === '')
      return { code: 'TOPIC-CLEANUP-DELETE', grade: 'safe', reason: 'The topic is empty.' };
    return {
      code: 'TOPIC-CLEANUP-DELETE',
      grade: 'data-loss',
      reason: `Records go by age and size from now on, the newest of a key too. ${lost(delta)}${also}`,
    };
  }
  if (added('compact'))
    return delta.bytes === 0
      ? {
          code: 'TOPIC-CLEANUP-COMPACT',
          grade: 'availability',
          reason: 'The topic is empty; records without a key are refused from now on.',
        }
      : { code: 'TOPIC-CLEANUP-COMPACT', grade: 'data-loss', reason: ofKeys };
  return safe(
    after.has('delete')
      ? 'Older records of a key stay until retention removes them, which takes more disk.'
      : 'Retention removes nothing any more, which takes more disk.',
  );
};

const whereCompacted =
  (effect: OptionEffect): ((delta: OptionDelta) => OptionEffect) =>
  (delta) =>
    compacts(delta) ? effect : safe('It does nothing on a topic that is not compacted.');

/** What is kept and what goes: retention, compaction, remote storage. */
export const RETENTION_EFFECTS: Readonly<Record<string, Judge>> = {
  'retention.ms': retention,
  'retention.bytes': retention,
  'local.retention.ms': (delta) => localRetention(asRetention(delta, 'retention.ms')),
  'local.retention.bytes': (delta) => localRetention(asRetention(delta, 'retention.bytes')),
  'cleanup.policy': cleanup,
  'delete.retention.ms': either({
    lower: whereCompacted({
      code: 'TOPIC-TOMBSTONES-CUT',
      grade: 'data-loss',
      reason:
        'Markers of deleted keys go sooner: a reader that takes longer from the beginning never learns that they were deleted.',
    }),
    higher: whereCompacted(safe('Markers of deleted keys are kept longer.')),
  }),
  'min.compaction.lag.ms': either({
    lower: whereCompacted({
      code: 'TOPIC-COMPACTION-LAG-CUT',
      grade: 'data-loss',
      reason: 'Older records of a key may go sooner: a reader that is farther behind misses them.',
    }),
    higher: whereCompacted(safe('Older records of a key are kept longer at least.')),
  }),
  'max.compaction.lag.ms': whereCompacted(safe('It only says when compaction comes at the latest.')),
  'min.cleanable.dirty.ratio': whereCompacted(
    safe('Compaction comes more or less often; what it removes is the same.'),
  ),
  'remote.storage.enable': ({ to, after }) => {
    if (to?.toLowerCase() === 'true') return safe('Closed segments are copied to the remote storage.');
    const kept = after('remote.log.delete.on.disable')?.toLowerCase() !== 'true';
    return {
      code: 'TOPIC-TIERING-OFF',
      grade: 'irreversible',
      reason: kept
        ? 'Kafka refuses it unless remote.log.delete.on.disable is true, and with that deletes all records in the remote storage.'
        : 'All records in the remote storage are deleted; only what is on the disks of the brokers stays.',
    };
  },
  'remote.log.copy.disable': ({ to }) =>
    safe(
      to?.toLowerCase() === 'true'
        ? 'Nothing more is copied to the remote storage, and brokers keep all of it on their disks until retention removes it.'
        : 'Closed segments are copied to the remote storage again.',
    ),
  'remote.log.delete.on.disable': () => safe('It counts when remote storage is turned off.'),
};

/** -2 stands for the retention of the topic. */
function asRetention(delta: OptionDelta, option: string): OptionDelta {
  const own = (value: string | undefined, other: (name: string) => string | undefined): string | undefined =>
    value?.trim() === '-2' ? other(option) : value;
  return { ...delta, from: own(delta.from, delta.before), to: own(delta.to, delta.after) };
}
