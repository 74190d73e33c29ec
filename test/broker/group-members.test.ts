import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { GroupDescription, TopicPartition } from '../../lib/admin';
import { poll } from '../../lib/admin/wait';
import { kafkaRelease } from '../../lib/core/versions';
import { kafkaHome, type KafkaHome } from '../../lib/local/kafka-home';
import { classpath } from '../support/bare-nodes';
import { startAskedCluster, type AskedCluster } from '../support/clusters-to-ask';

const PATIENCE = { deadlineMs: 90_000 };
const CONSOLE = 'org.apache.kafka.tools.consumer';

let home: KafkaHome;
let cluster: AskedCluster;
const members: ChildProcess[] = [];

beforeAll(async () => {
  home = await kafkaHome({ version: kafkaRelease('4.3')!.patch, metrics: false, progress: () => undefined });
  cluster = await startAskedCluster('4.3', {
    properties: {
      'share.coordinator.state.topic.replication.factor': '1',
      'share.coordinator.state.topic.min.isr': '1',
      'share.coordinator.state.topic.num.partitions': '1',
    },
  });
  await cluster.client.createTopics(
    [{ name: 'read', placement: { partitions: 2, replicationFactor: 1 }, config: {} }],
    { validateOnly: false },
  );
  const [server] = cluster.nodes.servers();
  const reads = ['--bootstrap-server', server!, '--topic', 'read', '--group'];
  run(`${CONSOLE}.ConsoleConsumer`, ...reads, 'of-classic', '--command-property', 'client.id=clara');
  run(`${CONSOLE}.ConsoleConsumer`, ...reads, 'of-consumer', '--command-property', 'group.protocol=consumer');
  run(`${CONSOLE}.ConsoleShareConsumer`, ...reads, 'of-share');
  run(join(__dirname, 'java', 'JoinStreamsGroup.java'), ...server!.split(':'), 'of-streams', 'read');
}, 600_000);

afterAll(async () => {
  for (const member of members) {
    if (member.exitCode !== null) continue;
    const gone = once(member, 'exit');
    member.kill('SIGKILL');
    await gone;
  }
  await cluster?.stop();
}, 60_000);

function run(...command: string[]): void {
  members.push(spawn(home.java.executable, ['-Xmx96M', '-cp', classpath(home), ...command], { stdio: 'ignore' }));
}

/** The group once a member reads both partitions. */
async function settled(group: string): Promise<GroupDescription> {
  const [described] = await poll(
    () => cluster.client.describeGroups([group]),
    (groups) => groups[0]?.members[0]?.assignment.length === 2,
    PATIENCE,
  );
  return described!;
}

describe('a group with members', () => {
  test.each([
    ['classic', 'consumer', 'clara'],
    ['consumer', 'consumer', 'console-consumer'],
    ['share', 'share', expect.any(String)],
    ['streams', 'streams', 'sam'],
  ])(
    'of type %s is described with what they read',
    async (type, protocolType, clientId) => {
      const group = `of-${type}`;
      const { members: described, ...rest } = await settled(group);
      expect(rest).toEqual({ group, type, protocolType, state: 'stable' });
      expect(described).toEqual([
        {
          memberId: expect.stringMatching(/./),
          clientId: clientId as string,
          host: '/127.0.0.1',
          assignment: expect.arrayContaining([0, 1].map((partition): TopicPartition => ({ topic: 'read', partition }))),
        },
      ]);
      const listed = await cluster.client.listGroups();
      expect(listed.find((each) => each.group === group)).toMatchObject({ type, protocolType, state: 'stable' });
    },
    120_000,
  );

  test.each(['classic', 'consumer'])(
    'fails to have its offsets changed, or to be deleted: of type %s',
    async (type) => {
      const group = `of-${type}`;
      await settled(group);
      const item = { topic: 'read', partition: 0 };
      const { client } = cluster;
      const [committed] = await client.commitOffsets(group, [{ ...item, offset: 0 }]);
      expect(committed!.error).toMatchObject({ name: 'UNKNOWN_MEMBER_ID' });
      const deletedOffsets = await client.deleteOffsets(group, [item]);
      expect(deletedOffsets).toMatchObject([{ item, error: { name: 'GROUP_SUBSCRIBED_TO_TOPIC' } }]);
      expect(await client.deleteGroups([group])).toMatchObject([{ item: group, error: { name: 'NON_EMPTY_GROUP' } }]);
    },
    120_000,
  );
});
