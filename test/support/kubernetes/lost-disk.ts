import { within } from './kubectl';
import { isReady, type LabCluster } from './lab-cluster';
import { say } from './progress';

export interface Disk {
  readonly claim: string;
  readonly uid: string;
}

/** The claim of the first disk of a pod. */
export async function diskOf(cluster: LabCluster, pod: string): Promise<Disk> {
  const claim = `data-0-${pod}`;
  const { metadata } = await cluster.namespace.json(['get', 'pvc', claim]);
  return { claim, uid: metadata.uid as string };
}

/** Deletes pods and their disks at once, as a zone does that burns down; nobody shuts anything down. */
export async function loseDisks(cluster: LabCluster, pods: readonly string[]): Promise<void> {
  const { namespace } = cluster;
  say(`deleting ${pods.join(' and ')} with disk`);
  await namespace.run(['delete', 'pvc', ...pods.map((pod) => `data-0-${pod}`), '--wait=false']);
  await namespace.run(['delete', 'pod', ...pods, '--grace-period=0', '--force']);
}

/** Waits until the pod is Ready again, on another disk than before; gives the seconds. */
export async function untilBackOnNewDisk(
  cluster: LabCluster,
  pod: string,
  before: Disk,
  seconds = 300,
): Promise<number> {
  const began = Date.now();
  await within(seconds, async () => {
    const { uid } = await diskOf(cluster, pod);
    if (uid === before.uid) throw new Error(`${pod} still has its old disk`);
    if (!isReady(await cluster.namespace.json(['get', 'pod', pod]))) throw new Error(`${pod} is not Ready`);
  });
  return Math.round((Date.now() - began) / 1000);
}
