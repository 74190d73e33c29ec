import { join } from 'node:path';
import * as access from '../../lib/admin/adapters/platformatic/messages/access';
import * as cluster from '../../lib/admin/adapters/platformatic/messages/cluster';
import * as configs from '../../lib/admin/adapters/platformatic/messages/configs';
import * as groups from '../../lib/admin/adapters/platformatic/messages/groups';
import * as membership from '../../lib/admin/adapters/platformatic/messages/membership';
import * as nodes from '../../lib/admin/adapters/platformatic/messages/nodes';
import * as offsets from '../../lib/admin/adapters/platformatic/messages/offsets';
import * as placement from '../../lib/admin/adapters/platformatic/messages/placement';
import * as streamsGroups from '../../lib/admin/adapters/platformatic/messages/streams-groups';
import * as topics from '../../lib/admin/adapters/platformatic/messages/topics';
import type { Message } from '../../lib/admin/adapters/platformatic/wire/message';
import { KAFKA_RELEASES, kafkaRelease } from '../../lib/core/versions';
import { kafkaHome } from '../../lib/local/kafka-home';
import { runJava } from '../support/bare-nodes';

/** As Kafka prints them. */
interface Described {
  readonly name: string;
  readonly oldest: number;
  readonly newest: number;
  readonly request: string;
  readonly answer: string;
}

const modules = [access, cluster, configs, groups, membership, nodes, offsets, placement, streamsGroups, topics];
const messages = modules
  .flatMap((module) => Object.values(module) as object[])
  .filter((value): value is Message<unknown, unknown> => 'version' in value);

async function describedBy(version: string): Promise<Described[]> {
  const home = await kafkaHome({ version: kafkaRelease(version)!.patch, metrics: false, progress: () => undefined });
  const wanted = messages.map(({ key, version: of }) => `${key}:${of}`);
  const printed = await runJava(home, [join(__dirname, 'java', 'DescribeMessages.java'), ...wanted]);
  // Which fields are tagged is printed by their place in memory.
  return JSON.parse(printed.replace(/(?<=TAGGED_FIELDS_TYPE_NAME)\([^)]*\)/g, '()')) as Described[];
}

describe('the messages of the adapter', () => {
  test('are laid out as Kafka itself lays them out', async () => {
    const described = await describedBy(KAFKA_RELEASES.at(-1)!.version);
    const ours = messages.map(({ name, request, answer }) => ({ name, request: request.type, answer: answer.type }));
    expect(ours).toEqual(described.map(({ name, request, answer }) => ({ name, request, answer })));
  }, 300_000);

  test.each(['3.9', '4.1', '4.3'])(
    'are known to brokers of Kafka %s, but for those that brokers are asked about first',
    async (version) => {
      const described = await describedBy(version);
      const unknown = messages.filter(
        (message, index) => message.version < described[index]!.oldest || message.version > described[index]!.newest,
      );
      const asked: Message<unknown, unknown>[] = [
        placement.alterReassignmentsGuarded,
        groups.describeShareGroups,
        streamsGroups.describeStreamsGroups,
      ];
      expect(unknown.filter((message) => !asked.includes(message)).map(({ name }) => name)).toEqual([]);
    },
    300_000,
  );
});
