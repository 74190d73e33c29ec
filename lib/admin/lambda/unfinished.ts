import { requestedAt, type CloudFormationEvent } from './cloudformation-event';

/** CloudFormation gives up an hour after its request; Lambda hands an event in three times with pauses of one and two minutes. */
const LAST_START_MS = 30 * 60_000;

/** The time of this invocation is over, that of the stack is not: Lambda is to hand the event in again. */
export class Unfinished extends Error {
  override readonly name = 'Unfinished';

  constructor(what: string) {
    super(`${what}; the next invocation goes on from there`);
  }
}

/** Whether another invocation would still be in time for CloudFormation. */
export function anotherFits(event: CloudFormationEvent<unknown>): boolean {
  const asked = requestedAt(event);
  return asked !== undefined && Date.now() - asked < LAST_START_MS;
}
