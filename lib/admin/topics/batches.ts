import { batch, RECORDS_A_REQUEST } from '../batches';
import type { NewTopic } from '../port';

export { RECORDS_A_REQUEST };

/** One for the topic and one for each partition and each option. */
export function controllerRecords({ placement, config }: NewTopic): number {
  const partitions = 'assignments' in placement ? placement.assignments.length : placement.partitions;
  return 1 + partitions + Object.keys(config).length;
}

/** In the order given; a topic too large to share a request gets one of its own. */
export function batchTopics(topics: readonly NewTopic[], recordsARequest = RECORDS_A_REQUEST): NewTopic[][] {
  return batch(topics, { recordsOf: controllerRecords, records: recordsARequest, items: Infinity });
}
