import { Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Stack } from 'aws-cdk-lib/core';
import {
  ClientAuthentication,
  KafkaConnectVersion,
  MskCluster,
  MskConnectCapacity,
  MskConnectPlugin,
  MskConnectWorkerConfiguration,
  MskConnector,
  MskLogs,
  type MskConnectorProps,
} from '../../../lib/msk';
import { census, resourcesOf, testStack } from '../../support/cdk';
import { clusterIn, NETWORK } from '../../support/msk';

const PLUGIN = MskConnectPlugin.fromPluginArn('arn:aws:kafkaconnect:eu-west-1:111122223333:custom-plugin/s3/1-2');
const CLASS = 'io.confluent.connect.s3.S3SinkConnector';

function connectorIn(stack: Stack, props: Partial<MskConnectorProps> = {}): MskConnector {
  return new MskConnector(stack, 'Archive', {
    cluster: props.cluster ?? clusterIn(stack),
    plugin: PLUGIN,
    connectorClass: CLASS,
    consume: ['orders'],
    ...props,
  });
}

/** What the role of the connector may do: `action...` on the last part of each resource. */
function rights(stack: Stack): string[] {
  const role = resourcesOf(stack, 'AWS::IAM::Role').find(({ Properties }) =>
    JSON.stringify(Properties).includes('kafkaconnect.amazonaws.com'),
  );
  const [policy] = (role?.Properties.Policies ?? []) as {
    PolicyDocument: { Statement: { Action: string | string[]; Resource: unknown }[] };
  }[];
  return (policy?.PolicyDocument.Statement ?? []).map(({ Action, Resource }) => {
    const names = [...JSON.stringify(Resource).matchAll(/\/([\w*.-]+)"\]\]/g)].map(([, name]) => name);
    return `${[Action].flat().join(' ')}: ${names.join(' ')}`;
  });
}

describe('a connector', () => {
  test('runs beside the brokers, logs in with IAM over TLS, and keeps its position when it is replaced', () => {
    const stack = testStack();
    connectorIn(stack, { configuration: { topics: 'orders' } });
    const template = Template.fromStack(stack);
    template.hasResource('AWS::KafkaConnect::Connector', {
      DeletionPolicy: 'Delete',
      Properties: {
        ConnectorName: 'Test-Archive-A0735EB8',
        ConnectorConfiguration: { 'connector.class': CLASS, 'tasks.max': '1', topics: 'orders' },
        Capacity: { ProvisionedCapacity: { McuCount: 1, WorkerCount: 1 } },
        KafkaConnectVersion: '3.7.x',
        KafkaCluster: {
          ApacheKafkaCluster: {
            BootstrapServers: { 'Fn::GetAtt': [Match.anyValue(), 'BootstrapBrokerStringSaslIam'] },
            Vpc: { Subnets: ['subnet-1', 'subnet-2', 'subnet-3'] },
          },
        },
        KafkaClusterClientAuthentication: { AuthenticationType: 'IAM' },
        KafkaClusterEncryptionInTransit: { EncryptionType: 'TLS' },
        LogDelivery: { WorkerLogDelivery: { CloudWatchLogs: { Enabled: true } } },
      },
    });
    template.hasResourceProperties('AWS::KafkaConnect::WorkerConfiguration', {
      Name: Match.stringLikeRegexp('^Test-Archive-Workers.*-[0-9a-f]{8}$'),
      PropertiesFileContent: {
        'Fn::Base64': Match.stringLikeRegexp(
          'key.converter=org.apache.kafka.connect.json.JsonConverter\noffset.storage.topic=__amazon_msk_connect_offsets_Test-Archive-A0735EB8\nvalue.converter=',
        ),
      },
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 9098, ToPort: 9098 });
  });

  test('waits for the brokers to let it in', () => {
    const stack = testStack();
    connectorIn(stack);
    const [connector] = resourcesOf(stack, 'AWS::KafkaConnect::Connector') as unknown as { DependsOn: string[] }[];
    expect(connector!.DependsOn).toEqual([expect.stringContaining('Ingress')]);
  });

  test('needs six resources and no function', () => {
    const [alone, stack] = [testStack(), testStack()];
    clusterIn(alone);
    connectorIn(stack);
    const [before, after] = [census(alone), census(stack)];
    const added = Object.entries(after).flatMap(([type, count]) =>
      count === (before[type] ?? 0) ? [] : [`${type} ${count - (before[type] ?? 0)}`],
    );
    expect(added.sort()).toEqual([
      'AWS::EC2::SecurityGroup 1',
      'AWS::EC2::SecurityGroupIngress 1',
      'AWS::IAM::Role 1',
      'AWS::KafkaConnect::Connector 1',
      'AWS::KafkaConnect::WorkerConfiguration 1',
      'AWS::Logs::LogGroup 1',
    ]);
  });

  test('that reads may read its topics as its own group, and write what it cannot deliver', () => {
    const stack = testStack();
    connectorIn(stack, {
      connectorName: 'archive',
      configuration: { 'errors.deadletterqueue.topic.name': 'archive-dead' },
    });
    expect(rights(stack)).toEqual([
      'kafka-cluster:Connect kafka-cluster:DescribeCluster kafka-cluster:WriteDataIdempotently: ',
      'kafka-cluster:DescribeTopic kafka-cluster:WriteData: archive-dead',
      'kafka-cluster:DescribeTopic kafka-cluster:ReadData: orders',
      'kafka-cluster:AlterGroup kafka-cluster:DescribeGroup: connect-archive',
      'kafka-cluster:CreateTopic kafka-cluster:DescribeTopic kafka-cluster:ReadData kafka-cluster:WriteData: __amazon_msk_connect_*',
      'kafka-cluster:AlterGroup kafka-cluster:DescribeGroup: __amazon_msk_connect_*',
    ]);
  });

  test('that writes may make topics where it is told to, and use the transactions of exactly-once', () => {
    const stack = testStack();
    connectorIn(stack, {
      consume: [],
      produce: ['shop.*'],
      configuration: { 'topic.creation.default.partitions': '6' },
      workerProperties: { 'exactly.once.source.support': 'enabled' },
    });
    expect(rights(stack).slice(1, 4)).toEqual([
      'kafka-cluster:DescribeTopic kafka-cluster:WriteData: shop.*',
      'kafka-cluster:AlterTransactionalId kafka-cluster:DescribeTransactionalId: connect-cluster-*',
      'kafka-cluster:CreateTopic: shop.*',
    ]);
  });

  test('has a role for this account and this connector alone', () => {
    const stack = testStack();
    connectorIn(stack, { connectorName: 'archive' });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'kafkaconnect.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': '111122223333' },
              ArnLike: {
                'aws:SourceArn': {
                  'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':connector/archive/\\*$')])],
                },
              },
            },
          },
        ],
      },
    });
  });

  test('looks secrets up: by reference, with the provider in its workers and the right to read them', () => {
    const stack = testStack();
    connectorIn(stack, {
      secrets: { 'database.password': { secret: Secret.fromSecretNameV2(stack, 'Db', 'prod/orders-db'), key: 'pw' } },
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::KafkaConnect::Connector', {
      ConnectorConfiguration: {
        'config.action.reload': 'none',
        'database.password': '${secretsmanager:prod/orders-db:pw}',
      },
    });
    template.hasResourceProperties('AWS::KafkaConnect::WorkerConfiguration', {
      PropertiesFileContent: {
        'Fn::Base64': Match.stringLikeRegexp(
          'config.providers=secretsmanager\nconfig.providers.secretsmanager.class=com.amazonaws.kafka.config.providers.SecretsManagerConfigProvider\nconfig.providers.secretsmanager.param.region=eu-west-1',
        ),
      },
    });
    expect(JSON.stringify(resourcesOf(stack, 'AWS::IAM::Role'))).toContain(':secret:prod/orders-db-??????');
  });

  test('without authentication needs no rights on the cluster, and uses the port for it', () => {
    const stack = testStack();
    connectorIn(stack, { cluster: clusterIn(stack, { clientAuthentications: [ClientAuthentication.NONE] }) });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::KafkaConnect::Connector', {
      KafkaClusterClientAuthentication: { AuthenticationType: 'NONE' },
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 9094 });
    expect(rights(stack)).toEqual([]);
  });

  test('scales, logs elsewhere, runs another version and another worker configuration', () => {
    const stack = testStack();
    const workerConfiguration = new MskConnectWorkerConfiguration(stack, 'Shared', {
      properties: { 'offset.flush.interval.ms': '5000', 'producer.linger.ms': '20' },
      description: 'Of all sinks',
    });
    connectorIn(stack, {
      workerConfiguration,
      kafkaConnectVersion: KafkaConnectVersion.of('2.7.1'),
      capacity: MskConnectCapacity.autoscaled({ mcu: 2, maxWorkers: 4, maxTasks: 8 }),
      logs: MskLogs.to({
        bucket: Bucket.fromBucketName(stack, 'Bucket', 'logs'),
        prefix: 'connect/',
        deliveryStreamName: 'stream',
      }),
    });
    Template.fromStack(stack).hasResourceProperties('AWS::KafkaConnect::Connector', {
      ConnectorConfiguration: { 'tasks.max': Match.absent() },
      KafkaConnectVersion: '2.7.1',
      Capacity: {
        AutoScaling: {
          McuCount: 2,
          MinWorkerCount: 1,
          MaxWorkerCount: 4,
          MaxAutoscalingTaskCount: 8,
          ScaleInPolicy: { CpuUtilizationPercentage: 20 },
          ScaleOutPolicy: { CpuUtilizationPercentage: 80 },
        },
      },
      LogDelivery: {
        WorkerLogDelivery: {
          CloudWatchLogs: Match.absent(),
          Firehose: { DeliveryStream: 'stream' },
          S3: { Bucket: 'logs', Prefix: 'connect/' },
        },
      },
    });
  });

  test('on an imported cluster runs in the network that is named', () => {
    const stack = testStack();
    const arn = 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/11111111-2222-3333-4444-555555555555-1';
    const cluster = MskCluster.fromClusterAttributes(stack, 'Imported', { clusterArn: arn });
    connectorIn(stack, { cluster, network: NETWORK });
    expect(resourcesOf(stack, 'AWS::KafkaConnect::Connector')).toHaveLength(1);
  });
});
