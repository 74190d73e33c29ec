import { Failure } from '../../core/issue';
import { Refused } from '../failures';
import type { AdminPort, MembershipPort } from '../port';
import { retry, type Patience } from '../wait';

const PATIENCE: Patience = { deadlineMs: 60_000 };
const NOT_REGISTERED = 'BROKER_ID_NOT_REGISTERED';

/**
 * Makes the cluster forget brokers that are gone, and returns those that it still knew. Fails before anything is done where one of them is
 * up, or is named by a partition: Kafka would place new replicas on one that is merely silent, and never find those that it has lost.
 */
export async function unregisterBrokers(
  client: AdminPort & MembershipPort,
  ids: readonly number[],
): Promise<readonly number[]> {
  const { brokers } = await retry(() => client.describeCluster(), PATIENCE);
  const up = ids.filter((id) => brokers.some((broker) => broker.id === id));
  if (up.length > 0) {
    throw new Failure(
      'BROKER-ALIVE',
      `a broker that is up cannot be unregistered, got ${up.join(', ')}; only those that are gone can.`,
      'Scale its StatefulSet in first, and wait until the pod is gone.',
    );
  }
  const topics = await retry(() => client.describeTopics('all'), PATIENCE);
  const holding = ids.filter((id) =>
    topics.some(({ partitions }) => partitions.some(({ replicas }) => replicas.includes(id))),
  );
  if (holding.length > 0) {
    throw new Failure(
      'BROKER-NOT-EMPTY',
      `a broker that holds replicas cannot be unregistered, got ${holding.join(', ')}; all its replicas must be elsewhere.`,
      `Run kdk evacuate --brokers ${holding.join(',')} first; it works while the broker is away too, as long as others have the records.`,
    );
  }
  const known: number[] = [];
  for (const id of ids) {
    try {
      await retry(() => client.unregisterBroker(id), PATIENCE);
      known.push(id);
    } catch (error) {
      if (!(error instanceof Refused) || error.error.name !== NOT_REGISTERED) throw error;
    }
  }
  return known;
}
