import type { AdminPort, DataPort } from '../../../lib/admin';
import { codes, eventually, makeTopics, plainTopic, TEST_MS, type Opened } from './contract';

const YESTERDAY = 1_700_000_000_000;

export function groupContract(opened: Opened): void {
  test(
    'commits offsets of a group, lists and describes it, and reads them back',
    async () => {
      const { client } = opened();
      await makeTopics(opened(), [plainTopic('contract-read', 2)]);
      const offsets = [0, 1].map((partition) => ({ topic: 'contract-read', partition, offset: 0 }));
      expect(await client.commitOffsets('contract-readers', offsets)).toEqual(
        offsets.map(({ topic, partition }) => ({ item: { topic, partition } })),
      );
      const listed = await eventually(
        () => client.listGroups(),
        (groups) => groups.some(({ group }) => group === 'contract-readers'),
      );
      expect(listed.find(({ group }) => group === 'contract-readers')).toMatchObject({
        type: 'classic',
        state: 'empty',
      });
      expect(await client.describeGroups(['contract-readers', 'contract-no-readers'])).toMatchObject([
        { group: 'contract-readers', state: 'empty', members: [] },
      ]);
      const committed = await client.committedOffsets(['contract-readers', 'contract-no-readers']);
      expect(committed.get('contract-no-readers')).toEqual([]);
      expect([...committed.get('contract-readers')!].sort((a, b) => a.partition - b.partition)).toEqual(offsets);
    },
    TEST_MS,
  );

  test(
    'deletes the offsets of a partition, and groups',
    async () => {
      const { client } = opened();
      await makeTopics(opened(), [plainTopic('contract-forget', 2)]);
      const offsets = [0, 1].map((partition) => ({ topic: 'contract-forget', partition, offset: 0 }));
      await client.commitOffsets('contract-forgetting', offsets);
      await client.commitOffsets('contract-gone', offsets);
      const item = { topic: 'contract-forget', partition: 1 };
      expect(await client.deleteOffsets('contract-forgetting', [item])).toEqual([{ item }]);
      const left = await client.committedOffsets(['contract-forgetting']);
      expect(left.get('contract-forgetting')).toEqual([offsets[0]]);
      const results = await client.deleteGroups(['contract-gone', 'contract-never-there']);
      expect(results.map(({ item: group, error }) => [group, error?.name])).toEqual([
        ['contract-gone', undefined],
        ['contract-never-there', 'GROUP_ID_NOT_FOUND'],
      ]);
      expect(await client.describeGroups(['contract-gone'])).toEqual([]);
    },
    TEST_MS,
  );

  test(
    'fails to commit for each partition by itself',
    async () => {
      const { client } = opened();
      await makeTopics(opened(), [plainTopic('contract-half')]);
      const results = await client.commitOffsets('contract-half-readers', [
        { topic: 'contract-half', partition: 0, offset: 0 },
        { topic: 'contract-half', partition: 4, offset: 0 },
        { topic: 'contract-never', partition: 0, offset: 0 },
      ]);
      expect(codes(results)).toEqual([0, 3, 3]);
      const committed = await client.committedOffsets(['contract-half-readers']);
      expect(committed.get('contract-half-readers')).toHaveLength(1);
    },
    TEST_MS,
  );

  test(
    'finds offsets by place and by time, for many partitions at once',
    async () => {
      const { client } = opened();
      await makeTopics(opened(), [plainTopic('contract-offsets', 2)]);
      const partition = (index: number) => ({ topic: 'contract-offsets', partition: index });
      if (hasData(client)) {
        const records = [3, 9, 5].map((hours) => ({
          key: 'k',
          value: 'v',
          timestampMs: YESTERDAY + hours * 3_600_000,
        }));
        // The leader may not have taken up what everybody knows already.
        const written = await eventually(
          () => client.produce({ ...partition(0), records, acks: 'all' }),
          (result) => !('error' in result) || !result.error.retriable,
        );
        expect(written).toEqual({ baseOffset: 0 });
      }
      const at = ['earliest', 'latest', 'max-timestamp', YESTERDAY, YESTERDAY + 4 * 3_600_000, YESTERDAY * 2] as const;
      const answers = [];
      for (const each of at)
        answers.push(...(await client.listOffsets([0, 1].map((index) => ({ ...partition(index), at: each })))));
      expect(answers.map(({ topic, partition: index }) => `${topic}-${index}`)).toEqual(
        at.flatMap(() => ['contract-offsets-0', 'contract-offsets-1']),
      );
      expect(codes(answers.map((answer) => ({ ...answer, item: answer })))).toEqual(answers.map(() => 0));
      const offsets = answers.map(({ offset }) => offset);
      expect(offsets.filter((_, index) => index % 2 === 1)).toEqual([0, 0, -1, -1, -1, -1]);
      if (!hasData(client)) return;
      expect(offsets.filter((_, index) => index % 2 === 0)).toEqual([0, 3, 1, 0, 1, -1]);
      expect(answers[4]!.timestampMs).toBe(YESTERDAY + 9 * 3_600_000);
      expect(answers[6]!.timestampMs).toBe(YESTERDAY + 3 * 3_600_000);
    },
    TEST_MS,
  );

  test(
    'fails to find offsets for a partition that is not there, beside one that is',
    async () => {
      const { client } = opened();
      await makeTopics(opened(), [plainTopic('contract-found')]);
      const answers = await client.listOffsets([
        { topic: 'contract-lost', partition: 0, at: 'latest' },
        { topic: 'contract-found', partition: 0, at: 'latest' },
        { topic: 'contract-found', partition: 3, at: 'latest' },
      ]);
      expect(answers.map(({ error }) => error?.name)).toEqual([
        'UNKNOWN_TOPIC_OR_PARTITION',
        undefined,
        'UNKNOWN_TOPIC_OR_PARTITION',
      ]);
      expect(answers[1]).toMatchObject({ topic: 'contract-found', partition: 0, offset: 0 });
    },
    TEST_MS,
  );
}

function hasData(client: AdminPort & Partial<DataPort>): client is AdminPort & DataPort {
  return client.produce !== undefined;
}
