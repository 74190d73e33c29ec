import { gunzipSync } from 'node:zlib';
import { AccountPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Size, type Stack } from 'aws-cdk-lib/core';
import { parseDesired, type DesiredState } from '../../lib/core/plan';
import {
  ClientAuthentication,
  Ec2Environment,
  Ec2KafkaClient,
  Ec2KafkaCluster,
  Ec2KafkaTopic,
  KafkaEnvironment,
  KafkaVersion,
  Retention,
  type Ec2KafkaTopicProps,
  type IKafkaCluster,
} from '../../lib';
import { resourcesOf, testStack } from '../support/cdk';
import { modelOfFile } from '../support/environments';
import { vpcOf } from '../support/ec2';

function clusterIn(stack: Stack, authentications = [ClientAuthentication.SCRAM_SHA_512], id = 'Edge'): Ec2KafkaCluster {
  return new Ec2KafkaCluster(stack, id, {
    vpc: vpcOf(stack),
    kafkaVersion: KafkaVersion.V4_1,
    controllers: { count: 3, storage: Size.gibibytes(20) },
    brokers: [{ count: 3, storage: Size.gibibytes(100) }],
    packages: 's3://packages/kafka',
    clusterName: id.toLowerCase(),
    clientAuthentications: authentications,
  });
}

const role = (stack: Stack, id: string): Role => new Role(stack, id, { assumedBy: new ServicePrincipal('lambda') });

/** What the function will read out of the resource that constructs add to. */
function desiredOf(stack: Stack): DesiredState {
  const resource = resourcesOf(stack, 'Custom::KafkaReconciler').find(
    ({ Properties }) => Properties.Desired !== undefined,
  );
  const text = gunzipSync(Buffer.from(String(resource!.Properties.Desired), 'base64')).toString('utf8');
  const read = parseDesired(text);
  if (!('desired' in read)) throw new Error(read.problem);
  return read.desired;
}

const aclsOf = ({ access }: DesiredState): string[] =>
  access!.acls.map(
    ({ acl }) => `${acl.principal} ${acl.operation} ${acl.resourceType} ${acl.resourceName} ${acl.pattern}`,
  );

