import type { ContractTraits } from '../port-contract';
import { codes, describeTopic, eventually, makeTopics, plainTopic, TEST_MS, type Opened } from './contract';

const kept = { replicationFactor: 'kept' } as const;
const mayChange = { replicationFactor: 'may-change' } as const;

export function placementContract(opened: Opened, traits: ContractTraits): void {
  if (traits.brokers === 'several') moveContract(opened, traits);
  refusalContract(opened);
}

function moveContract(opened: Opened, { replicationFactor }: ContractTraits): void {
  /** The replicas of partition 0 once nothing moves any more. */
  async function settled(topic: string, replicas: readonly number[]): Promise<void> {
    const { client } = opened();
    await eventually(
      () => client.listReassignments(),
      (moves) => !moves.some((move) => move.topic === topic),
    );
    const described = await eventually(
      () => describeTopic(client, topic),
      (found) =>
        JSON.stringify(found!.partitions[0]!.replicas) === JSON.stringify(replicas) &&
        found!.partitions[0]!.isr.length === replicas.length,
    );
    expect(described!.partitions[0]!.replicas).toEqual(replicas);
    expect([...described!.partitions[0]!.isr].sort()).toEqual([...replicas].sort());
  }

  test(
    'gives a partition more replicas and takes them away again',
    async () => {
      const { client, brokers } = opened();
      const [first, second] = brokers as [number, number];
      const item = { topic: 'contract-factor', partition: 0 };
      await makeTopics(opened(), [{ name: item.topic, placement: { assignments: [[first]] }, config: {} }]);
      const grow = { ...item, replicas: [first, second] };
      expect(await client.alterReassignments([grow], mayChange)).toEqual([{ item }]);
      await settled(item.topic, [first, second]);
      expect(await client.alterReassignments([{ ...item, replicas: [second] }], mayChange)).toEqual([{ item }]);
      await settled(item.topic, [second]);
    },
    TEST_MS,
  );

  test(
    'moves a replica, and fails where a move would change how many there are',
    async () => {
      const { client, brokers } = opened();
      const [first, second] = brokers as [number, number];
      const item = { topic: 'contract-move', partition: 0 };
      await makeTopics(opened(), [{ name: item.topic, placement: { assignments: [[first]] }, config: {} }]);
      if (replicationFactor === 'guarded') {
        const results = await client.alterReassignments([{ ...item, replicas: [first, second] }], kept);
        expect(results).toMatchObject([{ item, error: { name: 'INVALID_REPLICATION_FACTOR', code: 38 } }]);
      }
      expect(await client.alterReassignments([{ ...item, replicas: [second] }], kept)).toEqual([{ item }]);
      await settled(item.topic, [second]);
    },
    TEST_MS,
  );

  test(
    'gives leadership back to the preferred replica, and is done where it has it',
    async () => {
      const { client, brokers } = opened();
      const [first, second] = brokers as [number, number];
      const item = { topic: 'contract-leaders', partition: 0 };
      await makeTopics(opened(), [{ name: item.topic, placement: { assignments: [[first, second]] }, config: {} }]);
      await client.alterReassignments([{ ...item, replicas: [second, first] }], kept);
      await settled(item.topic, [second, first]);
      expect(await client.electPreferredLeaders([item])).toEqual([{ item }]);
      const described = await eventually(
        () => describeTopic(client, item.topic),
        (topic) => topic!.partitions[0]!.leader === second,
      );
      expect(described!.partitions[0]!.leader).toBe(second);
    },
    TEST_MS,
  );
}

function refusalContract(opened: Opened): void {
  test(
    'fails to move for each partition by itself',
    async () => {
      const { client, brokers } = opened();
      await makeTopics(opened(), [plainTopic('contract-unmoved')]);
      const results = await client.alterReassignments(
        [
          { topic: 'contract-unmoved', partition: 7, replicas: [brokers[0]!] },
          { topic: 'contract-not-there', partition: 0, replicas: [brokers[0]!] },
          { topic: 'contract-unmoved', partition: 0, replicas: [brokers.at(-1)! + 1000] },
        ],
        mayChange,
      );
      expect(results.map(({ item }) => `${item.topic}-${item.partition}`)).toEqual([
        'contract-unmoved-7',
        'contract-not-there-0',
        'contract-unmoved-0',
      ]);
      expect(codes(results)).toEqual([3, 3, 39]);
    },
    TEST_MS,
  );

  test(
    'fails to give up a move that is not under way',
    async () => {
      const { client } = opened();
      await makeTopics(opened(), [plainTopic('contract-still')]);
      const results = await client.cancelReassignments([{ topic: 'contract-still', partition: 0 }]);
      expect(results).toMatchObject([{ error: { code: 85, name: 'NO_REASSIGNMENT_IN_PROGRESS' } }]);
      expect(await client.listReassignments()).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'is done where a partition is led by its preferred replica, and fails for one that is not there',
    async () => {
      const { client } = opened();
      await makeTopics(opened(), [plainTopic('contract-led')]);
      const partitions = [0, 5].map((partition) => ({ topic: 'contract-led', partition }));
      const results = await client.electPreferredLeaders(partitions);
      expect(results.map(({ item, error }) => [item, error?.name])).toEqual([
        [partitions[0], undefined],
        [partitions[1], 'UNKNOWN_TOPIC_OR_PARTITION'],
      ]);
    },
    TEST_MS,
  );
}
