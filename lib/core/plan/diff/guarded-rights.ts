import type { Acl } from '../../cluster';
import type { Block, Change } from '../change';
import { describeAcl } from '../report/access-words';
import { covers } from './acl-covers';
import { overlaps } from './acl-overlap';

/**
 * Keeps a plan of which something is held back from giving more than the file does, or less: a right is not given before the deny that
 * limits it, a deny does not go before the right that it limits, and a right does not go before the one that replaces it.
 */
export function guardRights(changes: readonly Change[]): readonly Change[] {
  const waiting = changes.filter(({ status, operation }) => status === 'held' && aclOf(operation) !== undefined);
  const denies = byPrincipal(waiting.filter(({ operation }) => operation.kind === 'create-acl'));
  const allows = byPrincipal(waiting.filter(({ operation }) => operation.kind === 'delete-acl'));
  if (denies.size + allows.size === 0) return changes;
  const guarded = changes.map((change) => {
    const { operation, status } = change;
    const acl = aclOf(operation);
    if (acl === undefined || status === 'held') return change;
    if (operation.kind === 'create-acl' && acl.permission === 'allow') {
      const deny = denies.get(acl.principal)?.find((one) => overlaps(acl, one));
      return deny === undefined ? change : blocked(change, withoutDeny(deny));
    }
    if (operation.kind === 'delete-acl' && acl.permission === 'deny') {
      const allow = allows.get(acl.principal)?.find((one) => overlaps(one, acl));
      return allow === undefined ? change : blocked(change, withAllow(allow));
    }
    return change;
  });
  const missing = byPrincipal(
    guarded.filter(({ status, operation }) => status === 'blocked' && operation.kind === 'create-acl'),
  );
  if (missing.size === 0) return guarded;
  return guarded.map((change) => {
    const { operation, grade, status } = change;
    if (operation.kind !== 'delete-acl' || grade !== 'safe' || status !== 'ready') return change;
    const wide = missing.get(operation.acl.principal)?.find((one) => covers(one, operation.acl));
    return wide === undefined ? change : blocked(change, withoutWide(wide));
  });
}

function byPrincipal(changes: readonly Change[]): Map<string, Acl[]> {
  const groups = new Map<string, Acl[]>();
  for (const { operation } of changes) {
    const acl = aclOf(operation)!;
    const same = groups.get(acl.principal);
    if (same === undefined) groups.set(acl.principal, [acl]);
    else same.push(acl);
  }
  return groups;
}

function aclOf(operation: Change['operation']): Acl | undefined {
  return operation.kind === 'create-acl' || operation.kind === 'delete-acl' ? operation.acl : undefined;
}

function blocked(change: Change, block: Block): Change {
  return { ...change, status: 'blocked', block };
}

function withoutDeny(deny: Acl): Block {
  return {
    reason: `What limits it is held back (${describeAcl(deny)}), so it would give more than the file does.`,
    hint: 'Acknowledge the deny, and it is done with it.',
  };
}

function withoutWide(wide: Acl): Block {
  return {
    reason: `What replaces it waits (${describeAcl(wide)}).`,
    hint: 'Acknowledge the deny that it waits for, and it is done with it.',
  };
}

function withAllow(allow: Acl): Block {
  return {
    reason: `What it limits is held back and still there (${describeAcl(allow)}), so rights would grow beyond the file.`,
    hint: 'Acknowledge that the right goes, and it is done with it.',
  };
}
