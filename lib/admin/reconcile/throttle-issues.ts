import type { Issue } from '../../core/issue';
import type { ConfigTarget } from '../port';

/** `on`: `broker 2` or `topic orders`. */
export function throttleKept(on: string, value: string): Issue {
  return {
    code: 'THROTTLE-KEPT',
    level: 'warning',
    path: '',
    message: `${on} has a replication throttle that is not of this apply, got ${value}; it was left as it is, and holds for what was moved too.`,
    hint: 'Remove it when it is not needed any more.',
  };
}

export function throttleLeft({ type, name }: ConfigTarget, error: string): Issue {
  const entity =
    type === 'broker' ? `--entity-type brokers --entity-name ${name}` : `--entity-type topics --entity-name ${name}`;
  const options = type === 'broker' ? 'rate' : 'replicas';
  return {
    code: 'THROTTLE-LEFT',
    level: 'error',
    path: '',
    message: `a replication throttle could not be removed from ${type} ${name}, got ${error.replace(/\.$/, '')}; no throttle may stay after a move.`,
    hint:
      'Run kdk apply again once it answers, or kafka-configs.sh --alter ' +
      `${entity} --delete-config leader.replication.throttled.${options},follower.replication.throttled.${options}.`,
  };
}
