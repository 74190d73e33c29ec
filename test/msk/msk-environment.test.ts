import { Match, Template } from 'aws-cdk-lib/assertions';
import { Stack, App, NestedStack } from 'aws-cdk-lib/core';
import { KafkaEnvironment, MskEnvironment, type MskEnvironmentProps } from '../../lib/msk';
import { topicStack } from '../../lib/msk/private/topics';
import { census, PLACE, resourcesOf, testStack, warningsOf } from '../support/cdk';
import { modelOfFile, modelOfText } from '../support/environments';

const PROD = KafkaEnvironment._of(modelOfFile('prod'));

function environmentOf(environment: KafkaEnvironment, props: Partial<MskEnvironmentProps> = {}): Stack {
  const stack = testStack();
  new MskEnvironment(stack, 'Kafka', { environment, ...props });
  return stack;
}

const text = (more: string): KafkaEnvironment =>
  KafkaEnvironment._of(
    modelOfText(`name: mini
target: msk
kafka: { version: '4.1' }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
nodePools: { brokers: { roles: [broker], replicas: 3, volumes: [{ size: 10GiB }] } }
${more.includes('listeners:') ? '' : 'listeners: { internal: { authentication: iam } }'}
${/^aws:/m.test(more) ? '' : "aws: { account: '111122223333', region: eu-west-1 }"}
${more}
`),
  );

describe('the production environment', () => {
  const stack = environmentOf(PROD);
  const template = Template.fromStack(stack);

  test('has exactly the resources that it needs', () => {
    expect(census(stack)).toEqual({
      'AWS::CloudWatch::Alarm': 28,
      'AWS::CloudWatch::CompositeAlarm': 10,
      'AWS::CloudWatch::Dashboard': 1,
      'AWS::EC2::SecurityGroup': 3,
      'AWS::EC2::SecurityGroupIngress': 4,
      'AWS::KMS::Key': 1,
      'AWS::Logs::LogGroup': 5,
      'AWS::Logs::MetricFilter': 5,
      'AWS::MSK::Configuration': 1,
      'AWS::MSK::Cluster': 1,
      'AWS::MSK::Topic': 5,
      'Custom::KafkaScramSecrets': 1,
      'AWS::SecretsManager::Secret': 1,
      'AWS::ApplicationAutoScaling::ScalableTarget': 1,
      'AWS::ApplicationAutoScaling::ScalingPolicy': 1,
      'AWS::IAM::ManagedPolicy': 3,
      'AWS::IAM::Role': 3,
      'AWS::KafkaConnect::Connector': 1,
      'AWS::KafkaConnect::CustomPlugin': 1,
      'AWS::KafkaConnect::WorkerConfiguration': 1,
      'AWS::Lambda::EventInvokeConfig': 1,
      'AWS::Lambda::Function': 2,
      'Custom::KafkaBootstrapBrokers': 1,
      'Custom::KafkaReconciler': 1,
    });
  });

  test('is the cluster that the file describes, in the subnets that it names', () => {
    template.hasResourceProperties('AWS::MSK::Cluster', {
      ClusterName: 'prod',
      NumberOfBrokerNodes: 6,
      BrokerNodeGroupInfo: {
        ClientSubnets: ['subnet-0a1b2c3d', 'subnet-1a2b3c4d', 'subnet-2a3b4c5d'],
        InstanceType: 'kafka.m7g.xlarge',
        StorageInfo: { EBSStorageInfo: { VolumeSize: 1024 } },
      },
      ClientAuthentication: { Sasl: { Iam: { Enabled: true }, Scram: { Enabled: true } } },
      Tags: { team: 'platform' },
    });
    template.hasResourceProperties('AWS::MSK::Configuration', {
      ServerProperties: Match.stringLikeRegexp('max.incremental.fetch.session.cache.slots=2000\n'),
    });
  });

  test('lets volumes grow as far as the file says', () => {
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MaxCapacity: 4096 });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: { TargetValue: 60 },
    });
  });

  test('has every declared topic with all of its options, and not the deleted one', () => {
    const topics = resourcesOf(stack, 'AWS::MSK::Topic').map(({ Properties }) => Properties);
    const declared = modelOfFile('prod').topics.map(({ name }) => name);
    expect(topics.map(({ TopicName }) => TopicName)).toEqual(declared);
    expect(declared).not.toContain('orders-v1');
    for (const { name, config } of modelOfFile('prod').topics) {
      const { Configs } = topics.find(({ TopicName }) => TopicName === name)!;
      expect(JSON.parse(Buffer.from(String(Configs), 'base64').toString())).toEqual(config);
    }
  });

  test('gives each principal a policy on exactly what it names', () => {
    const policies = resourcesOf(stack, 'AWS::IAM::ManagedPolicy').map(({ Properties }) => Properties);
    expect(policies.map(({ Roles }) => Roles)).toEqual([['checkout-prod'], ['billing-prod'], ['shop-cdc-prod']]);
    const names = (policy: Record<string, unknown>): string[] =>
      [...JSON.stringify(policy.PolicyDocument).matchAll(/:(topic|group|transactional-id)\/.*?"\/([^"]+)"/g)].map(
        ([, kind, name]) => `${kind} ${name}`,
      );
    expect(policies.map(names)).toEqual([
      ['topic orders', 'transactional-id checkout-*'],
      ['topic orders', 'group billing'],
      ['topic shop.*'],
    ]);
    expect(JSON.stringify(policies)).not.toContain('kafka-cluster:*');
  });

  test('makes a secret for each user with a password, under the customer key, and associates all of them at once', () => {
    template.hasResource('AWS::SecretsManager::Secret', {
      DeletionPolicy: 'Retain',
      Properties: {
        Name: 'AmazonMSK_prod_acme',
        KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('Key'), 'Arn'] },
        GenerateSecretString: { SecretStringTemplate: '{"username":"acme"}', GenerateStringKey: 'password' },
      },
    });
    const [association] = resourcesOf(stack, 'Custom::KafkaScramSecrets');
    expect(association!.Properties.SecretArns).toHaveLength(1);
  });

  test('lets in the named clients, the reconciler and the connector on the ports of their listeners, and nobody else', () => {
    const ingress = resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress').map(
      ({ Properties: { FromPort, SourceSecurityGroupId } }) => [FromPort, SourceSecurityGroupId],
    );
    expect(ingress).toEqual([
      [9098, 'sg-0c1d2e3f'],
      [9096, 'sg-0c1d2e3f'],
      [9098, { 'Fn::GetAtt': [expect.stringContaining('ReconcilerSecurityGroup'), 'GroupId'] }],
      [9098, { 'Fn::GetAtt': [expect.stringContaining('ConnectorordersdbSecurityGroup'), 'GroupId'] }],
    ]);
  });

  test('says what is not in the template', () => {
    expect(warningsOf(stack).map((warning) => warning.split(':')[0])).toEqual(['topics.orders-v1']);
  });
});

