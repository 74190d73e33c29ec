import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, makeTopics, plainTopic, TEST_MS, type Opened } from './contract';

export function leaseContract(opened: Opened): void {
  test(
    'is held by one at a time, named to others, and free again once released',
    async () => {
      const { client, open } = opened();
      const other = await open();
      try {
        const lease = await client.takeLease({ group: 'contract-lease', holder: 'ada@host 1' });
        await expect(other.takeLease({ group: 'contract-lease', holder: 'bob@host 2' })).rejects.toMatchObject({
          code: 'LEASE-HELD',
          status: 1,
          message: expect.stringContaining('ada@host 1'),
        });
        // A holder whose own try got no answer finds itself.
        const again = other.takeLease({ group: 'contract-lease', holder: 'ada@host 1' });
        await expect(again).rejects.toMatchObject({ code: 'LEASE-HELD', own: true });
        expect(lease.lost.aborted).toBe(false);
        const [group] = await other.describeGroups(['contract-lease']);
        expect(group!.members.map(({ clientId }) => clientId)).toEqual(['ada@host 1']);
        await lease.release();
        expect(lease.lost.aborted).toBe(false);
        const next = await other.takeLease({ group: 'contract-lease', holder: 'bob@host 2' });
        await next.release();
      } finally {
        await other.close();
      }
    },
    TEST_MS,
  );

  test(
    'is given to exactly one of two that ask at the same time',
    async () => {
      const { client, open } = opened();
      const other = await open();
      try {
        const outcomes = await Promise.allSettled([
          client.takeLease({ group: 'contract-race', holder: 'ada' }),
          other.takeLease({ group: 'contract-race', holder: 'bob' }),
        ]);
        const held = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
        const refused = outcomes.flatMap((outcome) =>
          outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
        );
        expect(held).toHaveLength(1);
        expect(refused).toMatchObject([{ code: 'LEASE-HELD' }]);
        await sleep(4_000);
        expect(held[0]!.lost.aborted).toBe(false);
        await held[0]!.release();
      } finally {
        await other.close();
      }
    },
    TEST_MS,
  );

  test(
    'keeps others from changing the offsets of the group, and from deleting it, while it is held',
    async () => {
      const { client } = opened();
      const group = 'contract-busy';
      await makeTopics(opened(), [plainTopic(group)]);
      const lease = await client.takeLease({ group, holder: 'ada' });
      expect((await client.listGroups()).find((listed) => listed.group === group)).toMatchObject({
        protocolType: 'kdk',
      });
      const [committed] = await client.commitOffsets(group, [{ topic: group, partition: 0, offset: 0 }]);
      expect(committed!.error).toMatchObject({ name: 'UNKNOWN_MEMBER_ID' });
      expect((await client.deleteGroups([group])).map(({ error }) => error?.name)).toEqual(['NON_EMPTY_GROUP']);
      await lease.release();
      await eventually(
        () => client.describeGroups([group]),
        (groups) => groups.every(({ members }) => members.length === 0),
      );
    },
    TEST_MS,
  );
}
