import { MemoryCluster } from '../../lib/admin/adapters/memory';
import { apply } from '../../lib/cli/commands/apply';
import { exportBackup } from '../../lib/cli/commands/export';
import { importCluster } from '../../lib/cli/commands/import';
import { offsets } from '../../lib/cli/commands/offsets';
import { resetOffsets } from '../../lib/cli/commands/offsets-reset';
import { plan } from '../../lib/cli/commands/plan';
import { restore } from '../../lib/cli/commands/restore';
import { status } from '../../lib/cli/commands/status';
import { codes } from '../support/environments';
import { TemporaryProject } from '../support/kdk';
import { memoryContext, SHOP, shopCluster } from '../support/memory-reach';

const WRITE = { validateOnly: false };

describe('commands with a cluster', () => {
  const project = new TemporaryProject({
    'environments/shop.yaml': SHOP,
    'secrets/billing/password': 'letmein\n',
  });
  const file = project.path('environments/shop.yaml');
  const reach = { bootstrap: 'b1:9092', secrets: project.path('secrets') };
  afterAll(() => project.remove());

  /** As the file says. */
  async function running(): Promise<MemoryCluster> {
    const memory = shopCluster();
    await apply(file, reach, memoryContext(memory));
    return memory;
  }

  test('status is one screen, and says what it may not see', async () => {
    const memory = await running();
    memory.write('orders', 0, { records: 1500, timestampMs: 0 });
    memory.commitAsMember('billing', [{ topic: 'orders', partition: 0, offset: 266 }]);
    memory.deny('describe-quorum');
    const ran = await status(file, reach, memoryContext(memory));
    expect(ran.lines).toEqual([
      'shop: cluster memory-cluster-000001A',
      'brokers: 3 of 3 up',
      expect.stringMatching(
        /^ {2}1 up kafka-1:9092 rack a: leads \d+ partitions, holds 59, 146\.5KiB of data, disk .* of 1TiB \(0%\) at /,
      ),
      expect.stringContaining('  2 up'),
      expect.stringContaining('  3 up'),
      'topics: 2, 2 of 2 declared ones are there',
      'partitions: 59, 0 offline, 0 under min ISR, 0 with replicas missing',
      'largest topics: orders 439.5KiB',
      'groups: 1, 0 with members; furthest behind:',
      '  billing is 1,234 records behind on orders',
      'quorum: not allowed; it needs describe on the cluster',
    ]);
    expect(codes(ran.issues.filter(({ code }) => code === 'STATUS-UNSEEN'))).toHaveLength(1);
  });

  test('offsets lists groups; a reset is planned, and done with --execute', async () => {
    const memory = await running();
    memory.write('orders', 0, { records: 100, timestampMs: 0 });
    memory.commitAsMember('billing', [{ topic: 'orders', partition: 0, offset: 80 }]);
    expect((await offsets(file, reach, memoryContext(memory))).lines).toEqual([
      'billing: empty, nobody in it, 20 records behind',
      '  orders: 20 behind',
      'shop: 1 group',
    ]);
    expect((await offsets(file, { ...reach, group: ['billing'] }, memoryContext(memory))).lines).toEqual([
      'billing: empty, classic, 20 records behind',
      '  orders-0: at 80 of 100, 20 behind',
    ]);
    await expect(offsets(file, { ...reach, group: ['nobody'] }, memoryContext(memory))).rejects.toMatchObject({
      code: 'GROUP-UNKNOWN',
    });
    const reset = { ...reach, group: 'billing', to: '-500' };
    expect((await resetOffsets(file, reset, memoryContext(memory))).lines).toEqual([
      'orders-0: 80 -> 0 (the first that is kept)',
      'billing would be set in 1 partition to 500 records back: 80 records will be read again',
      'Nothing was changed; add --execute to do it.',
    ]);
    const done = await resetOffsets(file, { ...reset, execute: true }, memoryContext(memory));
    expect(done).toMatchObject({
      result: { executed: true },
      lines: [expect.anything(), expect.stringMatching(/^billing was set/)],
    });
  });

  test('import writes a file whose first plan is empty', async () => {
    const memory = await running();
    const out = project.path('environments/taken.yaml');
    const ran = await importCluster({ bootstrap: 'b1:9092', name: 'taken', out }, memoryContext(memory));
    expect(ran.lines.slice(0, 2)).toEqual([`wrote ${out}: 2 topics, 1 principal`, 'the first plan of taken is empty']);
    expect(codes(ran.issues.filter(({ code }) => code.startsWith('IMPORT')))).toEqual([]);
    const first = await plan(out, { bootstrap: 'b1:9092', failOnChanges: true }, memoryContext(memory));
    expect(first.status).toBe(0);
    await expect(
      importCluster({ bootstrap: 'b1:9092', name: 'taken', out }, memoryContext(memory)),
    ).rejects.toMatchObject({ code: 'FILE-PRESENT' });
  });

  test('export and restore move a cluster without its records', async () => {
    const memory = await running();
    memory.write('orders', 0, { records: 100, timestampMs: 0 });
    memory.commitAsMember('billing', [{ topic: 'orders', partition: 0, offset: 80 }]);
    const out = project.path('backup.json');
    const exported = await exportBackup(file, { ...reach, out }, memoryContext(memory));
    expect(exported.lines[0]).toContain('2 topics, 4 ACLs, 0 quotas, 1 user, 1 group');
    const standby = new MemoryCluster({ clusterId: 'memory-cluster-000002A' });
    const restored = await restore(out, undefined, reach, memoryContext(standby));
    expect(restored.lines).toEqual([
      'cluster memory-cluster-000002A made now: 2 topics, 4 ACLs, 0 quotas, 1 user; 1 group where they were in time',
    ]);
    expect(restored.issues).toEqual([]);
    expect(standby.canLogIn('billing', 'letmein')).toBe(true);
    await standby
      .connect()
      .createTopics([{ name: 'mine', placement: { partitions: 1, replicationFactor: 1 }, config: {} }], WRITE);
    await expect(restore(out, undefined, reach, memoryContext(standby))).rejects.toMatchObject({
      code: 'RESTORE-NOT-EMPTY',
    });
  });
});
