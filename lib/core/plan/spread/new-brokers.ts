import type { PartitionPlacement } from '../../cluster';

/** Below this share of the mean a broker has next to nothing: it was added. */
const FAR_FEWER = 0.5;
/** So near to the mean a broker has its share. */
const NEARLY = 0.95;

/**
 * Brokers that were added and do not have their share of these replicas yet; none where all is merely uneven, which nobody is bothered
 * for. There is no memory of what was there before, so it is seen from what each broker holds: one that was added holds next to nothing.
 * Once spreading has begun, and was stopped, it holds more; but new brokers have the highest ids, and of the others none is below the
 * mean, since replicas go from brokers that have too many to those that have too few.
 */
export function newBrokers(
  brokers: readonly { readonly id: number }[],
  partitions: readonly PartitionPlacement[],
): readonly number[] {
  const held = new Map([...brokers].sort((a, b) => a.id - b.id).map(({ id }) => [id, 0]));
  let total = 0;
  for (const { replicas } of partitions)
    for (const id of replicas)
      if (held.has(id)) {
        held.set(id, held.get(id)! + 1);
        total++;
      }
  const mean = total / held.size;
  const counts = [...held];
  const behind = counts.filter(([, count]) => count < mean * NEARLY && count <= mean - 1).map(([id]) => id);
  if (behind.length === 0) return [];
  if (counts.some(([, count]) => count < mean * FAR_FEWER)) return behind;
  const last = counts.slice(-behind.length).map(([id]) => id);
  const others = counts.slice(0, -behind.length);
  const begun = last.join() === behind.join() && others.every(([, count]) => count >= Math.floor(mean));
  return begun ? behind : [];
}
