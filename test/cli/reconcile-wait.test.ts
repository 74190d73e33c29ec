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

  test('fails at once without --wait, and changes nothing', async () => {
    await memory.connect().takeLease({ group: LEASE, holder: 'another Job' });
    await expect(reconcile(desired, options, memoryContext(memory))).rejects.toMatchObject({ code: 'LEASE-HELD' });
    expect(memory.mutations).toEqual([]);
  });
});
