import * as z from 'zod';
import { QUOTA_KEYS } from '../../core/cluster';
import { Failure, formatPath } from '../../core/issue';
import { acl, quotaEntity } from '../../core/plan';

const name = z.string().min(1);
const count = z.int().min(0);

const quota = z.strictObject({
  entity: quotaEntity,
  values: z.partialRecord(z.enum(QUOTA_KEYS), z.number()),
});

const backup = z.strictObject({
  kind: z.literal('kafka-deployment-kit/backup'),
  schemaVersion: z.literal(1),
  clusterId: name,
  kafkaVersion: name,
  exportedAt: z.iso.datetime(),
  topics: z.array(
    z.strictObject({
      name,
      partitions: z.int().min(1),
      replicationFactor: z.int().min(1),
      config: z.record(z.string(), z.string()),
    }),
  ),
  acls: z.array(acl).optional(),
  quotas: z.array(quota).optional(),
  users: z
    .array(
      z.strictObject({ user: name, mechanism: z.enum(['SCRAM-SHA-256', 'SCRAM-SHA-512']), iterations: z.int().min(1) }),
    )
    .optional(),
  groups: z.array(
    z.strictObject({
      group: name,
      offsets: z.array(
        z.strictObject({ topic: name, partition: count, offset: count, timestampMs: z.int().optional() }),
      ),
    }),
  ),
});

/**
 * What is on a cluster beside its records, as plain JSON: topics and their own options, ACLs, quotas, who logs in, and how far groups
 * have read. Sections that could not be seen are absent, which never means that there was nothing.
 */
export type Backup = z.output<typeof backup>;
export type BackupTopic = Backup['topics'][number];
export type BackupGroup = Backup['groups'][number];
/**
 * `offset` is the next record that the group would have read, and means nothing on another cluster. `timestampMs` is where that is in
 * time; absent where the partition held no record.
 */
export type BackupOffset = BackupGroup['offsets'][number];

export function formatBackup(value: Backup): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Reads the text of a backup; `file` is for messages. */
export function parseBackup(text: string, file: string): Backup {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw unreadable(file, `no JSON (${(error as Error).message})`);
  }
  const parsed = backup.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  const at = formatPath(path.map((segment) => (typeof segment === 'number' ? segment : String(segment))));
  throw unreadable(file, at === '' ? message : `${at}: ${message}`);
}

function unreadable(file: string, got: string): Failure {
  return new Failure(
    'BACKUP-UNREADABLE',
    `the file is no backup that this version reads, got ${JSON.stringify(file)}: ${got}; kdk export writes one.`,
    'Check the path, and the version of kdk that wrote it.',
    2,
  );
}
