import type * as Library from '@platformatic/kafka';

export type KafkaLibrary = typeof Library;

let loaded: Promise<KafkaLibrary> | undefined;

/** The client library. It is ESM only while the kit is CommonJS, so it comes in by `import()`, once, when first needed. */
export function library(): Promise<KafkaLibrary> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<KafkaLibrary> {
  const kafka = await import('@platformatic/kafka');
  // The library takes the count of tagged fields for a length in zigzag and so loses its place in every answer that has one, for
  // example when a broker that no longer leads a partition names the new leader (KIP-951).
  kafka.Reader.prototype.readTaggedFields = function skipTaggedFields(): void {
    for (let fields = this.readUnsignedVarInt(); fields > 0; fields--) {
      this.readUnsignedVarInt();
      this.skip(this.readUnsignedVarInt());
    }
  };
  return kafka;
}
