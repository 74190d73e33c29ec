import { ClientPod } from '../support/kubernetes/client-pod';
import { within } from '../support/kubernetes/kubectl';
import { isReady, LabCluster, PASSWORD } from '../support/kubernetes/lab-cluster';
import { LAB, LOAD_TOPIC } from '../support/kubernetes/lab-environment';
import { measured, say } from '../support/kubernetes/progress';
import { kubernetesSettings } from '../support/kubernetes/settings';

const PODS = 'app.kubernetes.io/name=kafka-application';
const CONSUMER = 'org.apache.kafka.tools.consumer.ConsoleConsumer';
const PRODUCER = 'org.apache.kafka.tools.ConsoleProducer';
const RECORDS = 500;

/** What it logs would go where its records go. */
const QUIET = '-Dlog4j2.level=OFF';
/** A program as users write it: it knows the variables and files that it is given, and nothing else of the cluster. */
const java = (className: string, file: string, more: string): string =>
  `java -Xmx96m -XX:TieredStopAtLevel=1 ${QUIET} -cp "/opt/kafka/libs/*" ${className} --bootstrap-server "$KAFKA_BOOTSTRAP_SERVERS" --command-config "$KAFKA_CLIENT_CONFIG/${file}.properties" ${more}`;
/** It ends with its consumer, which gives up while its user does not exist yet; then Kubernetes starts it again. */
const PROGRAM = `${java(CONSUMER, 'consumer', `--topic ${LOAD_TOPIC}`)} > >(${java(PRODUCER, 'producer', '--topic copies')})`;

const APPLICATION = `applications:
  copier:
    image: '@image@'
    principal: copier
    consume: { topics: [${LOAD_TOPIC}], group: copier, config: { auto.offset.reset: earliest } }
    produce: { topics: [copies] }
    replicas: 2
    memory: 448MiB
    cpu: 0.1
    command: [bash, -c]
    args: ['${PROGRAM}']
`;

describe("an application of one's own", () => {
  let cluster: LabCluster;
  let client: ClientPod;
  let pods: string[];

  beforeAll(async () => {
    const { image, toolsImage } = kubernetesSettings();
    cluster = await LabCluster.create({
      theme: 'applications',
      toolsImage,
      controllers: 1,
      brokers: 1,
      topics: '  copies: { partitions: 2 }\n  of-others: { partitions: 1 }\n',
      principals: `  copier: { listener: internal, consume: { topics: [${LOAD_TOPIC}], groups: [copier] }, produce: { topics: [copies] } }\n`,
      more: APPLICATION.replace('@image@', image),
      passwords: { [`${LAB}-user-copier`]: PASSWORD },
    });
    await cluster.form();
    await cluster.reconciled();
    client = await ClientPod.start(cluster.namespace);
  }, 1_200_000);

  afterAll(() => cluster?.remove(), 300_000);

  const topicEnd = async (topic: string): Promise<number> => {
    const offsets = await client.admin('org.apache.kafka.tools.GetOffsetShell', ['--topic', topic]);
    return offsets
      .trim()
      .split('\n')
      .reduce((sum, line) => sum + Number(line.split(':')[2]), 0);
  };

  test('reads and writes with its own credentials, its partitions shared by its pods', async () => {
    const began = Date.now();
    await within(300, async () => {
      const found = await cluster.namespace.list('pods', PODS);
      if (found.filter(isReady).length !== 2) throw new Error('the pods are not Ready');
      pods = found.map(({ metadata }) => metadata.name as string);
    });
    await within(240, async () => {
      const group = await client.admin('org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', [
        ...['--describe', '--members', '--group', 'copier'],
      ]);
      const partitions = [...group.matchAll(/^copier\s.*\s(\d+)\s*$/gm)].map(([, count]) => Number(count));
      expect(partitions).toEqual([3, 3]);
    });
    measured('application', { secondsToGroup: Math.round((Date.now() - began) / 1000) });
    say(`writing ${RECORDS} records`);
    await client.shell(
      `seq -f 'record %g' ${RECORDS} | ${client.tool(PRODUCER, ['--bootstrap-server', client.bootstrap, '--topic', LOAD_TOPIC, '--command-config', '/etc/client/user.properties'])}`,
    );
    await within(120, async () => expect(await topicEnd('copies')).toBe(RECORDS));
    expect(await cluster.namespace.refusedPods()).toEqual([]);
  }, 720_000);

  test('goes on where the group was, after its pods are deleted', async () => {
    await cluster.namespace.run(['delete', 'pod', ...pods], 200);
    await client.shell(
      `seq -f 'more %g' ${RECORDS} | ${client.tool(PRODUCER, ['--bootstrap-server', client.bootstrap, '--topic', LOAD_TOPIC, '--command-config', '/etc/client/user.properties'])}`,
    );
    // At least once: what was read and not yet committed when the pods went may come again.
    await within(240, async () => expect(await topicEnd('copies')).toBeGreaterThanOrEqual(2 * RECORDS));
    const copies = await client.admin(CONSUMER, ['--topic', 'copies', '--from-beginning', '--timeout-ms', '10000']);
    expect(new Set(copies.split('\n').filter((line) => /^(record|more) \d+$/.test(line))).size).toBe(2 * RECORDS);
    pods = (await cluster.namespace.list('pods', PODS)).map(({ metadata }) => metadata.name as string);
  }, 600_000);

  test.each([
    ['to a topic that it only reads', `echo x | ${java(PRODUCER, 'producer', `--topic ${LOAD_TOPIC}`)}`, 'topic'],
    ['to a topic of others', `echo x | ${java(PRODUCER, 'producer', '--topic of-others')}`, 'topic'],
    ['from a topic that it only writes', java(CONSUMER, 'consumer', '--topic copies --timeout-ms 20000'), 'topic'],
    [
      'as another group',
      `cp "$KAFKA_CLIENT_CONFIG/consumer.properties" /tmp/other.properties; sed -i s/^group.id=.*/group.id=of-others/ /tmp/other.properties; ` +
        java(CONSUMER, 'consumer', `--topic ${LOAD_TOPIC} --timeout-ms 20000`).replace(
          '"$KAFKA_CLIENT_CONFIG/consumer.properties"',
          '/tmp/other.properties',
        ),
      'group',
    ],
  ])(
    'fails %s',
    async (_what, script, kind) => {
      const said = await cluster.namespace.shell(pods[0]!, `{ ${script.replace(QUIET, '')}; } 2>&1; echo`, 90);
      expect(said).toMatch(new RegExp(`${kind}_?Authorization(Exception|_FAILED)`, 'i'));
      expect(await topicEnd('of-others')).toBe(0);
    },
    180_000,
  );
});
