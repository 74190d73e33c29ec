import { ClientPod } from '../support/kubernetes/client-pod';
import { within } from '../support/kubernetes/kubectl';
import { LabCluster, PASSWORD } from '../support/kubernetes/lab-cluster';
import { LAB, LOAD_TOPIC, LOAD_USER } from '../support/kubernetes/lab-environment';
import { measured, say } from '../support/kubernetes/progress';
import { kubernetesSettings } from '../support/kubernetes/settings';

const READER = 'dr-reader';
const GROUP = `${LOAD_USER}-1`;
const [RECORDS, READ] = [1000, 600];
const CONSUMER = 'org.apache.kafka.tools.consumer.ConsoleConsumer';

/** Reading, and nothing else: what the guide names. */
const READER_RIGHTS = `  ${READER}: { listener: internal, acls: [
    { topics: [${LOAD_TOPIC}], operations: [read, describe, describe-configs] }, { groups: ['${LOAD_USER}-*'], operations: [describe] }] }
`;

describe('a mirror from the cluster of one namespace to that of another', () => {
  let source: LabCluster;
  let target: LabCluster;
  let there: ClientPod;
  let here: ClientPod;

  beforeAll(async () => {
    const { toolsImage } = kubernetesSettings();
    source = await LabCluster.create({
      theme: 'origin',
      toolsImage,
      controllers: 1,
      brokers: 1,
      principals: READER_RIGHTS,
      passwords: { [`${LAB}-user-${READER}`]: PASSWORD },
    });
    await source.form();
    await source.reconciled();
    there = await ClientPod.start(source.namespace);
    const { data } = await source.namespace.json(['get', 'secret', `${LAB}-tls`]);
    target = await LabCluster.create({
      theme: 'receiver',
      toolsImage,
      controllers: 1,
      brokers: 1,
      settings: 'mirrorMaker: { replicas: 1, memory: 768MiB }',
      more: `mirrors:
  origin:
    source: { bootstrapServers: '${there.bootstrap}', authentication: scram-sha-512, username: ${READER}, authority: secret }
    topics: [${LOAD_TOPIC}]
    groups: ['${LOAD_USER}-*']
`,
      secrets: {
        [`${LAB}-mirror-user`]: { password: PASSWORD },
        [`${LAB}-mirror-origin`]: {
          password: PASSWORD,
          'ca.crt': Buffer.from(data['ca.crt'] as string, 'base64').toString(),
        },
      },
    });
    await target.form();
    await target.reconciled(600);
    here = await ClientPod.start(target.namespace);
  }, 1_800_000);

  afterAll(async () => {
    await Promise.all([source?.remove(), target?.remove()]);
  }, 400_000);

  /** Where the group is, over all partitions of a topic. */
  async function position(client: ClientPod, topic: string): Promise<number> {
    const described = await client.admin('org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', [
      ...['--describe', '--offsets', '--group', GROUP],
    ]);
    return [...described.matchAll(/^(\S+)\s+(\S+)\s+\d+\s+(\d+)/gm)]
      .filter(([, group, name]) => group === GROUP && name === topic)
      .reduce((sum, [, , , offset]) => sum + Number(offset), 0);
  }

  const write = (word: string, count: number): Promise<string> =>
    there.shell(
      `seq -f '${word} %g' ${count} | ${there.tool('org.apache.kafka.tools.ConsoleProducer', ['--bootstrap-server', there.bootstrap, '--topic', LOAD_TOPIC, '--command-config', '/etc/client/user.properties'])}`,
    );

  /** What a reader with the rights of the administrator finds, as a client that only reads what was committed. */
  async function read(client: ClientPod, topic: string, more: readonly string[]): Promise<string[]> {
    const args = ['--topic', topic, '--isolation-level', 'read_committed', '--timeout-ms', '15000', ...more];
    return (await client.admin(CONSUMER, args)).split('\n').filter((line) => /^(early|late) \d+$/.test(line));
  }

  test('copies every record, none twice', async () => {
    const began = Date.now();
    say(`writing ${RECORDS} records at the source`);
    await write('early', RECORDS);
    const copied = await within(300, async () => {
      const lines = await read(here, `origin.${LOAD_TOPIC}`, ['--from-beginning']);
      if (lines.length < RECORDS) throw new Error(`${lines.length} records are here`);
      return lines;
    });
    measured('mirror', { secondsToCopied: Math.round((Date.now() - began) / 1000) });
    expect(copied).toHaveLength(RECORDS);
    expect(new Set(copied).size).toBe(RECORDS);
  }, 480_000);

  test('tells a group where it is here, so that it goes on without a record left out', async () => {
    say(`reading ${READ} records at the source as the group ${GROUP}`);
    await there.shell(
      `${there.tool(CONSUMER, ['--bootstrap-server', there.bootstrap, '--topic', LOAD_TOPIC, '--from-beginning', '--group', GROUP, '--max-messages', String(READ), '--command-config', '/etc/client/user.properties'])} > /tmp/read.txt`,
    );
    expect(await position(there, LOAD_TOPIC)).toBe(READ);
    const began = Date.now();
    const translated = await within(240, async () => {
      const offset = await position(here, `origin.${LOAD_TOPIC}`);
      if (offset === 0) throw new Error('the group has no offset here');
      return offset;
    });
    await write('late', 100);
    await within(120, async () => {
      const lines = await read(here, `origin.${LOAD_TOPIC}`, ['--from-beginning']);
      expect(lines.filter((line) => line.startsWith('late'))).toHaveLength(100);
    });
    const rest = await read(here, `origin.${LOAD_TOPIC}`, ['--group', GROUP]);
    const done = new Set((await there.shell('cat /tmp/read.txt')).split('\n'));
    const again = rest.filter((line) => done.has(line)).length;
    measured('group on the other side', {
      secondsToOffset: Math.round((Date.now() - began) / 1000),
      atTheSource: READ,
      translated,
      readAgain: again,
    });
    // Everything that it had not read, and not everything from the beginning.
    expect(new Set(rest.filter((line) => !done.has(line))).size).toBe(RECORDS - READ + 100);
    expect(rest.length).toBeLessThan(RECORDS + 100);
  }, 900_000);

  test('makes no topic at the source, where it may only read', async () => {
    const topics = await there.admin('org.apache.kafka.tools.TopicCommand', ['--list']);
    // No offset syncs, no heartbeats.
    expect(topics.trim().split('\n').sort()).toEqual(['__consumer_offsets', LOAD_TOPIC].sort());
  }, 120_000);
});