describe('a network of its own', () => {
  test('is isolated, in the named zones, without any look-up', () => {
    const stack = environmentOf(KafkaEnvironment._of(modelOfFile('dev')));
    const subnets = resourcesOf(stack, 'AWS::EC2::Subnet').map(({ Properties: { AvailabilityZone, CidrBlock } }) => [
      AvailabilityZone,
      CidrBlock,
    ]);
    expect(subnets).toEqual([
      ['eu-west-1a', '10.0.0.0/20'],
      ['eu-west-1b', '10.0.16.0/20'],
      ['eu-west-1c', '10.0.32.0/20'],
    ]);
    expect(Object.keys(census(stack))).not.toEqual(expect.arrayContaining(['AWS::EC2::InternetGateway']));
    const app = stack.node.root as App;
    expect(app.synth().manifest.missing ?? []).toEqual([]);
  });
});

describe('topics in nested stacks', () => {
  const many = Array.from({ length: 40 }, (_, index) => `  t${index}: {}`).join('\n');

  test('are spread by their names, so that one more moves none', () => {
    const stack = environmentOf(text(`topics:\n${many}\ntargets: { msk: { topicStacks: 3 } }`));
    const nested = stack.node
      .findAll()
      .filter((construct): construct is NestedStack => construct instanceof NestedStack);
    const counts = nested.map((part) => resourcesOf(part, 'AWS::MSK::Topic').length);
    expect(counts).toHaveLength(3);
    expect(counts.reduce((sum, count) => sum + count)).toBe(40);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(topicStack('orders', 3)).toBe(topicStack('orders', 3));
  });

  test('fails where they do not fit', () => {
    const topics = Array.from({ length: 351 }, (_, index) => `  t${index}: { partitions: 1 }`).join('\n');
    expect(() => environmentOf(text(`topics:\n${topics}`))).toThrow(
      "targets.msk.topicStacks: more topics than CloudFormation's stacks hold, got 351 topics in the root stack; 350 are allowed.",
    );
  });
});

describe('serverless', () => {
  test('is a cluster with IAM whose tags never change', () => {
    const environment = KafkaEnvironment._of(
      modelOfText(`name: mini
target: msk-serverless
kafka: { version: '4.1' }
racks: [eu-west-1a, eu-west-1b]
nodePools: { brokers: { roles: [broker], replicas: 3 } }
listeners: { internal: { authentication: iam } }
aws: { account: '111122223333', region: eu-west-1, tags: { team: platform } }
`),
    );
    const stack = environmentOf(environment);
    Template.fromStack(stack).hasResource('AWS::MSK::ServerlessCluster', {
      DeletionPolicy: 'Retain',
      Properties: {
        ClusterName: 'mini',
        ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
        Tags: Match.absent(),
      },
    });
  });
});

describe('what an environment on Amazon MSK cannot be', () => {
  test('fails for a secret of a user that the service would not read', () => {
    const user = `listeners: { vendors: { authentication: scram-sha-512 } }
secrets: { acme: { id: prod/acme } }
principals: { acme: { listener: vendors, password: { secret: acme, key: password }, consume: { topics: ["a"], groups: ["g"] } } }
topics: { a: {} }`;
    expect(() => environmentOf(text(user))).toThrow(
      'principals.acme.password: not a secret that Amazon MSK reads, got key "password" of "prod/acme"',
    );
  });

  test('fails in another account than its own, and in a stack without one', () => {
    expect(
      () =>
        new MskEnvironment(testStack({ env: { ...PLACE, account: '999988887777' } }), 'Kafka', { environment: PROD }),
    ).toThrow(
      'aws.account: the stack is not in the account of the environment, got 999988887777; 111122223333 is allowed.',
    );
    expect(() => new MskEnvironment(new Stack(new App(), 'Nowhere'), 'Kafka', { environment: PROD })).toThrow(
      'got a stack without one; 111122223333 is allowed.',
    );
  });

  test('fails for an environment of another target', () => {
    expect(() => environmentOf(KafkaEnvironment._of(modelOfFile('prod-ec2')))).toThrow(
      'environment: the environment is for another target, got ec2; msk and msk-serverless are allowed.',
    );
  });
});
