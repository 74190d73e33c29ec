import { MemoryConnectWorkers } from '../../../lib/admin/adapters/memory/connect-workers';
import { applyConnectors, planConnectors, restartFailed } from '../../../lib/admin/reconcile';
import { connectorsOnly, desiredState, withoutConnectors, type DesiredState } from '../../../lib/core/plan';
import { modelOfText } from '../../support/environments';
import { BASES } from '../../support/rule-cases';

const CLASS = 'org.example.Sink';

function workers(fails?: (name: string) => boolean): MemoryConnectWorkers {
  return new MemoryConnectWorkers({
    plugins: [{ className: CLASS, type: 'sink', required: ['topics'] }],
    fails: ({ name }) => (fails?.(name) === true ? 'org.example.PoisonException: offset 42' : undefined),
  });
}

function desired(connectors: string): DesiredState {
  return desiredState(modelOfText(`${BASES.kubernetes}connect: { connectors: { ${connectors} } }\n`));
}

const options = { progress: () => undefined, signal: new AbortController().signal };

async function apply(port: MemoryConnectWorkers, connectors: string) {
  const wanted = connectorsOnly(desired(connectors))!;
  const plan = await planConnectors(port, wanted);
  return { plan, report: await applyConnectors(port, wanted, { plan, ...options }) };
}

describe('connectors alone', () => {
  test('are a part of what is wanted, and the rest is the other part', () => {
    const whole = desired(`a: { class: ${CLASS}, config: { topics: x } }`);
    expect(connectorsOnly(whole)).toMatchObject({ topics: [], connectors: [{ name: 'a' }] });
    expect(connectorsOnly(whole)).not.toHaveProperty('users');
    expect(withoutConnectors(whole)).not.toHaveProperty('connectors');
    expect(connectorsOnly(withoutConnectors(whole))).toBeUndefined();
  });

  test('are made, changed, stopped and deleted, and then nothing is left to do', async () => {
    const port = workers();
    await apply(port, `a: { class: ${CLASS}, config: { topics: x } }, b: { class: ${CLASS}, config: { topics: y } }`);
    const { report } = await apply(
      port,
      `a: { class: ${CLASS}, config: { topics: z } }, b: { deleted: { reason: replaced } }`,
    );
    expect(report.counts).toEqual({ done: 2, unchanged: 0, failed: 0, skipped: 0 });
    expect(report.remaining).toEqual([]);
    expect((await port.connectors()).get('a')!.config['topics']).toBe('z');
    expect([...(await port.connectors()).keys()]).toEqual(['a']);
  });

  test('that are stopped need an acknowledgement, since records no longer flow', async () => {
    const port = workers();
    await apply(port, `a: { class: ${CLASS}, config: { topics: x } }`);
    const { report } = await apply(port, `a: { class: ${CLASS}, state: stopped, config: { topics: x } }`);
    expect(report.changes).toMatchObject([{ change: { code: 'CONNECTOR-STATE' }, outcome: 'skipped' }]);
  });

  test('fail with every problem of all of them at once, and the others are made', async () => {
    const port = workers();
    const { plan, report } = await apply(
      port,
      `a: { class: ${CLASS} }, b: { class: org.example.Typo }, c: { class: ${CLASS}, config: { topics: x } }`,
    );
    expect(plan.proof.refused.map(({ id }) => id)).toEqual(['put-connector a', 'put-connector b']);
    expect(report.counts).toMatchObject({ done: 1, skipped: 2 });
    expect([...(await port.connectors()).keys()]).toEqual(['c']);
  });
});

describe('connectors that have failed', () => {
  const waits: number[] = [];
  const clock = { now: () => 0, sleep: (ms: number) => Promise.resolve(void waits.push(ms)) };
  const restart = (port: MemoryConnectWorkers) =>
    restartFailed(port, { attempts: 3, pauseMs: 1000, clock, signal: options.signal });

  test('are restarted, and only those', async () => {
    const port = workers();
    await apply(port, `a: { class: ${CLASS}, config: { topics: x } }, b: { class: ${CLASS}, config: { topics: x } }`);
    port.fail('a', 'java.io.IOException: gone for a moment');
    port.changes.length = 0;
    expect(await restart(port)).toEqual([{ connector: 'a', attempts: 1 }]);
    expect(port.changes).toEqual(['restart a']);
    expect(await restart(port)).toEqual([]);
  });

  test('fail again and are given up after so many attempts, with longer pauses each time', async () => {
    let poisoned = false;
    const port = workers(() => poisoned);
    await apply(port, `a: { class: ${CLASS}, config: { topics: x } }`);
    port.fail('a', 'org.example.PoisonException: offset 42');
    poisoned = true;
    expect(await restart(port)).toEqual([
      { connector: 'a', attempts: 3, error: expect.stringContaining('PoisonException') as string },
    ]);
    expect(waits).toEqual([1000, 2000]);
  });
});
