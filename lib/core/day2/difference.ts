import { parsePath } from '../issue';
import type { TargetLock } from '../lock';
import type { EnvironmentModel, NodeModel } from '../model';

/** A node that was there and is to go. */
export interface GoneNode {
  readonly name: string;
  readonly id: number;
  readonly roles: readonly string[];
}

export interface ValueChange {
  readonly from: string;
  readonly to: string;
}

/** A fact of the lock that is another one now. */
export interface FactChange {
  readonly path: readonly string[];
  readonly change: ValueChange;
}

/** What is otherwise than it was, as far as it takes more than rendering anew; of any cluster that is not a service. */
export interface ClusterDifference {
  readonly added: readonly NodeModel[];
  /** The last ids first. */
  readonly gone: readonly GoneNode[];
  readonly racks?: ValueChange;
  readonly kafkaVersion?: ValueChange;
  /** Listeners by name; `none` where there was, or is to be, none. */
  readonly listeners: readonly { readonly name: string; readonly change: ValueChange }[];
  readonly authorization?: ValueChange;
  /** All facts that were locked and changed, the ones above too. */
  readonly facts: readonly FactChange[];
}

export const NONE = 'none';

export interface Now {
  readonly model: EnvironmentModel;
  /** As the lock would hold them now. */
  readonly facts: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
}

/** From what was locked, or rendered, to what is wanted now. */
export function clusterDifference(before: TargetLock, { model, facts, state }: Now): ClusterDifference {
  const names = new Set(model.nodes.map(({ name }) => name));
  const listeners = new Set([...Object.keys(before.fixed), ...Object.keys(facts)].filter(isListener));
  const comparesListeners = Object.keys(before.fixed).some(isListener);
  return {
    added: model.nodes.filter(({ name }) => !Object.hasOwn(before.nodes, name)),
    gone: Object.entries(before.nodes)
      .filter(([name]) => !names.has(name))
      .map(([name, { id, roles }]) => ({ name, id, roles }))
      .sort((a, b) => b.id - a.id),
    listeners: comparesListeners
      ? [...listeners].flatMap((name) => {
          const change = valueChange(before.fixed[name] ?? NONE, facts[name]);
          return change === undefined ? [] : [{ name: String(parsePath(name)?.[1] ?? name), change }];
        })
      : [],
    facts: Object.entries(before.fixed).flatMap(([name, from]) => {
      const change = valueChange(from, facts[name]);
      return change === undefined ? [] : [{ path: (parsePath(name) ?? []).map(String), change }];
    }),
    ...present('racks', valueChange(before.fixed['racks'], facts['racks'])),
    ...present('kafkaVersion', valueChange(before.cluster?.['kafkaVersion'], state['kafkaVersion'])),
    ...present('authorization', valueChange(before.cluster?.['authorization'], state['authorization'])),
  };
}

/** Undefined where nothing was locked, or it is the same. */
export function valueChange(from: string | undefined, to: string | undefined): ValueChange | undefined {
  return from === undefined || from === (to ?? NONE) ? undefined : { from, to: to ?? NONE };
}

export function present<Name extends string>(
  name: Name,
  value: ValueChange | undefined,
): { readonly [Key in Name]?: ValueChange } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: ValueChange };
}

function isListener(name: string): boolean {
  return name.startsWith('listeners');
}
