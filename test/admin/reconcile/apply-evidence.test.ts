import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { applyEvidence, applySucceeded, planHash } from '../../../lib/admin/reconcile';
import { aclKey } from '../../../lib/core/cluster';
import { access, allow, converge, desiredOf, topic } from './harness';

const desired = desiredOf({
  topics: [topic('orders')],
  access: access([allow('ann', 'orders')]),
  users: {
    mechanism: 'SCRAM-SHA-512',
    iterations: 4096,
    users: [{ name: 'ann', secret: { secret: 'ann', key: 'password' }, path: 'principals.ann' }],
    deleted: [],
  },
});

describe('the evidence of an apply', () => {
  test('says what was done, by which release, and that nothing is left', async () => {
    const report = await converge(new MemoryCluster(), desired);
    const evidence = applyEvidence(report, { kit: '1.2.3' });
    expect(applySucceeded(report)).toBe(true);
    expect(evidence).toMatchObject({
      schemaVersion: 1,
      kind: 'apply',
      kit: '1.2.3',
      environment: 'test',
      clusterId: 'memory-cluster-000001A',
      plan: { sha256: planHash(report.plan), readAt: '2026-11-26T12:00:00.000Z' },
      succeeded: true,
      counts: { done: 3, unchanged: 0, failed: 0, skipped: 0 },
      verification: { visible: true, remaining: [] },
    });
    expect(evidence.changes).toContainEqual({
      id: 'create-topic orders',
      code: 'TOPIC-CREATE',
      path: 'topics.orders',
      summary: 'create with 3 partitions, replication factor 3, 1 option',
      from: 'none',
      to: '3 partitions',
      grade: 'safe',
      outcome: 'done',
    });
  });

  test('holds no secret', async () => {
    const report = await converge(new MemoryCluster(), desired);
    expect(JSON.stringify(applyEvidence(report, { kit: '1.2.3' }))).not.toContain('password-value');
    expect(JSON.stringify(report)).not.toContain('password-value');
  });

  test('is the same plan after it was written and read', async () => {
    const { plan } = await converge(new MemoryCluster(), desired);
    expect(planHash(JSON.parse(JSON.stringify(plan)))).toBe(planHash(plan));
  });

  test('holds Kafka’s words for what failed, and is no success', async () => {
    const cluster = new MemoryCluster();
    cluster.faults.refuseItem('createAcls', aclKey(allow('ann', 'orders')), 'CLUSTER_AUTHORIZATION_FAILED');
    const report = await converge(cluster, desired);
    const evidence = applyEvidence(report, { kit: '1.2.3' });
    expect([applySucceeded(report), evidence.succeeded]).toEqual([false, false]);
    expect(evidence.changes.find(({ outcome }) => outcome === 'failed')?.detail).toMatch(
      /CLUSTER_AUTHORIZATION_FAILED/,
    );
    expect(evidence.verification.remaining).toHaveLength(1);
  });
});
