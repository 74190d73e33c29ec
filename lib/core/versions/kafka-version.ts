import { kafkaRelease, KAFKA_VERSIONS } from './kafka-versions';

/** An Apache Kafka version that the kit knows. */
export class KafkaVersion {
  /** Kafka 3.9; Amazon MSK only. */
  public static readonly V3_9 = KafkaVersion.of('3.9');
  /** Kafka 4.0; Amazon MSK only. */
  public static readonly V4_0 = KafkaVersion.of('4.0');
  /** Kafka 4.1. */
  public static readonly V4_1 = KafkaVersion.of('4.1');
  /** Kafka 4.2. */
  public static readonly V4_2 = KafkaVersion.of('4.2');
  /** Kafka 4.3. */
  public static readonly V4_3 = KafkaVersion.of('4.3');

  /**
   * A version by its number: `4.1` for the newest 4.1.x known to the kit, or `4.1.1`.
   *
   * Throws where the kit does not know the version.
   */
  public static of(version: string): KafkaVersion {
    if (kafkaRelease(version) === undefined) {
      throw new Error(
        `kafkaVersion: the version is not known, got "${version}"; known are ${KAFKA_VERSIONS.join(', ')} and their patch releases up to the newest known.`,
      );
    }
    return new KafkaVersion(version);
  }

  private constructor(
    /** The number as it was given, for example `4.1`. */
    public readonly version: string,
  ) {}
}
