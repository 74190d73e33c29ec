import { KAFKA_RELEASES } from '../../../core/versions';
import type { FeatureDescription } from '../../port';

/** What a cluster that was formatted by each release has beside metadata.version and kraft.version, from `kafka-storage`. */
const LEVELS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '3.9': {},
  '4.0': { 'group.version': 1, 'transaction.version': 2 },
  '4.1': { 'eligible.leader.replicas.version': 1, 'group.version': 1, 'transaction.version': 2 },
};
const SINCE_4_2 = { ...LEVELS['4.1'], 'share.version': 1, 'streams.version': 1 };

/** The features in force, by name. */
export function featuresOf(kafka: string): readonly FeatureDescription[] {
  const release = KAFKA_RELEASES.find(({ version }) => version === kafka);
  if (release === undefined)
    throw new Error(`no Kafka ${kafka}; known are ${KAFKA_RELEASES.map(({ version }) => version).join(', ')}`);
  const levels = { ...(LEVELS[kafka] ?? SINCE_4_2), 'kraft.version': 1, 'metadata.version': release.metadataLevel };
  return Object.entries(levels)
    .map(([name, level]) => ({ name, level }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
