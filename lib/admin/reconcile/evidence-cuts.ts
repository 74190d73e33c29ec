import type { EvidenceRequest, RetentionCut, TopicSize } from '../../core/plan';
import type { Asker } from './asker';
import { offsetsAt, partitionKey, type PartitionOffsets } from './evidence-offsets';

type Cut = EvidenceRequest['cuts'][number];

/** An estimate: records are taken to be of one size, and Kafka removes whole segments, so a little less goes at first. */
export async function retentionCuts(
  asker: Asker,
  cuts: readonly Cut[],
  sizes: ReadonlyMap<string, TopicSize>,
): Promise<ReadonlyMap<string, RetentionCut>> {
  const timed = new Map(
    cuts.filter(({ retentionMs }) => retentionMs >= 0).map((cut) => [cut.topic, asker.nowMs - cut.retentionMs]),
  );
  const topics = [...timed.keys()];
  const [earliest, latest, kept] = await Promise.all([
    offsetsAt(asker, topics, () => 'earliest'),
    offsetsAt(asker, topics, () => 'latest'),
    offsetsAt(asker, topics, (topic) => timed.get(topic)!),
  ]);
  return new Map(
    cuts.map((cut) => [
      cut.topic,
      cutOf(cut, timed.get(cut.topic), sizes.get(cut.topic), (partition) =>
        goneShare({ topic: cut.topic, partition }, earliest, latest, kept),
      ),
    ]),
  );
}

function cutOf(
  { retentionBytes }: Cut,
  beforeMs: number | undefined,
  size: TopicSize | undefined,
  share: (partition: number) => number,
): RetentionCut {
  let [bytes, byTime] = [0, 0];
  for (const [partition, held] of size?.partitions ?? []) {
    const old = beforeMs === undefined ? 0 : Math.round(held * share(partition));
    const tooMuch = retentionBytes < 0 ? 0 : Math.max(0, held - retentionBytes);
    bytes += Math.max(old, tooMuch);
    byTime += old;
  }
  // Where size removes more than age does, no date says what would go.
  return beforeMs === undefined || byTime < bytes ? { bytes } : { bytes, beforeMs };
}

/** The share of a partition's records that are older than what would be kept. */
function goneShare(
  partition: { readonly topic: string; readonly partition: number },
  earliest: PartitionOffsets,
  latest: PartitionOffsets,
  kept: PartitionOffsets,
): number {
  const key = partitionKey(partition);
  const [from, to, first] = [earliest, latest, kept].map((offsets) => offsets.get(key)?.offset);
  if (from === undefined || to === undefined || first === undefined || to <= from) return 0;
  // -1: no record is that young.
  return first < 0 ? 1 : Math.min(1, Math.max(0, (first - from) / (to - from)));
}
