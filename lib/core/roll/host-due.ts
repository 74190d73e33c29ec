import { isRunning, type HostState } from './host-state';
import type { NodeState } from './node-control';
import { neededReasons, PROPERTIES } from './start-changes';

/** What will lie on a host once a folder is installed there. */
export interface NextStart {
  /** Checksums and versions by the names of `bin/fingerprint.sh`; what is not among them stays as it is. */
  readonly files: ReadonlyMap<string, string>;
  /** The text of server.properties. */
  readonly properties: string;
}

/**
 * Why a node that runs on a host has to be restarted, if it has to: for what lies there, or for what is to lie there.
 *
 * @param dynamic Options that are changed at run time.
 */
export function hostDue(
  dynamic: readonly string[],
  state: HostState,
  next?: NextStart,
): Pick<NodeState, 'due' | 'atRunTime'> {
  if (!isRunning(state)) return {};
  const all = next === undefined ? state.due : dueWith(state, next.files);
  const { reasons, ...rest } = neededReasons(dynamic, all, {
    properties: `${PROPERTIES} changed`,
    before: state.before,
    after: next?.properties ?? state.after,
  });
  return { ...(reasons.length === 0 ? {} : { due: reasons.join(', ') }), ...rest };
}

function dueWith(state: HostState, files: ReadonlyMap<string, string>): readonly string[] {
  if (state.startedWith.size === 0) return ['what it was started with is not known'];
  return [...new Map([...state.installed, ...files])].flatMap(([name, value]) => {
    const was = state.startedWith.get(name);
    if (was === value) return [];
    if (was === undefined) return [`${name} is new`];
    return [name === 'Kafka' || name === 'Java' ? `${name} ${was} -> ${value}` : `${name} changed`];
  });
}
