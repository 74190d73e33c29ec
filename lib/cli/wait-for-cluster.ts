import { retry } from '../admin/wait';
import { reachOf, type ClusterAddress } from './cluster';
import { durationArgument } from './duration-argument';
import type { Context } from './outcome';
import { untilAborted } from './until-aborted';

/** Brokers that are just being made answer after a while. */
export async function waitForCluster(
  address: ClusterAddress,
  wait: string | undefined,
  context: Context,
): Promise<void> {
  if (wait === undefined) return;
  context.progress({ step: 'waiting for the cluster' });
  const reach = async (): Promise<void> => (await reachOf(context).connect(address)).close();
  await untilAborted(
    retry(reach, { deadlineMs: durationArgument('--wait', wait), maxPauseMs: 10_000 }),
    context.signal,
  );
}
