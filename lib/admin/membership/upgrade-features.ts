import { Failure } from '../../core/issue';
import { featuresOfRelease, KAFKA_RELEASES, type KafkaRelease } from '../../core/versions';
import type { AdminPort, FeatureDescription, MembershipPort } from '../port';
import { poll, retry, type Patience } from '../wait';

const PATIENCE: Patience = { deadlineMs: 60_000 };
const METADATA = 'metadata.version';

export interface FeatureUpgrade {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** What has to rise for the cluster to be of this release; fails where one is higher already, since there is no way back. */
export async function plannedFeatures(client: AdminPort, release: KafkaRelease): Promise<readonly FeatureUpgrade[]> {
  const now = await levels(client);
  const wanted = featuresOfRelease(release);
  const metadata = now.get(METADATA) ?? 0;
  if (metadata > release.metadataLevel) {
    const found = KAFKA_RELEASES.find(({ metadataLevel }) => metadataLevel === metadata)?.metadataVersion ?? metadata;
    throw new Failure(
      'FEATURES-HIGHER',
      `the features of the cluster are those of a later release, got ${METADATA} ${found}; ${release.metadataVersion} is that of Kafka ${release.version}.`,
      'Features only rise. Run a version of Kafka that knows them.',
    );
  }
  return wanted.flatMap(({ name, level }) => {
    const from = now.get(name) ?? 0;
    return from >= level ? [] : [{ name, from, to: level }];
  });
}

/**
 * Raises the features to those of a release: metadata.version first, since others rest on it. Kafka checks that every node knows them;
 * all nodes are asked before anything changes. There is no way back to an older binary afterwards.
 */
export async function upgradeFeatures(
  client: AdminPort & MembershipPort,
  release: KafkaRelease,
): Promise<readonly FeatureUpgrade[]> {
  const upgrades = await plannedFeatures(client, release);
  const metadata = upgrades.filter(({ name }) => name === METADATA);
  const others = upgrades.filter(({ name }) => name !== METADATA);
  for (const step of [metadata, others]) {
    if (step.length === 0) continue;
    const features = step.map(({ name, to }): FeatureDescription => ({ name, level: to }));
    await retry(() => client.upgradeFeatures(features, { validateOnly: true }), PATIENCE);
    await retry(() => client.upgradeFeatures(features, { validateOnly: false }), PATIENCE);
    await poll(
      () => levels(client),
      (now) => features.every(({ name, level }) => (now.get(name) ?? 0) >= level),
      PATIENCE,
    );
  }
  return upgrades;
}

async function levels(client: AdminPort): Promise<ReadonlyMap<string, number>> {
  const features = await retry(() => client.describeFeatures(), PATIENCE);
  return new Map(features.map(({ name, level }) => [name, level]));
}
