import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { applyPlan, makePlan } from '../../../lib/admin/reconcile';
import type { Acl } from '../../../lib/core/cluster';
import { access, allow, converge, desiredOf, outcomes, portsOf, progress } from './harness';

const narrow = allow('ann', 'orders-eu');
const wide: Acl = { ...narrow, resourceName: 'orders-', pattern: 'prefixed' };
const deny: Acl = { ...narrow, permission: 'deny', host: '10.0.0.1' };
const DONE = 'done delete-acl User:ann allow read topic literal orders-eu *';

describe('a right that is replaced by a wider one', () => {
  test('goes when the wider one is there', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, desiredOf({ access: access([narrow]) }));
    expect(outcomes(await converge(cluster, desiredOf({ access: access([wide]) })))).toContain(DONE);
  });

  test('stays where the wider one is held back: nobody is without either', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, desiredOf({ access: access([narrow]) }));
    const wanted = desiredOf({ access: access([wide, deny]) });
    const ports = portsOf(cluster);
    const plan = await makePlan(ports, wanted);
    expect(plan.changes.map(({ status, code }) => `${status} ${code}`)).toEqual(
      expect.arrayContaining(['held ACL-DENY', 'blocked ACL-CREATE']),
    );
    const report = await applyPlan(ports, wanted, plan, { progress, held: 'skip' });
    expect(outcomes(report)).not.toContain(DONE);
    expect(cluster.snapshot().acls).toContainEqual(narrow);
  });
});
