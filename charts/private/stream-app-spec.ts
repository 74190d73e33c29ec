import type { StreamAppConsume, StreamAppProduce, StreamAppStreams } from '../stream-app-work';

/** The part of an environment about what an application does, with the rights that it needs for that. */
export function workSpec(
  consume: StreamAppConsume | undefined,
  produce: StreamAppProduce | undefined,
  streams: StreamAppStreams | undefined,
): { readonly work: Record<string, unknown>; readonly rights: Record<string, unknown> } {
  const reads = [...(consume?.topics ?? []), ...(streams?.consume ?? [])];
  const writes = [...(produce?.topics ?? []), ...(streams?.produce ?? [])];
  const prefix = produce?.transactionalIdPrefix;
  return {
    work: {
      ...(consume === undefined ? {} : { consume }),
      ...(produce === undefined ? {} : { produce }),
      ...(streams === undefined ? {} : { streams: streamsSpec(streams) }),
    },
    rights: {
      ...(reads.length === 0
        ? {}
        : { consume: { topics: reads, ...(consume === undefined ? {} : { groups: [consume.group] }) } }),
      ...(writes.length === 0
        ? {}
        : { produce: { topics: writes, ...(prefix === undefined ? {} : { transactionalIds: [`${prefix}*`] }) } }),
    },
  };
}

function streamsSpec({ stateSize, standbyReplicas, ...rest }: StreamAppStreams): Record<string, unknown> {
  if (stateSize === undefined) return { ...rest };
  return {
    ...rest,
    state: { size: `${stateSize.toMebibytes()}MiB`, ...(standbyReplicas === undefined ? {} : { standbyReplicas }) },
  };
}
