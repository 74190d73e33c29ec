import { featuresOfRelease, KAFKA_RELEASES } from '../../../core/versions';
import type { FeatureDescription } from '../../port';

/** The features in force, by name. */
export function featuresOf(kafka: string): readonly FeatureDescription[] {
  const release = KAFKA_RELEASES.find(({ version }) => version === kafka);
  if (release === undefined)
    throw new Error(`no Kafka ${kafka}; known are ${KAFKA_RELEASES.map(({ version }) => version).join(', ')}`);
  return featuresOfRelease(release);
}
