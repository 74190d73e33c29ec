import { kubernetesFacts, kubernetesState, type TargetLock } from '../../../lib/core/lock';
import { parsePath } from '../../../lib/core/issue';
import { sourceSupport, type EnvironmentModel, type NodeModel } from '../../../lib/core/model';
import { sizeBytes } from '../../../lib/core/units';
import { nodeSets } from '../node-set';

/** A node that was there and is to go. */
export interface GoneNode {
  readonly name: string;
  readonly id: number;
  readonly set: string;
  readonly roles: readonly string[];
}

export interface GrownDisk {
  readonly pool: string;
  /** Of the volume in its node. */
  readonly index: number;
  readonly from: string;
  readonly to: string;
}

export interface ValueChange {
  readonly from: string;
  readonly to: string;
}

/** What is otherwise than it was, as far as it takes more than an apply. */
export interface Difference {
  readonly added: readonly NodeModel[];
  readonly gone: readonly GoneNode[];
  readonly grown: readonly GrownDisk[];
  /** Pools whose nodes have another number of volumes. */
  readonly volumes: readonly { readonly pool: string; readonly change: ValueChange }[];
  readonly racks?: ValueChange;
  readonly kafkaVersion?: ValueChange;
  /** Listeners by name; `none` where there was, or is to be, none. */
  readonly listeners: readonly { readonly name: string; readonly change: ValueChange }[];
  readonly authorization?: ValueChange;
  /** Exactly-once sources, by group of workers. */
  readonly sourceSupport: readonly { readonly group: 'connect' | 'mirror'; readonly change: ValueChange }[];
  /** What replaces claims or names: it is done by making anew. */
  readonly storageClass?: ValueChange;
}

const NONE = 'none';

/** From what was locked, or rendered, to what is wanted now. */
export function differenceOf(before: TargetLock, model: EnvironmentModel): Difference {
  const facts = kubernetesFacts(model);
  const state = kubernetesState(model);
  const nodes = new Map(model.nodes.map((node) => [node.name, node]));
  const changed = (from: string | undefined, to: string | undefined): ValueChange | undefined =>
    from === undefined || from === (to ?? NONE) ? undefined : { from, to: to ?? NONE };
  const paths = Object.entries(before.fixed).flatMap(([name, from]) => {
    const change = changed(from, facts[name]);
    return change === undefined ? [] : [{ name, path: (parsePath(name) ?? []).map(String), change }];
  });
  const listeners = new Set(
    [...Object.keys(before.fixed), ...Object.keys(facts)].filter((name) => name.startsWith('listeners')),
  );
  const comparesListeners = Object.keys(before.fixed).some((name) => name.startsWith('listeners'));
  return {
    added: model.nodes.filter(({ name }) => !Object.hasOwn(before.nodes, name)),
    gone: Object.entries(before.nodes)
      .filter(([name]) => !nodes.has(name))
      .map(([name, { id, roles }]) => ({ name, id, roles, set: name.slice(0, name.lastIndexOf('-')) }))
      .sort((a, b) => b.id - a.id),
    grown: paths.flatMap(({ path, change }) =>
      path[0] === 'nodePools' &&
      path[4] === 'size' &&
      change.to !== NONE &&
      sizeBytes(change.to) > sizeBytes(change.from)
        ? [{ pool: path[1]!, index: Number(path[3]), ...change }]
        : [],
    ),
    volumes: paths.flatMap(({ path, change }) =>
      path[0] === 'nodePools' && path.length === 3 && path[2] === 'volumes' && change.to !== NONE
        ? [{ pool: path[1]!, change }]
        : [],
    ),
    listeners: comparesListeners
      ? [...listeners].flatMap((name) => {
          const change = changed(before.fixed[name] ?? NONE, facts[name]);
          return change === undefined ? [] : [{ name: String(parsePath(name)?.[1] ?? name), change }];
        })
      : [],
    sourceSupport: sourceChanges(model, before.cluster),
    ...present('racks', changed(before.fixed['racks'], facts['racks'])),
    ...present(
      'storageClass',
      changed(before.fixed['targets.kubernetes.storageClass'], facts['targets.kubernetes.storageClass']),
    ),
    ...present('kafkaVersion', changed(before.cluster?.['kafkaVersion'], state['kafkaVersion'])),
    ...present('authorization', changed(before.cluster?.['authorization'], state['authorization'])),
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

function present<Name extends string>(
  name: Name,
  value: ValueChange | undefined,
): { readonly [Key in Name]?: ValueChange } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: ValueChange };
}
