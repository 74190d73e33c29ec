import { setTimeout as sleep } from 'node:timers/promises';
import { Unreachable } from '../../failures';
import { groupBy } from '../../../core/group-by';
import { NETWORK_EXCEPTION, type Verdict } from './errors';
import { findCoordinator } from './messages/groups';
import type { Session } from './session';

const KEY_TYPES = { group: 0, 'transactional-id': 1 } as const;
/** It loads, there is none at this moment, or it is another broker by now. */
const MOVING = new Set([14, 15, 16]);
const PATIENCE_MS = 15_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
/** Keys in one request. */
const KEYS_A_REQUEST = 1000;

export function isMoving({ errorCode }: Verdict): boolean {
  return MOVING.has(errorCode);
}

export interface CoordinatorQuestion<Answer extends Verdict> {
  readonly type: keyof typeof KEY_TYPES;
  readonly keys: readonly string[];
  /** Asks one coordinator for some of the keys; what is not in its answer is asked again. */
  ask(broker: number, keys: readonly string[]): Promise<ReadonlyMap<string, Answer | Verdict>>;
}

/**
 * Asks the coordinator of each key. Coordinators move with the brokers, and the first group of a cluster waits for the topic of offsets
 * to be made, so keys whose coordinator is not to be had are asked again for a while; then they keep the error.
 */
export async function askCoordinators<Answer extends Verdict>(
  session: Session,
  question: CoordinatorQuestion<Answer>,
): Promise<Map<string, Answer | Verdict>> {
  const found = new Map<string, Answer | Verdict | Unreachable>();
  const end = Date.now() + Math.min(PATIENCE_MS, session.links.timeoutMs);
  let pause = FIRST_PAUSE_MS;
  let left = [...new Set(question.keys)];
  for (;;) {
    for (const [key, answer] of await askOnce(session, question, left)) found.set(key, answer);
    left = left.filter((key) => isUnsettled(found.get(key)));
    if (left.length === 0 || Date.now() + pause > end) return verdicts(found);
    await sleep(pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

function isUnsettled(answer: Verdict | Unreachable | undefined): boolean {
  return answer === undefined || answer instanceof Unreachable || isMoving(answer);
}

/** That nobody answered is an error of some keys, or where it is so of all, of the whole. */
function verdicts<Answer extends Verdict>(
  found: ReadonlyMap<string, Answer | Verdict | Unreachable>,
): Map<string, Answer | Verdict> {
  const silent = [...found.values()].filter((answer) => answer instanceof Unreachable);
  if (silent.length > 0 && silent.length === found.size) throw silent[0]!;
  return new Map(
    [...found].map(([key, answer]) => [
      key,
      answer instanceof Unreachable ? { errorCode: NETWORK_EXCEPTION, errorMessage: answer.message } : answer,
    ]),
  );
}

async function askOnce<Answer extends Verdict>(
  session: Session,
  { type, ask }: CoordinatorQuestion<Answer>,
  keys: readonly string[],
): Promise<Map<string, Answer | Verdict | Unreachable>> {
  const found = new Map<string, Answer | Verdict | Unreachable>();
  const located: { readonly key: string; readonly nodeId: number }[] = [];
  for (let start = 0; start < keys.length; start += KEYS_A_REQUEST) {
    const coordinatorKeys = keys.slice(start, start + KEYS_A_REQUEST);
    const { coordinators } = await session.send(findCoordinator, { keyType: KEY_TYPES[type], coordinatorKeys });
    for (const coordinator of coordinators) {
      if (coordinator.errorCode === 0) located.push(coordinator);
      else found.set(coordinator.key, coordinator);
    }
  }
  await Promise.all(
    [...groupBy(located, ({ nodeId }) => nodeId)].map(async ([broker, of]) => {
      const asked = of.map(({ key }) => key);
      try {
        for (const [key, answer] of await ask(broker, asked)) found.set(key, answer);
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
        for (const key of asked) found.set(key, error);
      }
    }),
  );
  return found;
}
