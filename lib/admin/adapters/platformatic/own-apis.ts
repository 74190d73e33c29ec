import type { API, Reader } from '@platformatic/kafka';
import type { KafkaLibrary } from './library';

/** Requests that the library lacks, or reads only in part. The layouts are those of Kafka's own message definitions. */
export interface OwnApis {
  readonly apiVersions: API<[], ApiVersionsAnswer>;
  readonly electLeaders: API<[topic: string, partitions: readonly number[], timeoutMs: number], ElectLeadersAnswer>;
}

export interface ApiVersionsAnswer {
  readonly errorCode: number;
  readonly features: readonly { readonly name: string; readonly level: number }[];
}

export interface ElectLeadersAnswer {
  readonly errorCode: number;
  readonly topics: readonly {
    readonly partitions: readonly { readonly errorCode: number; readonly errorMessage: string | null }[];
  }[];
}

const FINALIZED_FEATURES = 2;

export function ownApis(kafka: KafkaLibrary): OwnApis {
  const { Writer, createAPI } = kafka;
  return {
    // The library's own skips the tagged fields, and the features are in them (KIP-584).
    apiVersions: createAPI<[], ApiVersionsAnswer>(
      18,
      3,
      () => Writer.create().appendString('kafka-deployment-kit').appendString('1').appendTaggedFields(),
      (_correlationId, _apiKey, _apiVersion, reader) => readApiVersions(reader),
      true,
      false,
    ),
    electLeaders: createAPI<[string, readonly number[], number], ElectLeadersAnswer>(
      43,
      2,
      (topic: string, partitions: readonly number[], timeoutMs: number) =>
        Writer.create()
          .appendInt8(0)
          .appendArray([topic], (writer, name) => {
            writer
              .appendString(name)
              .appendArray([...partitions], (inner, partition) => inner.appendInt32(partition), true, false);
          })
          .appendInt32(timeoutMs)
          .appendTaggedFields(),
      (_correlationId, _apiKey, _apiVersion, reader) => {
        reader.readInt32();
        return {
          errorCode: reader.readInt16(),
          topics: reader.readArray(() => {
            reader.readString();
            return {
              partitions: reader.readArray(() => {
                reader.readInt32();
                return { errorCode: reader.readInt16(), errorMessage: reader.readNullableString() };
              }),
            };
          }),
        };
      },
    ),
  };
}

function readApiVersions(reader: Reader): ApiVersionsAnswer {
  const errorCode = reader.readInt16();
  reader.readArray(() => reader.skip(6));
  reader.readInt32();
  let features: { name: string; level: number }[] = [];
  for (let fields = reader.readUnsignedVarInt(); fields > 0; fields--) {
    const tag = reader.readUnsignedVarInt();
    const size = reader.readUnsignedVarInt();
    if (tag === FINALIZED_FEATURES) features = reader.readArray(() => readFeature(reader));
    else reader.skip(size);
  }
  return { errorCode, features };
}

function readFeature(reader: Reader): { name: string; level: number } {
  const name = reader.readString();
  const level = reader.readInt16();
  reader.readInt16();
  return { name, level };
}
