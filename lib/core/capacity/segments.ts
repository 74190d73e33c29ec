import type { EnvironmentModel, TopicModel } from '../model';

/** Kafka's defaults: log.roll.hours 168, log.segment.bytes 1 GiB (ConfigDef 4.3.1). */
const DEFAULT_ROLL_MS = 604_800_000;
const DEFAULT_SEGMENT_BYTES = 1024 ** 3;

/** How a partition's log is cut into segments. Retention removes whole segments, and never the one that is written to. */
export interface Segments {
  /** A segment is closed when it is this old, */
  readonly rollMs: number;
  /** or when it is this large. */
  readonly bytes: number;
  /** The time after which a segment is closed, whichever comes first under the declared load. */
  readonly closedAfterMs: number;
}

export function segmentsOf(model: EnvironmentModel, topic: TopicModel): Segments {
  const broker = (option: string): number | undefined => positive(model.brokerConfig.get(option)?.value);
  const hours = broker('log.roll.hours');
  const rollMs =
    positive(topic.config['segment.ms']) ??
    broker('log.roll.ms') ??
    (hours === undefined ? DEFAULT_ROLL_MS : hours * 3_600_000);
  const bytes = positive(topic.config['segment.bytes']) ?? broker('log.segment.bytes') ?? DEFAULT_SEGMENT_BYTES;
  const perPartition = (topic.load?.produceBytesPerSecond ?? 0) / topic.partitions;
  const fillMs = perPartition === 0 ? Infinity : (bytes / perPartition) * 1000;
  return { rollMs, bytes, closedAfterMs: Math.min(rollMs, fillMs) };
}

/** A whole number above zero; what else stands there is for the option rules. */
function positive(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : undefined;
}
