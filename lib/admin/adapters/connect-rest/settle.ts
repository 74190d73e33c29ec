import type { ConnectorState } from '../../port';
import type { ConnectorStatus } from './answers';
import { connectorFailed, unsettled } from './failures';

export interface Settling {
  readonly name: string;
  readonly wanted: ConnectorState;
  readonly patienceMs: number;
  /**
   * For so long the states must stay as they are before they count. Connect does not say whether a state is that of before a change or
   * of after it, and a task that cannot reach its database fails a moment after it began to run.
   */
  readonly quietMs: number;
  /** Undefined while Connect has none. */
  readonly status: () => Promise<ConnectorStatus | undefined>;
  /** How many tasks the connector has, whether they have a state or not. */
  readonly tasks: () => Promise<number>;
  readonly pause: (ms: number) => Promise<void>;
  /** Takes secrets out of a trace. */
  readonly hide: (text: string) => string;
}

export const QUIET_MS = 3000;
/** Tasks appear a while after their connector; some connectors have none until there is something to do. */
const TIMES_QUIET_WITHOUT_TASKS = 3;
const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 1000;

/** Waits until a connector and its tasks have the state that is wanted; fails where one of them has failed. */
export async function settle(settling: Settling): Promise<void> {
  const { name, wanted, patienceMs, quietMs, status, tasks, pause, hide } = settling;
  const deadline = Date.now() + patienceMs;
  let seen = '';
  let since = Date.now();
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.3, MAX_PAUSE_MS)) {
    const now = await status();
    const states = now === undefined ? 'no state yet' : describe(now);
    if (states !== seen) [seen, since] = [states, Date.now()];
    const restingMs = Date.now() - since;
    if (now !== undefined) {
      const failures = failuresOf(now, wanted).map(hide);
      if (failures.length > 0 && restingMs >= quietMs) throw connectorFailed(name, failures);
      if (failures.length === 0 && isThere(now, wanted)) {
        if (wanted !== 'running') return;
        const enoughMs = now.tasks.length === 0 ? TIMES_QUIET_WITHOUT_TASKS * quietMs : quietMs;
        if (restingMs >= enoughMs && (await tasks()) === now.tasks.length) return;
      }
    }
    if (Date.now() + pauseMs > deadline) throw unsettled(name, wanted, seen, patienceMs);
    await pause(pauseMs);
  }
}

/** A task that had failed before stays so while its connector is paused; the next start tells. */
function isThere({ connector, tasks }: ConnectorStatus, wanted: ConnectorState): boolean {
  if (connector.state !== wanted.toUpperCase()) return false;
  switch (wanted) {
    case 'running':
      return tasks.every(({ state }) => state === 'RUNNING');
    case 'paused':
      return tasks.every(({ state }) => state === 'PAUSED' || state === 'FAILED');
    case 'stopped':
      return tasks.length === 0;
  }
}

function failuresOf({ connector, tasks }: ConnectorStatus, wanted: ConnectorState): string[] {
  if (wanted === 'stopped') return [];
  const failed = (what: string, { worker_id: worker, trace }: ConnectorStatus['connector']): string =>
    `${what} failed on worker ${worker}: ${traceSummary(trace)}`;
  return [
    ...(connector.state === 'FAILED' ? [failed('it', connector)] : []),
    ...tasks
      .filter(({ state }) => state === 'FAILED' && wanted === 'running')
      .map((task) => failed(`task ${task.id}`, task)),
  ];
}

/** The first line of a Java stack trace and, where it is another, the one that caused it all. */
export function traceSummary(trace = ''): string {
  const lines = trace.split('\n').map((line) => line.trim());
  const [first = ''] = lines;
  const cause = lines.filter((line) => line.startsWith('Caused by: ')).at(-1);
  if (first === '') return 'no reason was given';
  return cause === undefined ? first : `${first} (${cause.replace('Caused by: ', 'caused by ')})`;
}

/** `RUNNING, tasks 0 RUNNING, 1 UNASSIGNED` */
function describe({ connector, tasks }: ConnectorStatus): string {
  const each = tasks.map(({ id, state }) => `${id} ${state}`).join(', ');
  return `${connector.state}${each === '' ? ' without tasks' : `, tasks ${each}`}`;
}
