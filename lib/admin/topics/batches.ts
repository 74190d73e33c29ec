import type { NewTopic } from '../port';

/**
 * A controller takes at most 10,000 metadata records in one request (`MAX_RECORDS_PER_USER_OP`): one for the topic and one for each
 * partition and each option. Half of that leaves room for what a release may add, and is as fast.
 */
export const RECORDS_A_REQUEST = 5_000;

export function controllerRecords(topic: NewTopic): number {
  const { placement } = topic;
  const partitions = 'assignments' in placement ? placement.assignments.length : placement.partitions;
  return 1 + partitions + Object.keys(topic.config).length;
}

/** In the order given; a topic too large to share a request gets one of its own. */
export function batchTopics(topics: readonly NewTopic[], recordsARequest = RECORDS_A_REQUEST): NewTopic[][] {
  const batches: NewTopic[][] = [];
  let room = 0;
  for (const topic of topics) {
    const records = controllerRecords(topic);
    if (batches.length === 0 || records > room) {
      batches.push([]);
      room = recordsARequest;
    }
    batches.at(-1)!.push(topic);
    room -= records;
  }
  return batches;
}