describe('rights on a cluster on EC2', () => {
  test('are a user, its secret that the role may read, and ACLs for exactly what was granted', () => {
    const stack = testStack();
    const cluster = clusterIn(stack);
    const billing = role(stack, 'Billing');
    cluster.grants.consume(billing, { topics: ['orders'], groups: ['billing-*'] });
    cluster.grants.produce(billing, 'invoices');
    const desired = desiredOf(stack);
    expect(aclsOf(desired)).toEqual([
      'User:Test.Billing describe group billing- prefixed',
      'User:Test.Billing read group billing- prefixed',
      'User:Test.Billing describe topic invoices literal',
      'User:Test.Billing write topic invoices literal',
      'User:Test.Billing describe topic orders literal',
      'User:Test.Billing read topic orders literal',
    ]);
    expect(desired.users!.users).toEqual([
      {
        name: 'Test.Billing',
        secret: { secret: 'Test.Billing', key: 'password' },
        path: 'principals["Test.Billing"]',
      },
    ]);
    const [secret] = resourcesOf(stack, 'AWS::SecretsManager::Secret').filter(({ Properties }) =>
      String(Properties.Name).includes('/users/'),
    );
    expect(secret!.Properties.Name).toBe('kafka/edge/users/Test.Billing');
    const policies = JSON.stringify(resourcesOf(stack, 'AWS::IAM::Policy'));
    expect(policies).toContain('secretsmanager:GetSecretValue');
    expect(policies).toContain('kms:Decrypt');
    expect(JSON.stringify(stack.resolve(cluster.clientSecretArn(billing)))).toContain('EdgeUsersUserTestBilling');
  });

  test('ask the same of a program as rights on Amazon MSK do', () => {
    const stack = testStack();
    const connect = (cluster: IKafkaCluster, client: Role, via: ClientAuthentication): string => {
      cluster.grants.produce(client, 'orders');
      cluster.connections.allowDefaultPortFrom(SecurityGroup.fromSecurityGroupId(stack, 'Client', 'sg-client'));
      return cluster.bootstrapServers(via);
    };
    const servers = connect(clusterIn(stack), role(stack, 'Shop'), ClientAuthentication.SCRAM_SHA_512);
    expect(servers).toContain('brokers-0.edge.kafka.internal:9092');
  });

  test('are for clients outside of AWS by their name, with a password, a certificate or a token', () => {
    const stack = testStack();
    const { SCRAM_SHA_512, MTLS, OAUTHBEARER } = ClientAuthentication;
    const cluster = clusterIn(stack, [SCRAM_SHA_512, MTLS, OAUTHBEARER]);
    const user = Ec2KafkaClient.user('acme');
    cluster.grants.consume(user, { topics: ['public.*'], groups: ['acme'] });
    const gateway = Ec2KafkaClient.certificate('gateway');
    cluster.grants.produce(gateway, 'events');
    const certificate = cluster.clientSecretArn(gateway);
    cluster.grants.produceTransactionally(Ec2KafkaClient.token('shop'), {
      topics: ['orders'],
      transactionalIds: ['shop-*'],
    });
    cluster.grantClientSecretRead(user, role(stack, 'Partner'));
    const desired = desiredOf(stack);
    expect(new Set(desired.access!.acls.map(({ acl }) => acl.principal))).toEqual(
      new Set(['User:acme', 'User:gateway', 'User:shop']),
    );
    expect(desired.users!.users.map(({ name }) => name)).toEqual(['acme']);
    const [certificates] = resourcesOf(stack, 'Custom::KafkaCertificates');
    expect((certificates!.Properties.Certificates as unknown[]).at(-1)).toEqual({
      SecretArn: stack.resolve(certificate) as unknown,
      Layout: 'client',
      CommonName: 'gateway',
    });
    expect(JSON.stringify(resourcesOf(stack, 'AWS::IAM::Policy'))).toContain('EdgeUsersUseracme');
  });

  test('beside an environment leave alone what its file declares, and wait for it', () => {
    const stack = testStack();
    const { cluster } = new Ec2Environment(stack, 'Kafka', {
      environment: KafkaEnvironment._of(modelOfFile('prod-ec2')),
    });
    cluster.grants.consume(role(stack, 'Audit'), { topics: ['orders'], groups: ['audit'] });
    const desired = desiredOf(stack);
    expect([desired.environment, desired.owner]).toEqual(['prod-ec2', 'prod-ec2-constructs']);
    expect([desired.topics, desired.brokerOptions, desired.quotas?.quotas ?? []]).toEqual([[], undefined, []]);
    expect(desired.clusterId).toBe(cluster.clusterId);
    const second = resourcesOf(stack, 'Custom::KafkaReconciler').find(
      ({ Properties }) => Properties.Desired !== undefined,
    );
    expect(JSON.stringify(second)).toMatch(/"DependsOn":\[[^\]]*"KafkaReconcilerB?[^\]]*\]/);
  });

  test.each<[string, (cluster: Ec2KafkaCluster, stack: Stack) => unknown, string]>([
    [
      'a grantee that can read no secret',
      (cluster) => cluster.grants.produce(new AccountPrincipal('111122223333'), 'orders'),
      'Test/Edge: grants: nothing here can read the password of a user, got',
    ],
    [
      'a client with a certificate where no listener asks for one',
      (cluster) => cluster.grants.produce(Ec2KafkaClient.certificate('gateway'), 'orders'),
      'gateway could not log in, got a cluster with scram-sha-512; mtls is needed.',
    ],
    [
      'two clients of one name that log in by other means',
      (cluster, stack) => {
        cluster.grants.produce(Ec2KafkaClient.user('acme'), 'orders');
        const other = clusterIn(stack, [ClientAuthentication.SCRAM_SHA_512, ClientAuthentication.MTLS], 'Other');
        other.grants.produce(Ec2KafkaClient.user('acme'), 'orders');
        other.grants.produce(Ec2KafkaClient.certificate('acme'), 'orders');
      },
      'Test/Other: clientName: the name is that of another client, got acme with mtls beside one with scram-sha-512;',
    ],
    [
      'a name that is none',
      (cluster) => cluster.grants.produce(Ec2KafkaClient.user('a b'), 'orders'),
      'clientName: not the name of a client, got "a b"; letters, digits,',
    ],
    [
      'the secret of a client that has no rights',
      (cluster, stack) => cluster.clientSecretArn(role(stack, 'Nobody')),
      'clientSecretArn: the client has no secret here, got Test.Nobody; one with a password or a certificate that something was granted to',
    ],
  ])('fail for %s', (_what, act, message) => {
    const stack = testStack();
    expect(() => act(clusterIn(stack), stack)).toThrow(message);
  });

  test('fail where a policy of AWS is asked of a client of Kafka', () => {
    expect(() => Ec2KafkaClient.user('acme').grantPrincipal.policyFragment).toThrow('got acme; a role, a user');
  });
});

describe('topics of a cluster on EC2', () => {
  test('are made by the same one resource as its rights', () => {
    const stack = testStack();
    const cluster = clusterIn(stack);
    const props = { cluster, partitions: 12 };
    new Ec2KafkaTopic(stack, 'Orders', { ...props, topicName: 'orders', retention: Retention.days(30) });
    new Ec2KafkaTopic(stack, 'Clicks', { ...props, topicName: 'clicks', config: { 'compression.type': 'zstd' } });
    cluster.grants.produce(role(stack, 'Shop'), 'orders');
    expect(resourcesOf(stack, 'Custom::KafkaReconciler')).toHaveLength(1);
    const { topics } = desiredOf(stack);
    expect(
      topics.map(({ name, replicationFactor, config }) => [name, replicationFactor, config['retention.ms']]),
    ).toEqual([
      ['clicks', 3, '604800000'],
      ['orders', 3, '2592000000'],
    ]);
  });

  test.each<[string, Partial<Ec2KafkaTopicProps>, string]>([
    ['a name that Kafka refuses', { topicName: 'a b' }, 'Test/Orders: topicName: the name has a character'],
    ['an option that there is not', { config: { 'retention.mss': '1' } }, 'Test/Orders: config["retention.mss"]:'],
    ['more replicas than brokers', { replicationFactor: 4 }, 'Test/Orders: replicationFactor:'],
  ])('fail for %s', (_what, props, message) => {
    const stack = testStack();
    const cluster = clusterIn(stack);
    const all = { cluster, topicName: 'orders', partitions: 12, ...props };
    expect(() => new Ec2KafkaTopic(stack, 'Orders', all)).toThrow(message);
  });
});
