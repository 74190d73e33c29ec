import type { NewTopic } from '../port';

/** What a new topic comes to for the controller: one record for the topic and one for each partition and each option. */
export function controllerRecords({ placement, config }: NewTopic): number {
  const partitions = 'assignments' in placement ? placement.assignments.length : placement.partitions;
  return 1 + partitions + Object.keys(config).length;
}
