import type { ScramMechanism } from '../../core/cluster';
import type { Acknowledgement, DesiredState, Plan } from '../../core/plan';
import type { Backup } from './backup';

/** Parts of a backup that can be restored by themselves. */
export const BACKUP_PARTS = ['topics', 'acls', 'quotas', 'users', 'offsets'] as const;
export type BackupPart = (typeof BACKUP_PARTS)[number];

export interface RestoreInto {
  readonly clusterId: string;
  readonly parts: readonly BackupPart[];
  /** Users whose passwords can be read. */
  readonly users: readonly { readonly user: string; readonly mechanism: ScramMechanism; readonly iterations: number }[];
}

/**
 * A backup as what a file would want: the engine that applies environments then restores it, in batches, again and again until all is
 * there. No principal belongs to it, so that it takes nothing away.
 */
export function desiredOf(backup: Backup, { clusterId, parts, users }: RestoreInto): DesiredState {
  const has = (part: BackupPart): boolean => parts.includes(part);
  const [first] = users;
  return {
    schemaVersion: 1,
    environment: 'restore',
    owner: 'restore',
    target: 'hosts',
    kafkaVersion: backup.kafkaVersion,
    clusterId,
    owns: {},
    topicsManagedBy: 'reconciler',
    topics: has('topics') ? backup.topics.map((topic) => ({ ...topic, paths: {} })) : [],
    deletedTopics: [],
    ...(has('acls') && backup.acls !== undefined
      ? { access: { acls: backup.acls.map((acl) => ({ acl, path: 'acls' })), principals: [] } }
      : {}),
    ...(first === undefined
      ? {}
      : {
          users: {
            mechanism: first.mechanism,
            iterations: first.iterations,
            users: users.map(({ user }) => ({
              name: user,
              secret: { secret: user, key: 'password' },
              path: 'users',
            })),
            deleted: [],
          },
        }),
    ...(has('quotas') && backup.quotas !== undefined
      ? { quotas: { quotas: backup.quotas.map((quota) => ({ ...quota, path: 'quotas' })), deleted: [] } }
      : {}),
    reconcile: {
      quietBeforeDeleteMs: 0,
      replicationThrottleBytesPerSecond: 50 * 2 ** 20,
      partitionsPerWave: 50,
      scramIterations: 8192,
    },
    acknowledgements: [],
  };
}

/** A deny refuses clients, which elsewhere somebody has to agree to; here it was so before. */
export function withDenies(desired: DesiredState, { changes }: Plan): DesiredState {
  const acknowledgements = changes
    .filter(({ status, operation }) => status === 'held' && operation.kind === 'create-acl')
    .map(({ code, path, from, to }): Acknowledgement => ({ code, path, from, to, reason: 'restored', at: '' }));
  return { ...desired, acknowledgements };
}
