import { segmentsOf } from '../capacity';
import type { Path } from '../issue';
import { topicFieldPath, type EnvironmentModel } from '../model';
import { formatDuration } from '../units';
import { topicOptionPath } from './topics';
import type { Rule } from './rule';

/** Retention against segments and compaction. */
export const RETENTION_RULES: readonly Rule[] = [
  {
    code: 'RETENTION-SEGMENT',
    level: 'warning',
    what: 'The retention time of a topic is not shorter than the time after which its segments are closed.',
    why: 'Retention removes whole segments and never the one that is written to, so a record lives up to the retention time plus the roll time: on a quiet topic kept one day, eight days. Where a law sets the time, that is what counts.',
    source: 'Apache Kafka documentation, retention.ms and segment.ms; KAFKA-4414',
    check(model, report) {
      for (const topic of model.topics) {
        if (!topic.cleanupPolicy.includes('delete') || topic.retentionMs < 0) continue;
        const { rollMs, closedAfterMs } = segmentsOf(model, topic);
        if (topic.retentionMs >= closedAfterMs) continue;
        const longest = topic.retentionMs + Math.round(closedAfterMs);
        report({
          path: retentionPath(model, topic.name, 'time'),
          message: `records live longer than the retention time, got ${formatDuration(topic.retentionMs)} with segments closed after ${about(closedAfterMs)}, so up to ${about(longest)}; a retention time of at least that of a segment is predictable.`,
          hint: `Set segment.ms to ${segmentFor(topic.retentionMs)} or less under config${closedAfterMs < rollMs ? ', or a smaller segment.bytes' : ''}.`,
        });
      }
    },
  },
  {
    code: 'RETENTION-COMPACT-ONLY',
    level: 'warning',
    what: 'A topic that is only compacted has no retention.',
    why: 'Compaction keeps the newest record of each key for ever; retention acts only where the policy has delete too.',
    source: 'Apache Kafka documentation, cleanup.policy',
    check(model, report) {
      for (const topic of model.topics) {
        if (topic.cleanupPolicy.includes('delete')) continue;
        const path =
          topic.retentionMs >= 0
            ? retentionPath(model, topic.name, 'time')
            : topic.retentionBytesPerPartition >= 0
              ? retentionPath(model, topic.name, 'bytesPerPartition')
              : undefined;
        if (path === undefined) continue;
        report({
          path,
          message:
            'retention does nothing on a topic that is only compacted, got cleanupPolicy [compact]; [compact, delete] removes old records too.',
          hint: 'Remove the retention, or use cleanupPolicy: [compact, delete].',
        });
      }
    },
  },
  {
    code: 'RETENTION-SIZE-SEGMENT',
    level: 'warning',
    what: 'The retention size of a partition is not smaller than a segment.',
    why: 'The segment that is written to is never removed, so a partition holds at least a segment, 1 GiB by default, whatever the retention size says.',
    source: 'Apache Kafka documentation, retention.bytes and segment.bytes',
    check(model, report) {
      for (const topic of model.topics) {
        if (!topic.cleanupPolicy.includes('delete') || topic.retentionBytesPerPartition < 0) continue;
        const { bytes } = segmentsOf(model, topic);
        if (topic.retentionBytesPerPartition >= bytes) continue;
        report({
          path: retentionPath(model, topic.name, 'bytesPerPartition'),
          message: `the retention size is below that of a segment, got ${topic.retentionBytesPerPartition} bytes with segments of ${bytes} bytes; at least a segment is kept.`,
          hint: `Set segment.bytes to ${Math.max(1_048_576, Math.floor(topic.retentionBytesPerPartition / 4))} under config, or raise the size.`,
        });
      }
    },
  },
  {
    code: 'RETENTION-COMPACTION-LAG',
    level: 'error',
    what: 'The longest compaction lag of a topic is not shorter than the shortest.',
    why: 'Kafka refuses the topic (INVALID_CONFIG): a record cannot have to be compacted before it may be.',
    source: 'org.apache.kafka.storage.internals.log.LogConfig, 4.3.1',
    check(model, report) {
      for (const topic of model.topics) {
        const [min, max] = ['min.compaction.lag.ms', 'max.compaction.lag.ms'];
        const least = Number(topic.config[min] ?? 0);
        const most = Number(topic.config[max] ?? Infinity);
        if (!(least > most)) continue;
        report({
          path: topicOptionPath(model, topic.name, min) ?? ['topics', topic.name],
          message: `the shortest compaction lag is above the longest, got ${min} ${least} and ${max} ${most}; at most ${most} is allowed.`,
          hint: 'Lower it, or raise the other.',
        });
      }
    },
  },
];

function retentionPath(model: EnvironmentModel, topic: string, key: 'time' | 'bytesPerPartition'): Path {
  if (model.spec.topics?.[topic]?.retention?.[key] !== undefined) return ['topics', topic, 'retention', key];
  if (model.spec.topicDefaults?.retention?.[key] !== undefined) return ['topicDefaults', 'retention', key];
  return topicFieldPath(model.spec, topic, 'retention');
}

/** A duration for people: the largest unit that fits, with one digit. */
function about(ms: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const;
  const [unit, size] = units.find(([, candidate]) => ms >= candidate) ?? (['ms', 1] as const);
  return `${Math.round((ms / size) * 10) / 10}${unit}`;
}

/** A quarter of the retention time, at least a minute: the overshoot is then at most a quarter. */
function segmentFor(retentionMs: number): number {
  return Math.max(60_000, Math.floor(retentionMs / 4));
}
