import { DEFAULT_MIRROR_LAG, workersMirrors, type EnvironmentModel } from '../model';
import type { EnvironmentSpec } from '../spec';
import { durationMs } from '../units';

export type ReplicatorSources = NonNullable<
  NonNullable<NonNullable<EnvironmentSpec['targets']>['msk']>['replicator']
>['sources'];

/** Of an account in a region. Source: Amazon MSK developer guide, "MSK Replicator quotas", read on 2026-11-26. */
export const MAX_REPLICATORS = 15;

/** Topics, and groups, that a replicator is told. */
export const MAX_REPLICATOR_PATTERNS = 100;

export interface DeclaredReplicator {
  /** As the environment calls the mirror. */
  readonly name: string;
  readonly sourceArn: string;
  readonly subnetIds: readonly string[];
  /** None where the source is in another region. */
  readonly securityGroupIds: readonly string[];
  readonly topics: readonly string[];
  readonly groups: readonly string[];
  readonly identicalNames: boolean;
  /** How old records may be when they arrive, seconds. */
  readonly maxLagSeconds: number;
}

/** The clusters that mirrors copy from, for the chosen target. */
export function replicatorSources(model: EnvironmentModel): ReplicatorSources {
  const { target } = model;
  if (target !== 'msk' && target !== 'msk-serverless') return {};
  return model.spec.targets?.[target]?.replicator?.sources ?? {};
}

/** Mirrors that MSK Replicator is to run: those that no workers run. Other targets refuse them all (MIRROR-TARGET). */
export function replicatorMirrors(model: EnvironmentModel): NonNullable<EnvironmentSpec['mirrors']> {
  if (model.managedBy !== 'service') return {};
  const ofWorkers = new Set(workersMirrors(model.spec).map(([name]) => name));
  return Object.fromEntries(Object.entries(model.spec.mirrors ?? {}).filter(([name]) => !ofWorkers.has(name)));
}

/** Mirrors that MSK Replicator runs. */
export function declaredReplicators(model: EnvironmentModel): DeclaredReplicator[] {
  const sources = replicatorSources(model);
  return Object.entries(model.spec.mirrors ?? {}).flatMap(([name, { topics, groups, topicNaming, maxTimeLag }]) => {
    const source = sources[name];
    if (source === undefined) return [];
    return [
      {
        name,
        sourceArn: source.clusterArn,
        subnetIds: source.subnets,
        securityGroupIds: source.securityGroups ?? [],
        topics,
        groups: groups ?? ['*'],
        identicalNames: topicNaming === 'identical',
        maxLagSeconds: durationMs(maxTimeLag ?? DEFAULT_MIRROR_LAG) / 1000,
      },
    ];
  });
}
