import { formatDifference, topicDifferences, type ConfigEntry, type TopicDescription } from '../../lib/admin';
import { MINIMAL, modelOfText } from '../support/environments';

const [declared] = modelOfText(
  `${MINIMAL}topics: { orders: { partitions: 2, retention: { time: 1d }, config: { max.message.bytes: 2000000 } } }`,
).topics;

const described = (replicas: number[][]): TopicDescription => ({
  name: 'orders',
  topicId: 'id',
  internal: false,
  partitions: replicas.map((ids, partition) => ({ partition, leader: ids[0]!, replicas: ids, isr: ids, offline: [] })),
});

const asDeclared: ConfigEntry[] = Object.entries(declared!.config).map(([option, value]) => ({
  option,
  value,
  source: 'topic',
}));

const differences = (replicas: number[][], config: ConfigEntry[]): string[] =>
  topicDifferences(declared!, described(replicas), config).map((each) => `${each.kind} ${formatDifference(each)}`);

const RIGHT = [
  [0, 1, 2],
  [1, 2, 0],
];

describe('differences of a topic', () => {
  test('are none where everything is as declared', () => {
    expect(differences(RIGHT, [...asDeclared, { option: 'segment.ms', value: '1', source: 'default' }])).toEqual([]);
  });

  test('name partitions and replication factor, also while replicas are being moved', () => {
    expect(differences([[0, 1, 2]], asDeclared)).toEqual(['different orders: partitions is 1, declared 2']);
    expect(
      differences(
        [
          [0, 1],
          [1, 2, 0],
        ],
        asDeclared,
      ),
    ).toEqual(['different orders: replication factor is 2 to 3, declared 3']);
  });

  test('tell another value, one that only the default gives, and one that nobody declared', () => {
    const config = asDeclared.map((entry): ConfigEntry => {
      if (entry.option === 'retention.ms') return { ...entry, value: '1000' };
      if (entry.option === 'cleanup.policy') return { ...entry, source: 'default' };
      return entry;
    });
    expect(differences(RIGHT, [...config, { option: 'segment.bytes', value: '99', source: 'topic' }])).toEqual([
      "unpinned orders: cleanup.policy is delete, as declared, but only by the broker's default",
      'different orders: retention.ms is 1000, declared 86400000',
      'undeclared orders: segment.bytes is set to 99, but not declared',
    ]);
  });

  test('name an option that the cluster does not tell', () => {
    expect(
      differences(
        RIGHT,
        asDeclared.filter(({ option }) => option !== 'max.message.bytes'),
      ),
    ).toEqual(['different orders: max.message.bytes is unset, declared 2000000']);
  });
});
