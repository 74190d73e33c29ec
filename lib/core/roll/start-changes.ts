import { parseProperties } from '../config';
import type { EnvironmentModel } from '../model';
import { desiredBrokerOptions } from '../plan/desire/broker-options';
import type { NodeState } from './node-control';
import { someOf } from './some-of';

/** What is otherwise in a node's server.properties than when it was started; names alone, since a value may be a secret. */
export interface StartChanges {
  /** Taken up by a restart only. */
  readonly restart: readonly string[];
  /** Dynamic defaults of all brokers: `kdk apply` changes them while nodes run, and `kdk plan` shows which are not as declared. */
  readonly atRunTime: readonly string[];
}

/** Options that are dynamic defaults of all brokers of an environment: a change of one is applied while nodes run. */
export function runTimeOptions(model: EnvironmentModel): readonly string[] {
  return (desiredBrokerOptions(model) ?? [])
    .filter(({ update }) => update === 'cluster-wide')
    .map(({ option }) => option);
}

/**
 * Which of the options that differ between two texts of server.properties need a restart. An option that goes always does: no default is set
 * for it.
 *
 * @param dynamic Those that are changed at run time.
 */
export function startChanges(dynamic: readonly string[], before: string, after: string): StartChanges {
  const [then, now] = [before, after].map(parseProperties) as [Map<string, string>, Map<string, string>];
  const changed = [...new Set([...then.keys(), ...now.keys()])].filter((name) => then.get(name) !== now.get(name));
  const isDynamic = (name: string): boolean => dynamic.includes(name) && now.has(name);
  return {
    restart: changed.filter((name) => !isDynamic(name)).sort(),
    atRunTime: changed.filter(isDynamic).sort(),
  };
}

export interface ChangedNode {
  /** Files that are otherwise than when the node was started, by their path in its folder. */
  readonly files: readonly string[];
  /** Of server.properties, when it was started. Absent: nobody knows. */
  readonly before?: string;
  /** Of server.properties, as it is to be. */
  readonly after: string;
}

export const PROPERTIES = 'server.properties';

/** Why a node has to be restarted, if it has to. */
export function dueOf(
  dynamic: readonly string[],
  { files, before, after }: ChangedNode,
): Pick<NodeState, 'due' | 'atRunTime'> {
  const { reasons, ...rest } = neededReasons(dynamic, files, { properties: PROPERTIES, before, after });
  return { ...(reasons.length === 0 ? {} : { due: `${reasons.join(', ')} changed` }), ...rest };
}

export interface ChangedProperties {
  /** The reason that says that server.properties changed. */
  readonly properties: string;
  /** Of server.properties, when the node was started, and as it is to be. Absent: nobody knows. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Of the reasons to restart a node those that hold: in place of server.properties as a whole, the options in it that need a restart. */
export function neededReasons(
  dynamic: readonly string[],
  reasons: readonly string[],
  { properties, before, after }: ChangedProperties,
): { readonly reasons: readonly string[] } & Pick<NodeState, 'atRunTime'> {
  if (before === undefined || after === undefined || !reasons.includes(properties)) return { reasons };
  const { restart, atRunTime } = startChanges(dynamic, before, after);
  const others = reasons.filter((reason) => reason !== properties);
  return {
    // Comments or the order of lines differ otherwise: what it runs with is the same.
    reasons: restart.length === 0 ? others : [`${someOf(restart)} in ${properties}`, ...others],
    ...(atRunTime.length === 0 ? {} : { atRunTime }),
  };
}
