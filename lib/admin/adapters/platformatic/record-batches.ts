import type { FetchedRecord } from '../../port';

/** As the library reads them. */
interface Batch {
  readonly firstOffset: bigint;
  readonly lastOffsetDelta: number;
  readonly firstTimestamp: bigint;
  readonly attributes: number;
  readonly records: readonly {
    readonly offsetDelta: number;
    readonly timestampDelta: bigint;
    readonly key: Buffer | null;
    readonly value: Buffer | null;
  }[];
}

const CONTROL_BATCH = 1 << 5;

/** A broker answers with whole batches, so the first may begin before the offset asked for. */
export function recordsFrom(
  batches: readonly Batch[],
  offset: number,
): { records: FetchedRecord[]; nextOffset: number } {
  const records: FetchedRecord[] = [];
  let nextOffset = offset;
  for (const batch of batches) {
    const first = Number(batch.firstOffset);
    nextOffset = Math.max(nextOffset, first + batch.lastOffsetDelta + 1);
    if ((batch.attributes & CONTROL_BATCH) !== 0) continue;
    for (const { offsetDelta, timestampDelta, key, value } of batch.records)
      if (first + offsetDelta >= offset)
        records.push({
          offset: first + offsetDelta,
          timestampMs: Number(batch.firstTimestamp + timestampDelta),
          key: key?.toString() ?? '',
          value: value?.toString() ?? '',
        });
  }
  return { records, nextOffset };
}

/** The library wants hexadecimal digits with dashes where Kafka prints URL-safe base64. */
export function hexUuid(id: string): string {
  return Buffer.from(id, 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
