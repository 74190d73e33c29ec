import { KAFKA_CONNECT_VERSIONS } from '../../core/msk-connect';

/** A version of Kafka Connect that MSK Connect runs. */
export class KafkaConnectVersion {
  /** Kafka Connect 2.7.1. */
  public static readonly V2_7_1 = new KafkaConnectVersion('2.7.1');
  /** Kafka Connect 3.7, the patch release being the service's choice. */
  public static readonly V3_7 = new KafkaConnectVersion('3.7.x');

  /**
   * A version by the name that the service gives it.
   *
   * Throws where the kit does not know that the service has it.
   */
  public static of(version: string): KafkaConnectVersion {
    if (!KAFKA_CONNECT_VERSIONS.includes(version)) {
      throw new Error(
        `kafkaConnectVersion: MSK Connect does not run the version, got "${version}"; ${KAFKA_CONNECT_VERSIONS.join(' and ')} are allowed.`,
      );
    }
    return new KafkaConnectVersion(version);
  }

  private constructor(
    /** The name that the service gives it, for example `3.7.x`. */
    public readonly version: string,
  ) {}
}
