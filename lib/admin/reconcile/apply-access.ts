import { aclKey, quotaEntityKey, type Acl } from '../../core/cluster';
import type { Change } from '../../core/plan';
import { Failure } from '../../core/issue';
import { batch } from '../batches';
import type { ItemResult, UserChange } from '../port';
import { secretName } from '../secrets';
import { saltedCredential } from '../users';
import { ofKind } from './operations';
import { quotaChanges } from './quota-changes';
import type { Run, WorkItem } from './run';

export const createAcls = (run: Run, changes: readonly Change[]): Promise<void> =>
  alterAcls(run, changes, { kind: 'create-acl', step: 'creating ACLs', request: (acls) => run.admin.createAcls(acls) });

export const deleteAcls = (run: Run, changes: readonly Change[]): Promise<void> =>
  alterAcls(run, changes, { kind: 'delete-acl', step: 'deleting ACLs', request: (acls) => run.admin.deleteAcls(acls) });

interface AclWork {
  readonly kind: 'create-acl' | 'delete-acl';
  readonly step: string;
  readonly request: (acls: readonly Acl[]) => Promise<readonly ItemResult<Acl>[]>;
}

/** Kafka takes an ACL that is there, and one to delete that is gone, for done. */
async function alterAcls(run: Run, changes: readonly Change[], { kind, step, request }: AclWork): Promise<void> {
  const items = changes.flatMap((change) => {
    const { operation } = change;
    return operation.kind === kind ? [{ key: aclKey(operation.acl), value: operation.acl, changes: [change] }] : [];
  });
  await run.perform({
    step,
    batches: batch(items),
    send: async (acls) => (await request(acls)).map(({ item, ...rest }) => ({ key: aclKey(item), ...rest })),
  });
}

/** `passwords`: by `secretName`, read before anything was changed. */
export async function setUsers(
  run: Run,
  changes: readonly Change[],
  passwords: ReadonlyMap<string, string>,
): Promise<void> {
  const items: WorkItem<UserChange>[] = [];
  for (const change of ofKind(changes, 'set-user')) {
    const { user, mechanism, iterations, secret } = change.operation;
    try {
      const value = await saltedCredential({ user, mechanism, iterations }, passwords.get(secretName(secret))!);
      items.push({ key: user, value, changes: [change] });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      run.settle([change], { outcome: 'failed', error: `${error.message} ${error.hint}` });
    }
  }
  await alterUsers(run, 'setting users', items);
}

export async function deleteUsers(run: Run, changes: readonly Change[]): Promise<void> {
  const items = ofKind(changes, 'delete-user').map((change) => {
    const { user, mechanism } = change.operation;
    return { key: user, value: { user, mechanism, deleted: true as const }, changes: [change] };
  });
  await alterUsers(run, 'deleting users', items);
}

function alterUsers(run: Run, step: string, items: readonly WorkItem<UserChange>[]): Promise<void> {
  return run.perform({
    step,
    batches: batch(items),
    send: async (users) => (await run.admin.alterUsers(users)).map(({ item, ...rest }) => ({ key: item, ...rest })),
    // Only deletions are answered so: there is no such credential any more.
    judge: ({ name }) => (name === 'RESOURCE_NOT_FOUND' ? 'doubtful' : undefined),
  });
}

export async function setQuotas(run: Run, changes: readonly Change[]): Promise<void> {
  await run.perform({
    step: 'setting quotas',
    batches: batch(quotaChanges(ofKind(changes, 'set-quota'))),
    send: async (quotas) =>
      (await run.admin.alterQuotas(quotas, { validateOnly: false })).map(({ item, ...rest }) => ({
        key: quotaEntityKey(item),
        ...rest,
      })),
  });
}
