import { MemoryCluster, ProcessKilled } from '../../../lib/admin/adapters/memory';
import {
  exportCluster,
  formatBackup,
  parseBackup,
  restoreCluster,
  type Backup,
  type RestoreOptions,
} from '../../../lib/admin/backup';
import { environmentSecrets } from '../../../lib/admin/secrets';
import { saltedCredential } from '../../../lib/admin/users';
import type { AdminPort } from '../../../lib/admin';
import { codes } from '../../support/environments';

const WRITE = { validateOnly: false };
const NOW = Date.UTC(2026, 10, 26);
const HOUR = 3_600_000;
const progress = (): void => undefined;
const secrets = environmentSecrets({ KDK_SECRET_BILLING_PASSWORD: 'b', KDK_SECRET_OLD_PASSWORD: 'o' });

const allow = (principal: string, permission: 'allow' | 'deny' = 'allow') => ({
  principal,
  host: '*',
  resourceType: 'topic' as const,
  resourceName: 'orders',
  pattern: 'literal' as const,
  operation: 'read' as const,
  permission,
});

async function fill(admin: AdminPort): Promise<void> {
  await admin.createTopics(
    ['orders', 'clicks'].map((name) => ({
      name,
      placement: { partitions: 2, replicationFactor: 3 },
      config: { 'retention.ms': '1000', 'leader.replication.throttled.replicas': '*' },
    })),
    WRITE,
  );
  await admin.createAcls([allow('User:billing'), allow('User:eve', 'deny')]);
  await admin.alterQuotas([{ entity: { user: 'billing' }, set: { producer_byte_rate: 1024 }, remove: [] }], WRITE);
  await admin.alterUsers([
    await saltedCredential({ user: 'billing', mechanism: 'SCRAM-SHA-512', iterations: 8192 }, 'b'),
    await saltedCredential({ user: 'old', mechanism: 'SCRAM-SHA-256', iterations: 4096 }, 'o'),
    await saltedCredential({ user: 'lost', mechanism: 'SCRAM-SHA-512', iterations: 8192 }, 'l'),
  ]);
}

/** `orders-0` holds ten records an hour, of which billing has read 45; `orders-1` is read to its end; `clicks` is empty. */
async function shop(): Promise<MemoryCluster> {
  const memory = new MemoryCluster();
  await fill(memory.connect());
  for (let hour = 0; hour < 10; hour++) memory.write('orders', 0, { records: 10, timestampMs: hour * HOUR });
  memory.write('orders', 1, { records: 5, timestampMs: 7 * HOUR });
  memory.commitAsMember('billing', [
    { topic: 'orders', partition: 0, offset: 45 },
    { topic: 'orders', partition: 1, offset: 5 },
    { topic: 'clicks', partition: 0, offset: 0 },
  ]);
  return memory;
}

const exported = async (memory: MemoryCluster) => exportCluster(memory.connect(), { progress, nowMs: NOW });
const restored = async (memory: MemoryCluster, backup: Backup, more: Partial<RestoreOptions> = {}) =>
  restoreCluster(memory.connect(), backup, { progress, secrets, ...more });
const empty = (): MemoryCluster => new MemoryCluster({ clusterId: 'memory-cluster-000002A' });

describe('a backup', () => {
  test('holds topics with their own options, access, users without keys, and groups in time', async () => {
    const { backup, findings } = await exported(await shop());
    expect(findings).toEqual([]);
    expect(backup).toEqual({
      kind: 'kafka-deployment-kit/backup',
      schemaVersion: 1,
      clusterId: 'memory-cluster-000001A',
      kafkaVersion: '4.3',
      exportedAt: '2026-11-26T00:00:00.000Z',
      topics: ['clicks', 'orders'].map((name) => ({
        name,
        partitions: 2,
        replicationFactor: 3,
        config: { 'retention.ms': '1000' },
      })),
      acls: [allow('User:billing'), allow('User:eve', 'deny')],
      quotas: [{ entity: { user: 'billing' }, values: { producer_byte_rate: 1024 } }],
      users: expect.arrayContaining([
        { user: 'billing', mechanism: 'SCRAM-SHA-512', iterations: 8192 },
        { user: 'old', mechanism: 'SCRAM-SHA-256', iterations: 4096 },
      ]),
      groups: [
        {
          group: 'billing',
          offsets: [
            { topic: 'clicks', partition: 0, offset: 0 },
            // Its batch began at 4 h, so nothing of it is skipped.
            { topic: 'orders', partition: 0, offset: 45, timestampMs: 4 * HOUR },
            { topic: 'orders', partition: 1, offset: 5, timestampMs: 7 * HOUR + 1 },
          ],
        },
      ],
    });
    expect(parseBackup(formatBackup(backup), 'b.json')).toEqual(backup);
  });

  test('says what could not be seen', async () => {
    const memory = await shop();
    memory.deny('describe-acls');
    const { backup, findings } = await exported(memory);
    expect(backup.acls).toBeUndefined();
    expect(codes(findings)).toEqual(['EXPORT-UNSEEN']);
  });

  test.each([
    ['no JSON', 'topics:', /no JSON/],
    ['another file', '{"name":"prod"}', /kind/],
    ['a later version', '{"kind":"kafka-deployment-kit/backup","schemaVersion":2}', /schemaVersion/],
  ])('fails with wrong usage for %s', (_what, text, message) => {
    expect(() => parseBackup(text, 'b.json')).toThrow(
      expect.objectContaining({ code: 'BACKUP-UNREADABLE', status: 2, message: expect.stringMatching(message) }),
    );
  });
});

