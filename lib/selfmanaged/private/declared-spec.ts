import type { Declarations } from '../../aws/private/declared-state';
import type { EnvironmentModel } from '../../core/model';
import type { EnvironmentSpec } from '../../core/spec';

/**
 * What constructs add to a cluster, as a file that adds to the environment of the cluster: nothing else of it is theirs. The owner of the
 * cluster itself is left out.
 */
export function declaredSpec(
  model: EnvironmentModel,
  owner: string | undefined,
  declared: Declarations,
): EnvironmentSpec {
  const { name, target, kafka, nodePools, racks, listeners, topicDefaults, aws, targets } = model.spec;
  const { override: _override, ...ec2 } = targets?.ec2 ?? {};
  return {
    name,
    target,
    kafka: { ...kafka, clusterId: model.clusterId },
    nodePools,
    listeners,
    targets: { ec2 },
    ...declared,
    ...(owner === undefined ? {} : { owner }),
    ...(racks === undefined ? {} : { racks }),
    ...(topicDefaults === undefined ? {} : { topicDefaults }),
    ...(aws === undefined ? {} : { aws }),
  };
}
