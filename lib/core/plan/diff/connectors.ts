import type { Issue } from '../../issue';
import type { Change } from '../change';
import type { DesiredConnector, DesiredDeletion, DesiredState } from '../desired';
import type { ObservedConnector, ObservedState } from '../observed';
import { byTombstone, finding, listSome, proposed, unread, type Differences } from './differences';

/** Connectors over Connect's REST interface. Those that no file declares are left alone. */
export function connectorDifferences(
  desired: Pick<DesiredState, 'connectors' | 'deletedConnectors'>,
  observed: Pick<ObservedState, 'connectors'>,
): Differences {
  const { connectors, deletedConnectors = [] } = desired;
  if (connectors === undefined) return { changes: [], findings: [] };
  if (observed.connectors === undefined) return unread('the connectors', 'connect');
  const declared = new Set([...connectors, ...deletedConnectors].map(({ name }) => name));
  const changes = connectors.flatMap((connector) => {
    const present = observed.connectors!.get(connector.name);
    return present === undefined ? [creation(connector)] : alterations(connector, present);
  });
  for (const deletion of deletedConnectors) {
    const present = observed.connectors.get(deletion.name);
    if (present !== undefined) changes.push(removal(deletion, present));
  }
  const findings = [...observed.connectors.keys()]
    .filter((name) => !declared.has(name))
    .sort()
    .map(undeclared);
  return { changes, findings };
}

function creation(connector: DesiredConnector): Change {
  const { name, config, state } = connector;
  return proposed({
    ...common('put-connector', connector),
    code: 'CONNECTOR-CREATE',
    summary: `connector ${name}, ${state}: ${config['connector.class'] ?? ''}`,
    from: 'none',
    to: state,
    grade: 'safe',
    reason: 'A connector more.',
    operation: { kind: 'put-connector', connector: name, config, state },
  });
}

function removal({ name, reason, path }: DesiredDeletion, present: ObservedConnector): Change {
  return byTombstone({
    id: `delete-connector ${name}`,
    code: 'CONNECTOR-DELETE',
    path,
    subject: `connector ${name}`,
    summary: `connector ${name} goes`,
    from: stateOf(present),
    to: 'none',
    grade: 'availability',
    reason: `Records no longer flow, and where it was is kept by Connect only until its offsets are reset: ${reason}.`,
    operation: { kind: 'delete-connector', connector: name },
  });
}

function alterations(connector: DesiredConnector, present: ObservedConnector): Change[] {
  const { config, state } = connector;
  const different = differentOptions(config, present.config);
  const changes: Change[] = [];
  if (different.length > 0) changes.push(newConfig(connector, present, different));
  if (state !== stateOf(present)) changes.push(newState(connector, present));
  else if (state === 'running' && different.length === 0 && hasFailed(present))
    changes.push(restart(connector, present));
  return changes;
}

function newConfig(connector: DesiredConnector, present: ObservedConnector, different: readonly string[]): Change {
  const { config } = connector;
  const options = different.map(
    (option) => [option, ...shown(option, present.config[option], config[option])] as const,
  );
  const otherClass = different.includes('connector.class');
  return proposed({
    ...common('put-connector', connector),
    code: 'CONNECTOR-CONFIG',
    summary: options.map(([option, from, to]) => `${option} ${from} -> ${to}`).join(', '),
    from: options.map(([option, from]) => `${option}=${from}`).join(', '),
    to: options.map(([option, , to]) => `${option}=${to}`).join(', '),
    grade: otherClass ? 'availability' : 'safe',
    reason: otherClass
      ? 'Another class does not understand the offsets that this one has committed, and may start over or fail.'
      : 'Its tasks restart and go on where they were.',
    // Its state is a change of its own, which may be held.
    operation: { kind: 'put-connector', connector: connector.name, config, state: stateOf(present) },
  });
}

function newState(connector: DesiredConnector, present: ObservedConnector): Change {
  const { name, state } = connector;
  const runs = state === 'running';
  return proposed({
    ...common('set-connector-state', connector),
    code: 'CONNECTOR-STATE',
    summary: `${stateOf(present)} -> ${state}`,
    from: stateOf(present),
    to: state,
    grade: runs || stateOf(present) !== 'running' ? 'safe' : 'availability',
    reason: runs
      ? 'Records flow again, from where it was.'
      : 'Records no longer flow; where it was is kept, and it goes on from there when it runs again.',
    operation: { kind: 'set-connector-state', connector: name, state },
  });
}

function restart(connector: DesiredConnector, present: ObservedConnector): Change {
  const failed = present.tasks.filter((task) => task.state === 'failed');
  const errors = [...new Set(failed.flatMap(({ trace }) => errorClass(trace)))].sort();
  const what =
    failed.length === 0 ? 'the connector failed' : `${failed.length} of ${present.tasks.length} tasks failed`;
  return proposed({
    ...common('restart-connector', connector),
    code: 'CONNECTOR-RESTART',
    summary: `restart: ${what}`,
    from: 'failed',
    to: 'running',
    grade: 'safe',
    reason: `Failed tasks do not start again by themselves${errors.length === 0 ? '' : `; they failed with ${listSome(errors)}`}.`,
    operation: { kind: 'restart-connector', connector: connector.name },
  });
}

function common(kind: string, { name, path }: DesiredConnector): { id: string; path: string; subject: string } {
  return { id: `${kind} ${name}`, path, subject: `connector ${name}` };
}

/** Connect adds the name of a connector to its config. */
function differentOptions(wanted: Readonly<Record<string, string>>, found: Readonly<Record<string, string>>): string[] {
  const [declared, present] = [new Map(Object.entries(wanted)), new Map(Object.entries(found))];
  return [...new Set([...declared.keys(), ...present.keys()])]
    .filter((option) => declared.get(option) !== present.get(option) && !(option === 'name' && !declared.has(option)))
    .sort();
}

/** A connector that has failed or waits for a worker was told to run. */
function stateOf({ state }: ObservedConnector): DesiredConnector['state'] {
  return state === 'paused' || state === 'stopped' ? state : 'running';
}

function hasFailed({ state, tasks }: ObservedConnector): boolean {
  return state === 'failed' || tasks.some((task) => task.state === 'failed');
}

const SECRET = /passw|secret|token|credential|jaas|private|api\.?key|access\.?key|connection\.(url|string)|\.key$/i;
const PLACEHOLDER = /^\$\{[^}]*\}$/;

/**
 * Both sides of an option, in words. Where it is a secret, or a placeholder of one on either side, what somebody wrote in clear is never
 * shown.
 */
function shown(option: string, from: string | undefined, to: string | undefined): readonly [from: string, to: string] {
  const secret = SECRET.test(option) || [from, to].some((value) => value?.includes('${') === true);
  const show = (value: string | undefined): string => {
    if (value === undefined) return 'none';
    return secret && !PLACEHOLDER.test(value) ? '(not shown)' : value;
  };
  return [show(from), show(to)];
}

/** The class of the innermost cause alone: messages of drivers tell addresses and passwords. */
function errorClass(trace: string | undefined): string[] {
  const causes = [...(trace ?? '').matchAll(/^(?:Caused by: )?([a-zA-Z_$][\w$]*(?:\.[\w$]+)+)/gm)];
  const last = causes.at(-1)?.[1];
  return last === undefined ? [] : [last];
}

function undeclared(name: string): Issue {
  return finding(
    'CONNECTOR-UNDECLARED',
    'connect.connectors',
    `the workers run a connector that is not declared, got ${name}; it is left alone.`,
    'Declare it under connect.connectors, with a tombstone (deleted) if it is to go.',
  );
}
