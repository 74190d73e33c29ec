import { type MemoryCluster } from '../../lib/admin/adapters/memory';
import { reconcile } from '../../lib/cli/commands/reconcile';
import { desiredState } from '../../lib/core/plan';
import { modelOfText } from '../support/environments';
import { TemporaryProject } from '../support/kdk';
import { memoryContext, SHOP, shopCluster } from '../support/memory-reach';

/** The group by which whoever changes a cluster keeps others from it. */
const LEASE = '__kdk_apply';

describe('kdk reconcile beside another that is at work', () => {
  const project = new TemporaryProject();
  const desired = project.path('desired.json');
  const options = { bootstrap: 'b1:9092', secrets: project.path('secrets') };
  let memory: MemoryCluster;

  beforeEach(() => {
    memory = shopCluster();
    project.write('desired.json', JSON.stringify(desiredState(modelOfText(SHOP))));
    project.write('secrets/billing/password', 'letmein\n');
  });
  afterAll(() => project.remove());

  test('waits as long as --wait says, and then does its own part', async () => {
    const other = await memory.connect().takeLease({ group: LEASE, holder: 'another Job' });
    const context = memoryContext(memory);
    const steps: string[] = [];
    const ran = reconcile(
      desired,
      { ...options, wait: '1m' },
      { ...context, progress: ({ step }) => steps.push(step) },
    );
    setTimeout(() => void other.release(), 1_000);
    expect(await ran).toMatchObject({ status: 0, lines: [expect.stringMatching(/^shop: \d+ changes done in/)] });
    expect(steps).toContain('waiting for somebody else who changes the cluster');
    expect(memory.canLogIn('billing', 'letmein')).toBe(true);
  }, 60_000);

  test('waits for as many brokers as there are to be', async () => {
    memory.stopBroker(3);
    const context = memoryContext(memory);
    const steps: string[] = [];
    const progress = ({ step }: { readonly step: string }): unknown => steps.push(step);
    const ran = reconcile(desired, { ...options, brokers: '3' }, { ...context, progress });
    setTimeout(() => memory.startBroker(3), 1_000);
    expect(await ran).toMatchObject({ status: 0, issues: [] });
    expect(steps).toContain('waiting for 3 brokers');
    const { topics } = memory.snapshot();
    expect(new Set(Object.values(topics).flatMap(({ replicas }) => replicas.flat()))).toEqual(new Set([1, 2, 3]));
  }, 60_000);

  test.each(['0', 'three', '-1', '1.5'])('fails for --brokers %s, before anything is asked', async (brokers) => {
    await expect(reconcile(desired, { ...options, brokers }, memoryContext(memory))).rejects.toMatchObject({
      code: 'USAGE',
      status: 2,
    });
    expect(memory.requests.total).toBe(0);
  });

  test('fails at once without --wait, and changes nothing', async () => {
    await memory.connect().takeLease({ group: LEASE, holder: 'another Job' });
    await expect(reconcile(desired, options, memoryContext(memory))).rejects.toMatchObject({ code: 'LEASE-HELD' });
    expect(memory.mutations).toEqual([]);
  });
});
