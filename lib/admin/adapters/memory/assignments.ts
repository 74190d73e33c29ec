import type { KafkaError } from '../../port';
import type { MemoryBrokers } from './brokers';
import { kafkaError } from './errors';

type Assignment = readonly number[];

/** Why these brokers cannot have a partition; ReplicationControlManager.validateManualPartitionAssignment. */
export function assignmentError(replicas: Assignment, brokers: MemoryBrokers): KafkaError | undefined {
  const refuse = (why: string) =>
    kafkaError('INVALID_REPLICA_ASSIGNMENT', `The manual partition assignment includes ${why}`);
  if (replicas.length === 0) return refuse('an empty replica list.');
  const unknown = replicas.find((id) => !brokers.has(id));
  if (unknown !== undefined) return refuse(`broker ${unknown}, but no such broker is registered.`);
  const twice = replicas.find((id, index) => replicas.indexOf(id) < index);
  return twice === undefined ? undefined : refuse(`the broker ${twice} more than once.`);
}

/** The same for new partitions, which all have as many replicas, one of them up. */
export function assignmentsError(
  assignments: readonly Assignment[],
  brokers: MemoryBrokers,
  replicationFactor = assignments[0]?.length,
): KafkaError | undefined {
  for (const replicas of assignments) {
    const error = assignmentError(replicas, brokers);
    if (error !== undefined) return error;
    if (replicas.length !== replicationFactor) {
      return kafkaError(
        'INVALID_REPLICA_ASSIGNMENT',
        `The manual partition assignment includes a partition with ${replicas.length} replica(s), but this is not consistent with ` +
          `previous partitions, which have ${replicationFactor} replica(s).`,
      );
    }
    if (!replicas.some(brokers.isUp)) {
      return kafkaError(
        'INVALID_REPLICA_ASSIGNMENT',
        'All brokers specified in the manual partition assignment are fenced or in controlled shutdown.',
      );
    }
  }
  return undefined;
}
