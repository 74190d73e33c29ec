/** A version of Apache Kafka that the kit knows. */
export interface KafkaRelease {
  /** `4.1` */
  readonly version: string;
  /** Newest patch release, or the one that the environment pins. */
  readonly patch: string;
  /** Name of the metadata.version that a cluster is formatted with. */
  readonly metadataVersion: string;
  /** The number of that feature level, which is what a running cluster tells. */
  readonly metadataLevel: number;
  /** Targets that run nodes of the kit's own need KRaft with a dynamic quorum and log4j2: 4.1 and later. */
  readonly selfManaged: boolean;
  /** `controller.quorum.auto.join.enable`: a controller with an empty disk becomes a voter by itself. */
  readonly autoJoin: boolean;
  /**
   * On combined nodes RequestHandlerAvgIdlePercent is that of the broker and that of the controller, one upon the other: up to 2 (KIP-1207).
   * Seen on idle nodes: 1.67 with 4.1.2, 0.96 with 4.2.0 and 4.3.1.
   */
  readonly handlerIdleSummed: boolean;
  /** Version string of Amazon MSK, Standard brokers; absent where MSK does not offer it. */
  readonly msk?: string;
  /** The same for Express brokers. */
  readonly mskExpress?: string;
}

/**
 * Oldest first. The metadata.version is what `kafka-storage format` sets by default, asked of each release (MetadataVersion.latestProduction;
 * `npm run catalogue` asks again). Patch releases are the newest that Maven Central served completely on 2026-11-23: of 3.9.2 trogdor was
 * missing, of 4.2.1 connect-mirror-client, of 4.2.2 kafka-tools.
 */
export const KAFKA_RELEASES: readonly KafkaRelease[] = [
  {
    version: '3.9',
    patch: '3.9.1',
    metadataVersion: '3.9-IV0',
    metadataLevel: 21,
    selfManaged: false,
    autoJoin: false,
    handlerIdleSummed: true,
    msk: '3.9.x.kraft',
    mskExpress: '3.9.x.kraft',
  },
  {
    version: '4.0',
    patch: '4.0.2',
    metadataVersion: '4.0-IV3',
    metadataLevel: 25,
    selfManaged: false,
    autoJoin: false,
    handlerIdleSummed: true,
    msk: '4.0.x.kraft',
  },
  {
    version: '4.1',
    patch: '4.1.2',
    metadataVersion: '4.1-IV1',
    metadataLevel: 27,
    selfManaged: true,
    autoJoin: false,
    handlerIdleSummed: true,
    msk: '4.1.x.kraft',
  },
  {
    version: '4.2',
    patch: '4.2.0',
    metadataVersion: '4.2-IV1',
    metadataLevel: 29,
    selfManaged: true,
    autoJoin: true,
    handlerIdleSummed: false,
    mskExpress: '4.2.x.kraft',
  },
  {
    version: '4.3',
    patch: '4.3.1',
    metadataVersion: '4.3-IV0',
    metadataLevel: 30,
    selfManaged: true,
    autoJoin: true,
    handlerIdleSummed: false,
  },
];

export const KAFKA_VERSIONS: readonly string[] = KAFKA_RELEASES.map((release) => release.version);

/** The release that `"4.1"` or `"4.1.1"` names, or undefined for one the kit does not know. */
export function kafkaRelease(text: string): KafkaRelease | undefined {
  const [major, minor, patch] = text.split('.');
  const release = KAFKA_RELEASES.find((candidate) => candidate.version === `${major}.${minor}`);
  if (release === undefined || patch === undefined) return release;
  return Number(patch) <= Number(release.patch.split('.')[2]) ? { ...release, patch: text } : undefined;
}
