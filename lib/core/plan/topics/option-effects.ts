import { minIsrEffect } from './min-isr-effect';
import { beforeAndAfter, either, limit, safe, type Judge, type OptionDelta, type OptionEffect } from './option-delta';
import { RETENTION_EFFECTS } from './retention-effects';

const LONG_MAX = '9223372036854775807';

/** Kafka refuses a record whose timestamp is farther away than this, if producers set it. */
const timestampLimit =
  (which: string): Judge =>
  (delta) => {
    const { from, to } = delta;
    if (beforeAndAfter(delta, 'message.timestamp.type', 'LogAppendTime'))
      return safe('Brokers set the timestamps themselves, so none is refused.');
    return limit(to, [LONG_MAX]) < limit(from, [LONG_MAX])
      ? {
          code: 'TOPIC-TIMESTAMP',
          grade: 'availability',
          reason: `Producers of records with ${which} timestamp are refused.`,
        }
      : safe('Fewer records are refused for their timestamps.');
  };

const compression: Judge = ({ to }) =>
  safe(
    to === 'producer'
      ? 'Records stay as producers send them; those that are there stay as they are.'
      : 'Brokers compress anew what comes otherwise, which takes CPU time; records that are there stay as they are.',
  );

const segments: Judge = () =>
  safe(
    'Retention and compaction work on closed segments, which are now of another size; records stay as long as retention says.',
  );
const flushing: Judge = () => safe('It only says how often disks are made to write; replication keeps records safe.');
const files: Judge = () => safe('It only says how files are laid out.');

/** What a change of each topic option costs, and why. */
const EFFECTS: Readonly<Record<string, Judge>> = {
  ...RETENTION_EFFECTS,
  'min.insync.replicas': minIsrEffect,
  'max.message.bytes': either({
    lower: () => ({
      code: 'TOPIC-MESSAGE-SIZE-CUT',
      grade: 'availability',
      reason: 'Producers of larger batches are refused.',
    }),
    higher: () => safe('Larger batches are accepted.'),
  }),
  'unclean.leader.election.enable': ({ to }) =>
    to?.toLowerCase() === 'true'
      ? {
          code: 'TOPIC-UNCLEAN-ELECTION',
          grade: 'data-loss',
          reason: 'A replica that lacks acknowledged records may become the leader, and those are gone.',
        }
      : safe('A partition waits for a replica that has every acknowledged record.'),
  'message.timestamp.type': () => ({
    code: 'TOPIC-TIMESTAMP',
    grade: 'availability',
    reason: 'Readers get timestamps of another kind, and retention and searches by time go by them.',
  }),
  'message.timestamp.before.max.ms': timestampLimit('an older'),
  'message.timestamp.after.max.ms': timestampLimit('a later'),
  'message.timestamp.difference.max.ms': timestampLimit('a more distant'),
  'message.downconversion.enable': ({ to }) =>
    to?.toLowerCase() === 'false'
      ? {
          code: 'TOPIC-DOWNCONVERSION-OFF',
          grade: 'availability',
          reason: 'Consumers that ask for an older record format are refused.',
        }
      : safe('Consumers that ask for an older record format are served.'),
  'compression.type': compression,
  'compression.gzip.level': compression,
  'compression.lz4.level': compression,
  'compression.zstd.level': compression,
  'segment.bytes': segments,
  'segment.ms': segments,
  'segment.jitter.ms': segments,
  'flush.messages': flushing,
  'flush.ms': flushing,
  'segment.index.bytes': files,
  'index.interval.bytes': files,
  'file.delete.delay.ms': files,
  preallocate: files,
};

/** An option that is not in the table works at once and is not known to harm anybody. */
const OTHER: OptionEffect = safe('Kafka takes it over at once.');

export function optionEffect(option: string, delta: OptionDelta): OptionEffect {
  return Object.hasOwn(EFFECTS, option) ? EFFECTS[option]!(delta) : OTHER;
}
