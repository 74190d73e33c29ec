/** The partition that Kafka's Java clients choose for a key, so that every producer of a topic agrees. */
export function partitionFor(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions;
}

const MULTIPLIER = 0x5bd1e995;

/** As `org.apache.kafka.common.utils.Utils.murmur2`; the result is a signed 32-bit number. */
export function murmur2(data: Buffer): number {
  let hash = 0x9747b28c ^ data.length;
  const whole = data.length & ~3;
  for (let index = 0; index < whole; index += 4) {
    let word = Math.imul(data.readInt32LE(index), MULTIPLIER);
    word ^= word >>> 24;
    hash = Math.imul(hash, MULTIPLIER) ^ Math.imul(word, MULTIPLIER);
  }
  if (whole < data.length) {
    hash ^= data.readUIntLE(whole, data.length - whole);
    hash = Math.imul(hash, MULTIPLIER);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}
