import { kubectl, within } from './kubectl';
import { isReady, type LabCluster } from './lab-cluster';
import type { Deletion } from './pod-watch';
import { PodWatch } from './pod-watch';
import { say } from './progress';
import { lastBefore, type Sample } from './samples';

/** `kubectl rollout restart`, followed until every pod is another one and ready for as long as it is asked. */
export async function rollStatefulSet(
  cluster: LabCluster,
  name: string,
  selector: string,
): Promise<readonly Deletion[]> {
  const { namespace } = cluster;
  const watch = new PodWatch(namespace, selector);
  try {
    say(`rollout restart of ${name}`);
    await namespace.run(['rollout', 'restart', `statefulset/${name}`]);
    await kubectl(['-n', namespace.name, 'rollout', 'status', `statefulset/${name}`, '--timeout=900s'], {
      seconds: 930,
    });
    return watch.deletions;
  } finally {
    watch.stop();
  }
}

/**
 * The deletions that came too early: when the pod was told to end, some leader still missed a replica, which is that of the pod before it.
 * A broker that did not answer just before counts as well, but for the one that is deleted.
 */
export function tooEarly(
  deletions: readonly Deletion[],
  samples: readonly Sample[],
  brokers: readonly string[],
): string[] {
  return deletions.flatMap(({ pod, at }, index) => {
    if (index === 0) return [];
    const said = lastBefore(samples, at);
    const missing = brokers.filter((broker) => !said.some((sample) => sample.broker === broker));
    const behind = said.filter(({ underReplicated }) => underReplicated > 0);
    return [
      ...missing.map((broker) => `${pod} was deleted while ${broker} did not answer`),
      ...behind.map(
        ({ broker, underReplicated }) =>
          `${pod} was deleted while ${broker} led ${underReplicated} partitions with a replica out of sync`,
      ),
    ];
  });
}

/** Waits until every node is Ready and no leader misses a replica. */
export async function untilInSync(cluster: LabCluster, samples: () => Promise<Sample[]>, seconds = 300): Promise<void> {
  await within(seconds, async () => {
    const pods = await cluster.nodes();
    if (pods.filter(isReady).length < cluster.nodeCount()) throw new Error('not every node is Ready');
    const said = lastBefore(await samples(), Date.now(), 8000);
    if (said.length < 3 || said.some(({ underReplicated }) => underReplicated > 0)) {
      throw new Error(`replicas are out of sync: ${JSON.stringify(said)}`);
    }
  });
}
