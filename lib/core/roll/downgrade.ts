import type { FeatureDescription } from '../cluster';
import { KAFKA_RELEASES, type KafkaRelease } from '../versions';

const METADATA = 'metadata.version';

/**
 * Levels of metadata.version that changed records: Kafka goes back behind none of them, `--unsafe` neither. MetadataVersion of Apache
 * Kafka, `didMetadataChange`, 4.0-IV1 and 4.3-IV0.
 */
const NO_WAY_BACK = [23, 30];

/** Why nodes of a release cannot join the cluster as it is. */
export interface DowngradeObstacle {
  readonly feature: string;
  /** In force, as people call it. */
  readonly found: string;
  /** The highest that the release knows. */
  readonly known: string;
  /** Whether Kafka can lower it. */
  readonly reversible: boolean;
}

/** An older binary that does not know the metadata.version in force ends at its start: nothing must be stopped for it. */
export function downgradeObstacle(
  features: readonly FeatureDescription[],
  release: Pick<KafkaRelease, 'metadataLevel' | 'metadataVersion'>,
): DowngradeObstacle | undefined {
  const level = features.find(({ name }) => name === METADATA)?.level ?? 0;
  if (level <= release.metadataLevel) return undefined;
  return {
    feature: METADATA,
    found: KAFKA_RELEASES.find(({ metadataLevel }) => metadataLevel === level)?.metadataVersion ?? String(level),
    known: release.metadataVersion,
    reversible: !NO_WAY_BACK.some((changed) => changed > release.metadataLevel && changed <= level),
  };
}
