import { batchTopics, controllerRecords, RECORDS_A_REQUEST } from '../../lib/admin/topics/batches';
import type { NewTopic } from '../../lib/admin';

const topic = (name: string, partitions: number, options = 2): NewTopic => ({
  name,
  placement: { partitions, replicationFactor: 3 },
  config: Object.fromEntries(Array.from({ length: options }, (_, index) => [`option.${index}`, '1'])),
});

describe('batches of topics', () => {
  test('count the records that the controller writes: the topic, its partitions and its options', () => {
    expect(controllerRecords(topic('a', 12, 3))).toBe(16);
    expect(controllerRecords({ name: 'b', placement: { assignments: [[1], [2]] }, config: {} })).toBe(3);
  });

  test('hold 10,000 small topics in a few requests, in order, each below the limit of a controller', () => {
    const topics = Array.from({ length: 10_000 }, (_, index) => topic(`t-${index}`, 1));
    const batches = batchTopics(topics);
    expect(batches).toHaveLength(8);
    expect(batches.flat().map(({ name }) => name)).toEqual(topics.map(({ name }) => name));
    for (const batch of batches)
      expect(batch.reduce((sum, each) => sum + controllerRecords(each), 0)).toBeLessThanOrEqual(RECORDS_A_REQUEST);
  });

  test('give a topic that is larger than a request one of its own', () => {
    const sizes = batchTopics([topic('a', 10), topic('huge', 9_000), topic('b', 10)]).map((batch) => batch.length);
    expect(sizes).toEqual([1, 1, 1]);
  });

  test('are none for no topics', () => {
    expect(batchTopics([])).toEqual([]);
  });
});
