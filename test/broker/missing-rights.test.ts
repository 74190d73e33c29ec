import type { Acl, KafkaClient } from '../../lib/admin';
import { AUTHORIZED, startAskedCluster, type AskedCluster } from '../support/clusters-to-ask';
import { logInWhenKnown, scramUser } from '../support/scram-user';

let cluster: AskedCluster;
/** A principal that may log in and nothing else. */
let eve: KafkaClient;

beforeAll(async () => {
  cluster = await startAskedCluster('4.3', {
    listeners: { SASL: 'SASL_PLAINTEXT' },
    properties: {
      ...AUTHORIZED,
      'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
      'listener.name.sasl.scram-sha-512.sasl.jaas.config':
        'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    },
  });
  const { client, nodes } = cluster;
  await client.createTopics([{ name: 'private', placement: { partitions: 1, replicationFactor: 1 }, config: {} }], {
    validateOnly: false,
  });
  await client.alterUsers([scramUser('eve', 'few rights')]);
  const sasl = { mechanism: 'SCRAM-SHA-512', username: 'eve', password: 'few rights' } as const;
  eve = await logInWhenKnown({ bootstrapServers: nodes.servers('SASL'), sasl });
}, 600_000);

afterAll(async () => {
  await eve?.close();
  await cluster?.stop();
}, 60_000);

const topic = { topic: 'private', partition: 0 };
const acl: Acl = {
  principal: 'User:eve',
  host: '*',
  resourceType: 'topic',
  resourceName: 'private',
  pattern: 'literal',
  operation: 'read',
  permission: 'allow',
};
const requests: [string, string, (client: KafkaClient) => Promise<unknown>][] = [
  ['list ACLs', 'DESCRIBE on the cluster', (client) => client.describeAcls()],
  ['list users', 'DESCRIBE on the cluster', (client) => client.describeUsers()],
  ['list quotas', 'DESCRIBE_CONFIGS on the cluster', (client) => client.describeQuotas()],
  ['describe the quorum', 'DESCRIBE on the cluster', (client) => client.describeQuorum()],
  ['list the moves of replicas', 'DESCRIBE on the cluster', (client) => client.listReassignments()],
  ['describe topic private', 'DESCRIBE on topic private', (client) => client.describeTopics(['private'])],
  ['describe group readers', 'DESCRIBE on group readers', (client) => client.describeGroups(['readers'])],
  ['tell the offsets of group readers', 'DESCRIBE on group readers', (client) => client.committedOffsets(['readers'])],
  [
    'change the offsets of group readers',
    'READ on group readers',
    (client) => client.commitOffsets('readers', [{ ...topic, offset: 0 }]),
  ],
  [
    'move replicas',
    'ALTER on the cluster',
    (client) => client.alterReassignments([{ ...topic, replicas: [1] }], { replicationFactor: 'kept' }),
  ],
  ['elect preferred leaders', 'ALTER on the cluster', (client) => client.electPreferredLeaders([topic])],
  ['describe group apply', 'DESCRIBE on group apply', (client) => client.takeLease({ group: 'apply', holder: 'eve' })],
];
test.each(requests)('fails to %s: %s is needed', async (what, right, request) => {
  await expect(request(eve)).rejects.toMatchObject({ code: 'KAFKA-REFUSED', status: 1 });
  const failure = await request(eve).catch((error: Error) => error.message);
  expect(failure).toMatch(
    new RegExp(`^Kafka refused to ${what}, got [A-Z_]+_AUTHORIZATION_FAILED \\(\\d+\\): .*; ${right} is needed\\.$`),
  );
});

const really = { validateOnly: false };
const items: [
  string,
  string,
  (client: KafkaClient) => Promise<readonly { readonly error?: { readonly message: string } }[]>,
][] = [
  [
    'create a topic',
    'CREATE on topic new or on the cluster',
    (client) =>
      client.createTopics([{ name: 'new', placement: { partitions: 1, replicationFactor: 1 }, config: {} }], really),
  ],
  [
    'add partitions',
    'ALTER on topic private',
    (client) => client.addPartitions([{ topic: 'private', total: 2 }], really),
  ],
  [
    'describe options of a topic',
    'DESCRIBE_CONFIGS on topic private',
    (client) => client.describeConfigs([{ type: 'topic', name: 'private' }]),
  ],
  [
    'describe options of a broker',
    'DESCRIBE_CONFIGS on the cluster',
    (client) => client.describeConfigs([{ type: 'broker', name: '1' }]),
  ],
  [
    'change options of a topic',
    'ALTER_CONFIGS on topic private',
    (client) => client.alterConfigs([{ type: 'topic', name: 'private', set: {}, remove: ['retention.ms'] }], really),
  ],
  [
    'change options of the cluster',
    'ALTER_CONFIGS on the cluster',
    (client) =>
      client.alterConfigs([{ type: 'cluster', name: '', set: { 'log.cleaner.threads': '2' }, remove: [] }], really),
  ],
  ['create an ACL', 'ALTER on the cluster', (client) => client.createAcls([acl])],
  ['delete an ACL', 'ALTER on the cluster', (client) => client.deleteAcls([acl])],
  ['make a user', 'ALTER on the cluster', (client) => client.alterUsers([scramUser('more', 'rights')])],
  [
    'set a quota',
    'ALTER_CONFIGS on the cluster',
    (client) => client.alterQuotas([{ entity: { user: 'eve' }, set: { producer_byte_rate: 1 }, remove: [] }], really),
  ],
  ['describe log directories', 'DESCRIBE on the cluster', (client) => client.describeLogDirs([1])],
  ['find offsets', 'DESCRIBE on topic private', (client) => client.listOffsets([{ ...topic, at: 'latest' }])],
  ['delete a group', 'DELETE on group readers', (client) => client.deleteGroups(['readers'])],
];
test.each(items)('fails to %s: %s is needed', async (_, right, request) => {
  expect((await request(eve)).map(({ error }) => error?.message)).toEqual([
    expect.stringMatching(`${right} is needed.$`),
  ]);
});
