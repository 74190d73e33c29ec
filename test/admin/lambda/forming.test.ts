import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { Unreachable } from '../../../lib/admin/failures';
import { Forming } from '../../../lib/admin/lambda/forming';
import type { ReconcilerEvent } from '../../../lib/admin/lambda/reconciler-properties';
import { secretMissing } from '../../../lib/admin/secrets';
import type { Clock } from '../../../lib/admin/wait';
import { fakeClock } from '../reconcile/harness';

const MINUTE = 60_000;

/** A resource that is made for a cluster of three brokers, asked for so many minutes ago. */
function formingSince(minutesAgo: number, clock: Clock, event: Partial<ReconcilerEvent> = {}): Forming | undefined {
  const asked = new Date(Date.now() - minutesAgo * MINUTE).toISOString().replace(/[-:]|\.\d+/g, '');
  const properties = { FormingBrokers: '3' } as ReconcilerEvent['ResourceProperties'];
  const request = {
    RequestType: 'Create',
    ResponseURL: `https://answer/?X-Amz-Date=${asked}`,
    ResourceProperties: properties,
    ...event,
  } as ReconcilerEvent;
  return Forming.of(request, { awsRequestId: '1', getRemainingTimeInMillis: () => 15 * MINUTE }, clock);
}

function clusterWithout(broker: number): MemoryCluster {
  const cluster = new MemoryCluster();
  cluster.stopBroker(broker);
  return cluster;
}

describe('a cluster that is formed while the stack is deployed', () => {
  test('is waited for until its last broker answers', async () => {
    const cluster = clusterWithout(3);
    const clock = fakeClock();
    const before = clock.now();
    const waiting: Clock = {
      now: () => clock.now(),
      sleep: async (ms) => {
        await clock.sleep(ms);
        if (clock.now() - before > 4 * MINUTE) cluster.startBroker(3);
      },
    };
    await formingSince(0, waiting)!.whole(cluster.connect());
    expect(clock.now() - before).toBeGreaterThan(4 * MINUTE);
    expect(clock.now() - before).toBeLessThan(5 * MINUTE);
  });

  test('is left to the next invocation while CloudFormation goes on waiting', async () => {
    const forming = formingSince(14, fakeClock())!;
    await expect(forming.whole(clusterWithout(3).connect())).rejects.toThrow(
      'the cluster is not formed yet: 2 of 3 brokers that answer; the next invocation goes on from there',
    );
    expect(() => forming.unformed(new Unreachable(['b1:9091'], 'no answer'))).toThrow(/next invocation goes on/);
  });

  test('may lack the certificate of the administrator, and not the right to read it', () => {
    const { again } = formingSince(0, fakeClock())!;
    expect(again(secretMissing({ secret: 'administrator', key: 'key' }, 'kafka/edge/administrator'))).toBe(true);
    expect(again(new Unreachable(['b1:9091'], 'no answer'))).toBe(true);
    expect(again(new Error('not allowed'))).toBe(false);
  });

  test('is no longer waited for once it was there', () => {
    expect(formingSince(0, fakeClock(), { RequestType: 'Update' })).toBeUndefined();
  });

  test('fails after half an hour, and says where to look', async () => {
    const forming = formingSince(31, fakeClock())!;
    await expect(forming.whole(clusterWithout(3).connect())).rejects.toMatchObject({
      code: 'CLUSTER-NOT-FORMED',
      message:
        'the cluster was not formed within half an hour, got 2 of 3 brokers that answer; all 3 brokers are needed.',
    });
  });
});