describe('a restore', () => {
  test('makes everything on an empty cluster, and a second one finds it', async () => {
    const { backup } = await exported(await shop());
    const memory = empty();
    expect(await restored(memory, backup)).toEqual({
      clusterId: 'memory-cluster-000002A',
      made: { topics: 2, acls: 2, quotas: 1, users: 2 },
      groups: ['billing'],
      usersWithoutPassword: ['lost'],
      issues: [expect.objectContaining({ code: 'RESTORE-PASSWORD', level: 'warning' })],
    });
    expect(memory.canLogIn('billing', 'b')).toBe(true);
    expect(memory.canLogIn('old', 'o', { mechanism: 'SCRAM-SHA-256' })).toBe(true);
    const again = await exported(memory);
    for (const part of ['topics', 'acls', 'quotas'] as const) expect(again.backup[part]).toEqual(backup[part]);
    const before = memory.mutations.length;
    expect(await restored(memory, backup)).toMatchObject({ made: { topics: 0, acls: 0, quotas: 0, users: 0 } });
    expect(memory.mutations.length).toBe(before);
  });

  test('sets groups by time once the records are there', async () => {
    const { backup } = await exported(await shop());
    const memory = empty();
    await restored(memory, backup, { parts: ['topics'] });
    // The copy lost the first two hours, so its offsets are others.
    for (let hour = 2; hour < 10; hour++) memory.write('orders', 0, { records: 10, timestampMs: hour * HOUR });
    memory.write('orders', 1, { records: 5, timestampMs: 7 * HOUR });
    const report = await restored(memory, backup, { parts: ['offsets'] });
    expect(report).toMatchObject({ groups: ['billing'], issues: [] });
    expect((await memory.connect().committedOffsets(['billing'])).get('billing')).toEqual([
      { topic: 'clicks', partition: 0, offset: 0 },
      { topic: 'orders', partition: 0, offset: 20 },
      { topic: 'orders', partition: 1, offset: 5 },
    ]);
  });

  test('goes on after it was killed anywhere', async () => {
    const { backup } = await exported(await shop());
    for (const count of [5, 15, 25, 30, 35, 40]) {
      const memory = empty();
      memory.killAfter(count, 'half');
      await restored(memory, backup).catch((error: unknown) => {
        if (!(error instanceof ProcessKilled)) throw error;
      });
      memory.revive();
      const report = await restored(memory, backup);
      expect(codes(report.issues)).toEqual(['RESTORE-PASSWORD']);
      expect((await exported(memory)).backup.topics).toEqual(backup.topics);
      expect((await memory.connect().describeAcls()).length).toBe(2);
    }
  });

  test('fails where the cluster has other topics, and does nothing', async () => {
    const { backup } = await exported(await shop());
    const memory = empty();
    await memory
      .connect()
      .createTopics([{ name: 'mine', placement: { partitions: 1, replicationFactor: 1 }, config: {} }], WRITE);
    await expect(restored(memory, backup)).rejects.toMatchObject({
      code: 'RESTORE-NOT-EMPTY',
      message: expect.stringContaining('got mine;'),
    });
    expect(memory.mutations).toEqual([{ method: 'createTopics', item: 'mine' }]);
  });

  test('fails where a topic is there and different, and does nothing', async () => {
    const { backup } = await exported(await shop());
    const memory = empty();
    await memory
      .connect()
      .createTopics([{ name: 'orders', placement: { partitions: 1, replicationFactor: 3 }, config: {} }], WRITE);
    await expect(restored(memory, backup)).rejects.toMatchObject({
      code: 'RESTORE-DIFFERENT',
      message: expect.stringMatching(/got topic orders: /),
    });
    expect(memory.mutations.length).toBe(1);
  });

  test('fails where there are fewer brokers than replicas, and does nothing', async () => {
    const { backup } = await exported(await shop());
    const memory = new MemoryCluster({ brokers: [{ id: 1 }] });
    await expect(restored(memory, backup)).rejects.toMatchObject({ code: 'RESTORE-IMPOSSIBLE' });
    expect(memory.mutations).toEqual([]);
  });

  test('leaves a group with members alone, and says so', async () => {
    const { backup } = await exported(await shop());
    const memory = empty();
    await restored(memory, backup, { parts: ['topics'] });
    memory.joinGroup('billing', { topics: ['orders'] });
    const report = await restored(memory, backup, { parts: ['offsets'] });
    expect(report.issues).toMatchObject([
      { code: 'RESTORE-OFFSETS', level: 'error', message: expect.stringContaining('got billing: it has 1 member;') },
    ]);
  });
});
