import type { KafkaRelease } from './kafka-versions';

/** What a cluster that was formatted by each release has beside metadata.version and kraft.version, from `kafka-storage`. */
const LEVELS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '3.9': {},
  '4.0': { 'group.version': 1, 'transaction.version': 2 },
  '4.1': { 'eligible.leader.replicas.version': 1, 'group.version': 1, 'transaction.version': 2 },
};
const SINCE_4_2 = { ...LEVELS['4.1'], 'share.version': 1, 'streams.version': 1 };

/** Features and levels that a release gives a new cluster, by name. */
export function featuresOfRelease({
  version,
  metadataLevel,
}: KafkaRelease): readonly { readonly name: string; readonly level: number }[] {
  const levels = { ...(LEVELS[version] ?? SINCE_4_2), 'kraft.version': 1, 'metadata.version': metadataLevel };
  return Object.entries(levels)
    .map(([name, level]) => ({ name, level }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
