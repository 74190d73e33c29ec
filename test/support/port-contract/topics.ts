import { codes, describeTopic, eventually, makeTopics, plainTopic, TEST_MS, type Opened } from './contract';

const really = { validateOnly: false };
const dry = { validateOnly: true };

export function topicContract(opened: Opened): void {
  test(
    'creates topics by counts and by assignment, with options, and lists them',
    async () => {
      const { client, brokers } = opened();
      const reversed = [...brokers].reverse();
      const made = await makeTopics(opened(), [
        { ...plainTopic('contract-counts', 3, brokers.length), config: { 'retention.ms': '86400000' } },
        { name: 'contract-placed', placement: { assignments: [brokers, reversed] }, config: {} },
      ]);
      const counts = made.get('contract-counts')!;
      expect(
        counts.partitions.map(({ partition, replicas, offline }) => [partition, replicas.length, offline]),
      ).toEqual([0, 1, 2].map((partition) => [partition, brokers.length, []]));
      const placed = made.get('contract-placed')!;
      expect(placed.partitions.map(({ replicas }) => replicas)).toEqual([brokers, reversed]);
      expect(placed.topicId).not.toBe(counts.topicId);
      expect(placed.internal).toBe(false);
      for (const broker of brokers) {
        const listed = await client.listTopics({ broker });
        expect(listed).toContainEqual({ name: 'contract-placed', internal: false });
      }
      const all = await client.describeTopics('all');
      expect(all.find(({ name }) => name === 'contract-placed')).toEqual(
        await describeTopic(client, 'contract-placed'),
      );
    },
    TEST_MS,
  );

  test(
    'leaves topics that are not there out of the answer, and makes none by asking',
    async () => {
      const { client } = opened();
      expect(await client.describeTopics(['contract-nothing', 'contract-nothing-2'])).toEqual([]);
      expect(await client.describeTopics([])).toEqual([]);
      expect(await describeTopic(client, 'contract-nothing')).toBeUndefined();
    },
    TEST_MS,
  );

  test(
    'fails to create for each topic by itself, in the order asked for',
    async () => {
      const { client, brokers } = opened();
      await makeTopics(opened(), [plainTopic('contract.there')]);
      const wanted = [
        plainTopic('contract-good-1'),
        plainTopic('contract.there'),
        plainTopic('contract-wide', 1, brokers.length + 1),
        plainTopic('contract-none', 0),
        { ...plainTopic('contract-odd'), config: { 'no.such.option': '1' } },
        { ...plainTopic('contract-bad'), config: { 'retention.ms': 'long' } },
        plainTopic('contract_there'),
        plainTopic('contract/slash'),
        { name: 'contract-lost', placement: { assignments: [[brokers.at(-1)! + 1000]] }, config: {} },
        plainTopic('contract-good-2'),
      ];
      const expected = [0, 36, 38, 37, 40, 40, 17, 17, 39, 0];
      const tried = await client.createTopics(wanted, dry);
      expect(codes(tried)).toEqual(expected);
      expect(tried.map(({ topic }) => topic)).toEqual(wanted.map(({ name }) => name));
      expect(await describeTopic(client, 'contract-good-1')).toBeUndefined();

      const done = await client.createTopics(wanted, really);
      expect(codes(done)).toEqual(expected);
      expect(done[1]!.error).toMatchObject({ name: 'TOPIC_ALREADY_EXISTS', retriable: false });
      const good = await eventually(
        () => client.describeTopics(['contract-good-1', 'contract-good-2', 'contract-odd']),
        (found) => found.length === 2,
      );
      expect(good.map(({ name }) => name).sort()).toEqual(['contract-good-1', 'contract-good-2']);
    },
    TEST_MS,
  );

  test(
    'adds partitions, where Kafka places them and where it is told to',
    async () => {
      const { client, brokers } = opened();
      await makeTopics(opened(), [plainTopic('contract-grow', 1), plainTopic('contract-grow-placed', 1)]);
      const growths = [
        { topic: 'contract-grow', total: 3 },
        { topic: 'contract-grow-placed', total: 2, assignments: [[brokers.at(-1)!]] },
      ];
      expect(codes(await client.addPartitions(growths, dry))).toEqual([0, 0]);
      expect((await describeTopic(client, 'contract-grow'))!.partitions).toHaveLength(1);
      expect(await client.addPartitions(growths, really)).toEqual(growths.map(({ topic }) => ({ topic })));
      const grown = await eventually(
        () => client.describeTopics(['contract-grow', 'contract-grow-placed']),
        (found) => found.reduce((sum, { partitions }) => sum + partitions.length, 0) === 5,
      );
      const placed = grown.find(({ name }) => name === 'contract-grow-placed')!;
      expect(placed.partitions[1]).toMatchObject({ partition: 1, replicas: [brokers.at(-1)] });
    },
    TEST_MS,
  );

  test(
    'fails to add partitions for each topic by itself',
    async () => {
      const { client, brokers } = opened();
      await makeTopics(opened(), [plainTopic('contract-shrink', 3), plainTopic('contract-grows', 1)]);
      const growths = [
        { topic: 'contract-shrink', total: 2 },
        { topic: 'contract-not-there', total: 2 },
        { topic: 'contract-grows', total: 2, assignments: [[brokers.at(-1)! + 1000]] },
      ];
      for (const options of [dry, really]) {
        const results = await client.addPartitions(growths, options);
        expect(codes(results)).toEqual([37, 3, 39]);
        expect(results.map(({ topic }) => topic)).toEqual(growths.map(({ topic }) => topic));
      }
      expect(codes(await client.addPartitions([{ topic: 'contract-shrink', total: 3 }], really))).toEqual([37]);
    },
    TEST_MS,
  );

  test(
    'deletes topics by their id, never one that was made again under the same name',
    async () => {
      const { client } = opened();
      const name = 'contract-again';
      const first = (await makeTopics(opened(), [plainTopic(name)])).get(name)!;
      const bystander = (await makeTopics(opened(), [plainTopic('contract-stays')])).get('contract-stays')!;
      expect(await client.deleteTopics([{ name, topicId: first.topicId }])).toEqual([{ topic: name }]);
      for (const broker of opened().brokers)
        await eventually(
          () => client.describeTopics([name], { broker }),
          (found) => found.length === 0,
        );

      const second = (await makeTopics(opened(), [plainTopic(name)])).get(name)!;
      expect(second.topicId).not.toBe(first.topicId);
      const results = await client.deleteTopics([
        { name, topicId: first.topicId },
        { name: 'contract-stays', topicId: bystander.topicId },
      ]);
      expect(results.map(({ topic }) => topic)).toEqual([name, 'contract-stays']);
      expect(results.map(({ error }) => error?.name)).toEqual(['UNKNOWN_TOPIC_ID', undefined]);
      expect((await describeTopic(client, name))!.topicId).toBe(second.topicId);
    },
    TEST_MS,
  );
}
