import { eventually, makeTopics, plainTopic, TEST_MS, type Opened } from './contract';

export function clusterContract(opened: Opened): void {
  test(
    'describes the cluster alike through every broker',
    async () => {
      const { client, brokers } = opened();
      const described = await client.describeCluster();
      expect(described.clusterId).toHaveLength(22);
      expect(described.brokers.map(({ id }) => id)).toEqual(brokers);
      for (const broker of brokers) expect(await client.describeCluster({ broker })).toEqual(described);
    },
    TEST_MS,
  );

  test(
    'knows who leads the quorum, and which features are in force',
    async () => {
      const { client } = opened();
      const quorum = await client.describeQuorum();
      expect(quorum.voters.map(({ id }) => id)).toContain(quorum.leaderId);
      expect(quorum.voters.every(({ directoryId, lag }) => directoryId.length === 22 && lag >= 0)).toBe(true);
      const features = await client.describeFeatures();
      expect(features.find(({ name }) => name === 'metadata.version')!.level).toBeGreaterThan(0);
    },
    TEST_MS,
  );

  test(
    'tells what lies in the log directories of each broker, and which broker does not answer',
    async () => {
      const { client, brokers } = opened();
      const name = 'contract-log-dirs';
      await makeTopics(opened(), [{ name, placement: { assignments: [brokers] }, config: {} }]);
      const stranger = Math.max(...brokers) + 1000;
      // Right after a log was made, a broker does not know yet how far it is behind, and says -1.
      const described = await eventually(
        () => client.describeLogDirs([...brokers, stranger]),
        (results) =>
          results.filter(({ logDirs }) =>
            logDirs.some(({ replicas }) => replicas.some(({ topic, offsetLag }) => topic === name && offsetLag >= 0)),
          ).length === brokers.length,
      );
      expect(described.map(({ item }) => item)).toEqual([...brokers, stranger]);
      expect(described.at(-1)).toMatchObject({ logDirs: [], error: { retriable: true } });
      for (const { item, error, logDirs } of described.slice(0, -1)) {
        expect(error).toBeUndefined();
        for (const { broker, path, offline, totalBytes, usableBytes } of logDirs) {
          expect({ broker, offline }).toEqual({ broker: item, offline: false });
          expect(path).toMatch(/^\//);
          expect(totalBytes).toBeGreaterThan(usableBytes!);
        }
        const replica = logDirs.flatMap(({ replicas }) => replicas).find(({ topic }) => topic === name);
        expect(replica).toEqual({ topic: name, partition: 0, bytes: 0, offsetLag: 0, future: false });
      }
    },
    TEST_MS,
  );

  test(
    'fails with status 3 when a broker is asked that is not in the cluster',
    async () => {
      const { client, brokers } = opened();
      const broker = Math.max(...brokers) + 1000;
      await expect(client.listTopics({ broker })).rejects.toMatchObject({ code: 'KAFKA-UNREACHABLE', status: 3 });
    },
    TEST_MS,
  );

  test(
    'leaves a topic that nobody asked for alone',
    async () => {
      const { client } = opened();
      await makeTopics(opened(), [plainTopic('contract-bystander', 2)]);
      const [before] = await client.describeTopics(['contract-bystander']);
      await client.describeConfigs([{ type: 'topic', name: 'contract-bystander' }]);
      expect(await client.describeTopics(['contract-bystander'])).toEqual([before]);
    },
    TEST_MS,
  );
}
