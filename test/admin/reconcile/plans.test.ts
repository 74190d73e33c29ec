import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { applyPlan, makePlan } from '../../../lib/admin/reconcile';
import type { DesiredState, DesiredTopic } from '../../../lib/core/plan';
import { acknowledging, converge, desiredOf, ids, outcomes, planOf, portsOf, progress, topic } from './harness';

const withTopics = (...topics: DesiredTopic[]): DesiredState => desiredOf({ topics });
const DAY = 86_400_000;

describe('a plan that was saved', () => {
  test('is carried out where the cluster is what it was', async () => {
    const cluster = new MemoryCluster();
    const plan = await planOf(cluster, withTopics(topic('a')));
    const report = await applyPlan(portsOf(cluster), withTopics(topic('a')), structuredClone(plan), {
      progress,
      source: 'saved',
    });
    expect(report.counts.done).toBe(1);
  });

  test('fails where the cluster has moved, naming what has, and changes nothing', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, withTopics(topic('a')));
    const wanted = withTopics(topic('a', { config: { 'retention.ms': '5' } }));
    const acknowledged = acknowledging(wanted, await planOf(cluster, wanted));
    const plan = await planOf(cluster, acknowledged);
    await converge(cluster, withTopics(topic('a', { config: { 'retention.ms': '7' } })));
    cluster.mutations.length = 0;
    const applying = applyPlan(portsOf(cluster), acknowledged, plan, { progress, source: 'saved' });
    await expect(applying).rejects.toMatchObject({ code: 'PLAN-STALE', message: expect.stringContaining('topics') });
    expect(cluster.mutations).toEqual([]);
  });

  test('fails where it was made for another environment or another cluster', async () => {
    const cluster = new MemoryCluster();
    const plan = await planOf(cluster, withTopics(topic('a')));
    const options = { progress, source: 'saved' } as const;
    await expect(applyPlan(portsOf(cluster), withTopics(topic('b')), plan, options)).rejects.toMatchObject({
      code: 'PLAN-STALE',
      message: expect.stringContaining('the environment itself'),
    });
    const other = { ...plan, clusterId: 'another-cluster-00001A' };
    await expect(applyPlan(portsOf(cluster), withTopics(topic('a')), other, options)).rejects.toMatchObject({
      code: 'CLUSTER-OTHER',
    });
  });

  test('is made again where it was just made, and the cluster has moved since', async () => {
    const cluster = new MemoryCluster();
    const ports = portsOf(cluster);
    const wanted = withTopics(topic('a'), topic('b'));
    const plan = await makePlan(ports, wanted);
    await converge(cluster, withTopics(topic('a')));
    const report = await applyPlan(ports, wanted, plan, { progress });
    expect(outcomes(report)).toEqual(['done create-topic b']);
  });
});

describe('the proof of a plan', () => {
  test('changes nothing, and says how much was checked and what cannot be', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, withTopics(topic('a'), topic('old')));
    const wanted = desiredOf({
      topics: [topic('a', { config: { 'retention.ms': String(DAY) } }), topic('b')],
      deletedTopics: [{ name: 'old', reason: 'done', path: 'topics.old' }],
    });
    const before = cluster.snapshot();
    const plan = await planOf(cluster, wanted);
    expect(plan.proof).toEqual({ checked: 3, refused: [], unchecked: ['delete-topic'] });
    expect(cluster.snapshot()).toEqual(before);
  });

  test('blocks the one option of a topic that Kafka refuses, and lets the others through', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, withTopics(topic('a', { config: {} })));
    const config = { 'retention.ms': '-7', 'max.message.bytes': '2000000' };
    const plan = await planOf(cluster, withTopics(topic('a', { config })));
    const blocked = plan.changes.filter(({ status }) => status === 'blocked');
    expect(ids(blocked)).toEqual(['set-topic-option a retention.ms']);
    expect(blocked[0]!.block!.reason).toMatch(/the cluster refuses it: INVALID_CONFIG/);
    expect(plan.proof.refused).toHaveLength(1);
  });

  test('fails where nobody answers, rather than looking proved', async () => {
    const cluster = new MemoryCluster();
    cluster.faults.lose('createTopics', 'before', 1_000);
    await expect(planOf(cluster, withTopics(topic('a')))).rejects.toMatchObject({ code: 'KAFKA-UNREACHABLE' });
  });
});
