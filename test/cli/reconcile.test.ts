import { readFileSync, rmSync } from 'node:fs';
import { MemoryCluster } from '../../lib/admin/adapters/memory';
import { aclKey } from '../../lib/core/cluster';
import { apply } from '../../lib/cli/commands/apply';
import { plan } from '../../lib/cli/commands/plan';
import { codes } from '../support/environments';
import { TemporaryProject } from '../support/kdk';
import { memoryContext, SHOP, shopCluster } from '../support/memory-reach';

describe('the desired state', () => {
  const project = new TemporaryProject();
  const file = project.path('environments/shop.yaml');
  const reach = { bootstrap: 'b1:9092', secrets: project.path('secrets') };
  const write = (text: string): void => project.write('environments/shop.yaml', text);
  beforeEach(() => {
    write(SHOP);
    project.write('secrets/billing/password', 'letmein\n');
  });
  afterAll(() => project.remove());

  async function applied(memory: MemoryCluster): Promise<MemoryCluster> {
    await apply(file, reach, memoryContext(memory));
    return memory;
  }

  describe('plan', () => {
    test('says what would change, writes it, and is no failure', async () => {
      const out = project.path('out/plan.json');
      const markdown = project.path('out/plan.md');
      const ran = await plan(file, { ...reach, out, markdown }, memoryContext(shopCluster()));
      expect(ran.status).toBe(0);
      expect(ran.lines.join('\n')).toContain('topic orders');
      expect(ran.lines.slice(-2)).toEqual([`wrote ${out}`, `wrote ${markdown}`]);
      expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
        environment: 'shop',
        checksum: expect.any(String),
      });
      expect(readFileSync(markdown, 'utf8')).toContain('## Plan for shop');
    });

    test('has another status for changes where that is asked for', async () => {
      const memory = shopCluster();
      expect((await plan(file, { ...reach, failOnChanges: true }, memoryContext(memory))).status).toBe(4);
      await applied(memory);
      const after = await plan(file, { ...reach, failOnChanges: true }, memoryContext(memory));
      expect(after).toMatchObject({ status: 0, lines: [expect.stringMatching(/^no changes: shop is as declared/)] });
    });

    test('prints Markdown where no file is named', async () => {
      const ran = await plan(file, { ...reach, markdown: true }, memoryContext(shopCluster()));
      expect(ran.lines[0]).toBe('## Plan for shop');
    });

    test('fails with the place in the file for fewer partitions', async () => {
      const memory = await applied(shopCluster());
      write(SHOP.replace('partitions: 6', 'partitions: 3'));
      const ran = await plan(file, reach, memoryContext(memory));
      const error = ran.issues.find(({ level }) => level === 'error');
      expect(error).toMatchObject({ path: 'topics.orders.partitions', at: { file, line: 8 } });
    });

    test('fails where another file beside it claims the same, on either side', async () => {
      const cluster = `cluster: ./shop.yaml\nname: team\nowns: { topics: [orders, team.*] }\n`;
      project.write('environments/team.yaml', `${cluster}topics: { orders: { partitions: 6 } }\n`);
      const ran = await plan(file, reach, memoryContext(shopCluster()));
      const errors = ran.issues.filter(({ level }) => level === 'error');
      expect(errors.map(({ code }) => code)).toContain('OWNS-TWICE');
      expect(errors[0]!.at!.file).toContain('team.yaml');
      await expect(apply(project.path('environments/team.yaml'), reach, memoryContext(shopCluster()))).rejects.toThrow(
        'team is not valid',
      );
      const memory = shopCluster();
      expect((await apply(file, reach, memoryContext(memory))).status).toBe(1);
      expect(memory.mutations).toEqual([]);
      rmSync(project.path('environments/team.yaml'));
    });

    test('fails where the cluster is another one', async () => {
      const other = new MemoryCluster({ clusterId: 'memory-cluster-000002A' });
      await expect(plan(file, reach, memoryContext(other))).rejects.toMatchObject({ code: 'CLUSTER-OTHER' });
    });

    test('fails where the right to see ACLs is missing, and plans nothing from that', async () => {
      const memory = shopCluster();
      memory.deny('describe-acls');
      await expect(plan(file, reach, memoryContext(memory))).rejects.toMatchObject({ code: 'KAFKA-REFUSED' });
    });
  });

  describe('apply', () => {
    test('tells the plan, carries it out, and has nothing to do then', async () => {
      const memory = shopCluster();
      const context = memoryContext(memory);
      const evidence = project.path('evidence.json');
      const ran = await apply(file, { ...reach, evidence }, context);
      expect(context.told.join('\n')).toContain('topic orders');
      expect(ran).toMatchObject({
        status: 0,
        lines: [expect.stringMatching(/^shop: \d+ changes done in/), `wrote ${evidence}`],
      });
      expect(codes(ran.issues.filter(({ level }) => level === 'error'))).toEqual([]);
      expect(JSON.parse(readFileSync(evidence, 'utf8'))).toMatchObject({
        kind: 'apply',
        kit: '0.0.0',
        succeeded: true,
      });
      expect(memory.canLogIn('billing', 'letmein')).toBe(true);
      const again = await apply(file, reach, memoryContext(memory));
      expect(again.lines).toEqual(['shop: nothing to do, the cluster is as the file says']);
    });

    test('fails where a change is held, after it told the entry that lets it through, and does nothing', async () => {
      const memory = await applied(shopCluster());
      for (const partition of [0, 1]) memory.write('orders', partition, { records: 10, timestampMs: 0 });
      write(SHOP.replace('time: 30d', 'time: 7d').replace('clicks: {', 'events: { partitions: 1 }\n  clicks: {'));
      const context = memoryContext(memory);
      const before = memory.mutations.length;
      await expect(apply(file, reach, context)).rejects.toMatchObject({ code: 'PLAN-HELD' });
      expect(context.told.join('\n')).toMatch(/acknowledge:\n {4}- \{ code: TOPIC-RETENTION-CUT, .*from: 30d, to: 7d/);
      expect(memory.mutations.length).toBe(before);
    });

    test('does the rest where held changes are to be left out, and is no success', async () => {
      const memory = await applied(shopCluster());
      memory.write('orders', 0, { records: 10, timestampMs: 0 });
      write(SHOP.replace('time: 30d', 'time: 7d').replace('clicks: {', 'events: { partitions: 1 }\n  clicks: {'));
      const ran = await apply(file, { ...reach, skipHeld: true }, memoryContext(memory));
      expect(ran.lines[0]).toMatch(/^shop: 1 change done, 1 not done in/);
      expect(ran.issues).toContainEqual(
        expect.objectContaining({ code: 'APPLY-HELD', level: 'error', path: 'topics.orders.retention.time' }),
      );
      expect(await memory.connect().describeTopics(['events'])).toHaveLength(1);
    });

    test('says what failed, with the words of the cluster', async () => {
      const memory = shopCluster();
      const refused = aclKey({
        principal: 'User:billing',
        host: '*',
        resourceType: 'group',
        resourceName: 'billing',
        pattern: 'literal',
        operation: 'read',
        permission: 'allow',
      });
      memory.faults.refuseItem('createAcls', refused, 'INVALID_REQUEST', { times: 99 });
      const ran = await apply(file, reach, memoryContext(memory));
      expect(ran.status).toBe(1);
      expect(ran.lines[0]).toMatch(/, 1 failed in/);
      expect(codes(ran.issues.filter(({ level }) => level === 'error'))).toEqual([
        'APPLY-FAILED principals.billing.consume.groups[0]',
      ]);
      expect(ran.issues.at(-1)!.message).toContain('INVALID_REQUEST');
    });

    test('says what the cluster would refuse, in the plan and in the apply', async () => {
      const memory = shopCluster();
      memory.faults.refuseItem('createTopics', 'clicks', 'POLICY_VIOLATION', { times: 99 });
      const planned = await plan(file, reach, memoryContext(memory));
      expect(codes(planned.issues.filter(({ level }) => level === 'error'))).toEqual(['PLAN-REFUSED topics.clicks']);
      const ran = await apply(file, reach, memoryContext(memory));
      expect(codes(ran.issues.filter(({ level }) => level === 'error'))).toEqual(['APPLY-BLOCKED topics.clicks']);
    });

    test('carries out a plan that was written, and refuses it when the cluster has moved', async () => {
      const memory = shopCluster();
      const out = project.path('plan.json');
      await plan(file, { ...reach, out }, memoryContext(memory));
      const options = { ...reach, environment: file };
      expect(await apply(out, options, memoryContext(memory))).toMatchObject({ status: 0 });
      await expect(apply(out, options, memoryContext(memory))).rejects.toMatchObject({ code: 'PLAN-STALE' });
      await expect(apply(file, { ...reach, plan: out }, memoryContext(memory))).rejects.toMatchObject({
        code: 'PLAN-STALE',
      });
    });

    test('fails for a plan of another environment, and for one that was edited', async () => {
      const memory = shopCluster();
      const out = project.path('plan.json');
      await plan(file, { ...reach, out }, memoryContext(memory));
      project.write('environments/other.yaml', SHOP.replace('name: shop', 'name: other'));
      const other = { ...reach, plan: out };
      await expect(apply(project.path('environments/other.yaml'), other, memoryContext(memory))).rejects.toMatchObject({
        code: 'PLAN-OTHER',
        status: 2,
      });
      project.write('plan.json', readFileSync(out, 'utf8').replace('"partitions": 6', '"partitions": 60'));
      await expect(apply(out, { ...reach, environment: file }, memoryContext(memory))).rejects.toMatchObject({
        code: 'PLAN-UNREADABLE',
        message: expect.stringContaining('was changed after it was written'),
      });
    });

    test('fails where a password is missing, and does nothing', async () => {
      project.write('secrets/billing/password', '');
      const memory = shopCluster();
      await expect(apply(file, reach, memoryContext(memory))).rejects.toMatchObject({
        code: 'SECRET-MISSING',
        message: expect.stringContaining('billing/password'),
      });
      expect(memory.mutations).toEqual([]);
    });

    test('ends between two requests when it is interrupted, and says how far it came', async () => {
      const memory = shopCluster();
      const context = memoryContext(memory);
      let steps = 0;
      const ran = await apply(file, reach, {
        ...context,
        progress: ({ step }) => {
          if (step.startsWith('creating ACLs') && steps++ === 0) context.abort();
        },
      });
      expect(ran.status).toBe(1);
      expect(codes(ran.issues)).toContain('APPLY-STOPPED');
      expect(await apply(file, reach, memoryContext(memory))).toMatchObject({ status: 0 });
    });
  });
});
