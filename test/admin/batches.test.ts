import type { NewTopic } from '../../lib/admin';
import { batch, ITEMS_A_REQUEST, RECORDS_A_REQUEST } from '../../lib/admin/batches';
import { controllerRecords } from '../../lib/admin/topics/controller-records';

const topic = (name: string, partitions: number, options = 2): NewTopic => ({
  name,
  placement: { partitions, replicationFactor: 3 },
  config: Object.fromEntries(Array.from({ length: options }, (_, index) => [`option.${index}`, '1'])),
});

const inBatches = (topics: readonly NewTopic[]): NewTopic[][] => batch(topics, { recordsOf: controllerRecords });

describe('batches of topics', () => {
  test('count the records that the controller writes: the topic, its partitions and its options', () => {
    expect(controllerRecords(topic('a', 12, 3))).toBe(16);
    expect(controllerRecords({ name: 'b', placement: { assignments: [[1], [2]] }, config: {} })).toBe(3);
  });

  test('hold 10,000 small topics in a few requests, in order, each below the limit of a controller', () => {
    const topics = Array.from({ length: 10_000 }, (_, index) => topic(`t-${index}`, 1));
    const batches = inBatches(topics);
    expect(batches).toHaveLength(10);
    expect(batches.flat().map(({ name }) => name)).toEqual(topics.map(({ name }) => name));
    for (const some of batches) {
      expect(some.length).toBeLessThanOrEqual(ITEMS_A_REQUEST);
      expect(some.reduce((sum, each) => sum + controllerRecords(each), 0)).toBeLessThanOrEqual(RECORDS_A_REQUEST);
    }
  });

  test('give a topic that is larger than a request one of its own', () => {
    const sizes = inBatches([topic('a', 10), topic('huge', 9_000), topic('b', 10)]).map(({ length }) => length);
    expect(sizes).toEqual([1, 1, 1]);
  });

  test('are none for no topics', () => {
    expect(inBatches([])).toEqual([]);
  });
});
