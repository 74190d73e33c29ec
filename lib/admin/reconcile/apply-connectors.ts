import { Failure } from '../../core/issue';
import type { Change, Operation } from '../../core/plan';
import type { Outcome } from './apply-report';
import { inParallel } from '../parallel';
import type { ConnectWorkersPort } from '../port';
import { ofKind, type ChangeOf } from './operations';
import type { Run } from './run';

export type OfConnector = ChangeOf<'put-connector' | 'set-connector-state' | 'restart-connector' | 'delete-connector'>;

/** The port itself repeats what workers put off, and waits until a change is in force. */
export async function changeConnectors(run: Run, changes: readonly Change[]): Promise<void> {
  const { connect } = run.options.ports;
  const all = ofKind(changes, 'put-connector', 'set-connector-state', 'restart-connector', 'delete-connector');
  let done = 0;
  if (all.length > 0) run.tell('changing connectors', 0, all.length);
  await inParallel(all, async (change) => {
    if (run.stopped !== undefined) return;
    if (connect === undefined) run.settle([change], { outcome: 'skipped', why: 'no workers of Connect are known' });
    else run.settle([change], await changeConnector(connect, change.operation));
    run.tell('changing connectors', ++done, all.length, change.operation.connector);
  });
}

/** What became of it; a refusal is an outcome too. */
export async function changeConnector(
  connect: ConnectWorkersPort,
  operation: OfConnector['operation'],
): Promise<Outcome> {
  try {
    await requestOf(connect, operation);
    return { outcome: 'done' };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { outcome: 'failed', error: error.message };
  }
}

function requestOf(
  connect: ConnectWorkersPort,
  operation: Extract<Operation, { readonly connector: string }>,
): Promise<void> {
  switch (operation.kind) {
    case 'put-connector':
      return connect.put({ name: operation.connector, config: operation.config, state: operation.state });
    case 'set-connector-state':
      return connect.setState(operation.connector, operation.state);
    case 'restart-connector':
      return connect.restart(operation.connector);
    case 'delete-connector':
      return connect.delete(operation.connector);
  }
}
