import {
  clusterDifference,
  NONE,
  present,
  valueChange,
  type ClusterDifference,
  type GoneNode,
  type ValueChange,
} from '../../../lib/core/day2';
import { kubernetesFacts, kubernetesState, type TargetLock } from '../../../lib/core/lock';
import { sourceSupport, type EnvironmentModel } from '../../../lib/core/model';
import { sizeBytes } from '../../../lib/core/units';
import { nodeSets } from '../node-set';

export interface GonePod extends GoneNode {
  /** Its StatefulSet. */
  readonly set: string;
}

export interface GrownDisk {
  readonly pool: string;
  /** Of the volume in its node. */
  readonly index: number;
  readonly from: string;
  readonly to: string;
}

/** What is otherwise than it was, as far as it takes more than an apply. */
export interface Difference extends ClusterDifference {
  readonly gone: readonly GonePod[];
  readonly grown: readonly GrownDisk[];
  /** Pools whose nodes have another number of volumes. */
  readonly volumes: readonly { readonly pool: string; readonly change: ValueChange }[];
  /** Exactly-once sources, by group of workers. */
  readonly sourceSupport: readonly { readonly group: 'connect' | 'mirror'; readonly change: ValueChange }[];
  /** What replaces claims or names: it is done by making anew. */
  readonly storageClass?: ValueChange;
}

/** From what was locked, or rendered, to what is wanted now. */
export function differenceOf(before: TargetLock, model: EnvironmentModel): Difference {
  const facts = kubernetesFacts(model);
  const difference = clusterDifference(before, { model, facts, state: kubernetesState(model) });
  return {
    ...difference,
    gone: difference.gone.map((node) => ({ ...node, set: node.name.slice(0, node.name.lastIndexOf('-')) })),
    grown: difference.facts.flatMap(({ path, change }) =>
      path[0] === 'nodePools' &&
      path[4] === 'size' &&
      change.to !== NONE &&
      sizeBytes(change.to) > sizeBytes(change.from)
        ? [{ pool: path[1]!, index: Number(path[3]), ...change }]
        : [],
    ),
    volumes: difference.facts.flatMap(({ path, change }) =>
      path[0] === 'nodePools' && path.length === 3 && path[2] === 'volumes' && change.to !== NONE
        ? [{ pool: path[1]!, change }]
        : [],
    ),
    sourceSupport: sourceChanges(model, before.cluster),
    ...present(
      'storageClass',
      valueChange(before.fixed['targets.kubernetes.storageClass'], facts['targets.kubernetes.storageClass']),
    ),
  };
}

/** What runs, by group of workers, as the lock has it. */
function sourceChanges(
  model: EnvironmentModel,
  before: Readonly<Record<string, string>> | undefined,
): Difference['sourceSupport'] {
  return sourceSupport(model).flatMap(({ group, value }) => {
    const from = before?.[`${group}.exactlyOnceSource`];
    return from === undefined || from === value ? [] : [{ group, change: { from, to: value } }];
  });
}

/** Nodes that stay in each StatefulSet, by its name. */
export function replicasOf(model: EnvironmentModel): ReadonlyMap<string, number> {
  return new Map(nodeSets(model).map(({ name, nodes }) => [name, nodes.length]));
}
