import { groupBy } from '../../core/group-by';
import { Failure, type Issue, type Progress } from '../../core/issue';
import type { Change } from '../../core/plan';
import { applyPlan, applySucceeded, makePlan, type ReconcilePorts } from '../reconcile';
import type { AdminPort } from '../port';
import type { SecretStore } from '../secrets';
import { isToolTopic } from '../tool-topics';
import { count, listSome } from '../verify/check';
import type { Backup } from './backup';
import { BACKUP_PARTS, desiredOf, withDenies, type BackupPart } from './desired';
import { restoreOffsets } from './restore-offsets';

export interface RestoreOptions {
  /** @default all */
  readonly parts?: readonly BackupPart[];
  /** Passwords: secrets named after users, key `password`. @default no user is made */
  readonly secrets?: SecretStore;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

export interface RestoreReport {
  readonly clusterId: string;
  /** What was made now, by kind. */
  readonly made: { readonly topics: number; readonly acls: number; readonly quotas: number; readonly users: number };
  /** Groups that are where they were. */
  readonly groups: readonly string[];
  /** Users that nobody can make without their password. */
  readonly usersWithoutPassword: readonly string[];
  readonly issues: readonly Issue[];
}

const MADE = { 'create-topic': 'topics', 'create-acl': 'acls', 'set-quota': 'quotas', 'set-user': 'users' } as const;

/**
 * Brings an empty cluster to what a backup says. What is there already as it says is left; anything else there is refused before
 * anything is done. Killed half-way, the next one goes on.
 */
export async function restoreCluster(
  admin: AdminPort,
  backup: Backup,
  options: RestoreOptions,
): Promise<RestoreReport> {
  const { parts = BACKUP_PARTS, progress, signal, secrets } = options;
  const cluster = await admin.describeCluster();
  if (parts.includes('topics')) await requireEmpty(admin, backup);
  progress({ step: 'comparing' });
  const users = parts.includes('users') ? await usersToMake(admin, backup, secrets) : { withPassword: [], without: [] };
  const made = { topics: 0, acls: 0, quotas: 0, users: 0 };
  const issues: Issue[] = [];
  const ports: ReconcilePorts = { admin, ...(secrets === undefined ? {} : { secrets }) };
  for (const [index, some] of byCredential(users.withPassword).entries()) {
    // Everything but users comes with the first; credentials differ in mechanism and iterations, of which a file has one each.
    const wanted = { clusterId: cluster.clusterId, parts: index === 0 ? parts : [], users: some };
    const draft = desiredOf(backup, wanted);
    const desired = withDenies(draft, await makePlan(ports, draft));
    const plan = await makePlan(ports, desired);
    requirePossible(plan.changes, [...plan.findings], plan.proof.refused);
    const report = await applyPlan(ports, desired, plan, { progress, ...(signal === undefined ? {} : { signal }) });
    for (const { change, outcome } of report.changes) {
      const kind = MADE[change.operation.kind as keyof typeof MADE];
      if (outcome === 'done' && kind !== undefined) made[kind]++;
    }
    issues.push(...report.issues);
    if (!applySucceeded(report))
      issues.push(
        incomplete(
          report.changes.flatMap((one) => ('error' in one ? [`${one.change.subject}: ${one.error}`] : [])),
          report.stopped,
        ),
      );
  }
  if (users.without.length > 0) issues.push(withoutPassword(users.without));
  const groups =
    parts.includes('offsets') && signal?.aborted !== true ? await offsets(admin, backup, options) : undefined;
  if (groups !== undefined && groups.problems.length > 0) issues.push(groupsLeft(groups.problems));
  return {
    clusterId: cluster.clusterId,
    made,
    groups: groups?.groups ?? [],
    usersWithoutPassword: users.without,
    issues,
  };
}

function offsets(admin: AdminPort, backup: Backup, { progress }: RestoreOptions): ReturnType<typeof restoreOffsets> {
  progress({ step: 'setting the offsets of groups' });
  return restoreOffsets(admin, backup);
}

/** Topics that the backup does not know would be mixed with it. */
async function requireEmpty(admin: AdminPort, { topics }: Backup): Promise<void> {
  const known = new Set(topics.map(({ name }) => name));
  const foreign = (await admin.listTopics())
    .filter((topic) => !isToolTopic(topic) && !known.has(topic.name))
    .map(({ name }) => name);
  if (foreign.length === 0) return;
  throw new Failure(
    'RESTORE-NOT-EMPTY',
    `the cluster has topics that are not in the backup, got ${listSome(foreign.sort())}; a backup is restored onto an empty cluster. Nothing was done.`,
    'Check the bootstrap servers, or restore onto another cluster.',
  );
}

type BackupUser = NonNullable<Backup['users']>[number];

/** Users that are there already keep their passwords; of others the store has to know them. */
async function usersToMake(
  admin: AdminPort,
  { users = [] }: Backup,
  secrets: SecretStore | undefined,
): Promise<{ withPassword: BackupUser[]; without: string[] }> {
  if (users.length === 0) return { withPassword: [], without: [] };
  const present = new Set((await admin.describeUsers()).map(({ user, mechanism }) => `${mechanism} ${user}`));
  const withPassword: BackupUser[] = [];
  const without: string[] = [];
  for (const user of users) {
    if (present.has(`${user.mechanism} ${user.user}`)) continue;
    if (await isKnown(secrets, user.user)) withPassword.push(user);
    else without.push(user.user);
  }
  return { withPassword, without };
}

async function isKnown(secrets: SecretStore | undefined, user: string): Promise<boolean> {
  try {
    return secrets !== undefined && (await secrets.read({ secret: user, key: 'password' })) !== '';
  } catch (error) {
    if (error instanceof Failure && error.code === 'SECRET-MISSING') return false;
    throw error;
  }
}

/** At least one group, also without any user. */
function byCredential(users: readonly BackupUser[]): BackupUser[][] {
  const groups = groupBy(users, ({ mechanism, iterations }) => `${mechanism} ${iterations}`);
  return groups.size === 0 ? [[]] : [...groups.values()];
}

/** Only what is missing is made: a difference means that this is not the cluster that it looks like. */
function requirePossible(
  changes: readonly Change[],
  findings: readonly Issue[],
  refused: readonly { readonly id: string; readonly error: string }[],
): void {
  const different = changes.filter(
    ({ operation, from }) => !(operation.kind in MADE) || (operation.kind === 'set-quota' && from !== 'none'),
  );
  if (different.length > 0)
    throw new Failure(
      'RESTORE-DIFFERENT',
      `what is there is not what the backup says, got ${listSome(different.map(({ subject, summary }) => `${subject}: ${summary}`))}; what is there already must be the same. Nothing was done.`,
      'Restore onto an empty cluster.',
    );
  const impossible = [
    ...changes.flatMap(({ subject, block }) => (block === undefined ? [] : [`${subject}: ${block.reason}`])),
    ...refused.map(({ id, error }) => `${id}: ${error}`),
    ...findings.filter(({ level }) => level === 'error').map(({ message }) => message),
  ];
  if (impossible.length === 0) return;
  throw new Failure(
    'RESTORE-IMPOSSIBLE',
    `the cluster cannot hold the backup, got ${listSome(impossible)}; all of it must fit. Nothing was done.`,
    'Add brokers, or change the backup.',
  );
}

function incomplete(problems: readonly string[], stopped: string | undefined): Issue {
  const got = [...(stopped === undefined ? [] : [stopped]), ...problems];
  return {
    code: 'RESTORE-INCOMPLETE',
    level: 'error',
    path: '',
    message: `not everything is there yet, got ${got.length === 0 ? 'changes that not every broker has seen' : listSome(got)}; all of the backup must be.`,
    hint: 'Run it again: it goes on from what is there.',
  };
}

function withoutPassword(users: readonly string[]): Issue {
  return {
    code: 'RESTORE-PASSWORD',
    level: 'warning',
    path: '',
    message: `users were not made, got ${listSome(users)} without a password; Kafka never tells passwords, so none is in the backup.`,
    hint: 'Put each into a secret named after the user, key password, and run it again with --secrets.',
  };
}

function groupsLeft(problems: readonly string[]): Issue {
  return {
    code: 'RESTORE-OFFSETS',
    level: 'error',
    path: '',
    message: `offsets of ${count(problems.length, 'group')} are not all set, got ${listSome(problems)}; each group must be without members and its topics there.`,
    hint: 'Run it again with --only offsets when that is so.',
  };
}
