import { Match, Template } from 'aws-cdk-lib/assertions';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Fn, Size } from 'aws-cdk-lib/core';
import {
  ClientAuthentication,
  KafkaVersion,
  MskBrokerKind,
  MskBrokers,
  MskConfiguration,
  MskExporter,
  MskLogs,
  MskRebalancing,
  MskStorageMode,
  MskTopic,
  Retention,
} from '../../lib/msk';
import { census, resourcesOf, testStack } from '../support/cdk';
import { environmentOf } from '../support/msk-environment';
import { clusterIn } from '../support/msk';

const LARGE = { instanceType: 'kafka.m7g.4xlarge', count: 3, storage: Size.tebibytes(1) };
const EXPRESS = { instanceType: 'express.m7g.large', count: 3 };

describe('storage of Standard brokers', () => {
  test('has the throughput that is asked for, with fetchers that use it', () => {
    const stack = testStack();
    clusterIn(stack, { brokers: MskBrokers.standard({ ...LARGE, provisionedThroughputMiBps: 500 }) });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::MSK::Cluster', {
      BrokerNodeGroupInfo: {
        StorageInfo: {
          EBSStorageInfo: { VolumeSize: 1024, ProvisionedThroughput: { Enabled: true, VolumeThroughput: 500 } },
        },
      },
    });
    template.hasResourceProperties('AWS::MSK::Configuration', {
      ServerProperties: Match.stringLikeRegexp('num.replica.fetchers=4\n'),
    });
  });

  test('is local unless it is tiered', () => {
    const stack = testStack();
    clusterIn(stack);
    Template.fromStack(stack).hasResourceProperties('AWS::MSK::Cluster', { StorageMode: Match.absent() });
    const tiered = testStack();
    clusterIn(tiered, { brokers: MskBrokers.standard({ ...LARGE, storageMode: MskStorageMode.TIERED }) });
    Template.fromStack(tiered).hasResourceProperties('AWS::MSK::Cluster', { StorageMode: 'TIERED' });
  });
});

describe('logs of a cluster', () => {
  test('go to two log groups for 30 days', () => {
    const stack = testStack();
    clusterIn(stack);
    Template.fromStack(stack).hasResourceProperties('AWS::MSK::Cluster', {
      LoggingInfo: {
        BrokerLogs: { CloudWatchLogs: { Enabled: true } },
        AuthorizerLogs: { CloudWatchLogs: { Enabled: true } },
      },
    });
    expect(resourcesOf(stack, 'AWS::Logs::LogGroup').map(({ Properties }) => Properties.RetentionInDays)).toEqual([
      30, 30, 30,
    ]);
  });

  test('go to every destination that is named, and those of the authorizer nowhere if asked', () => {
    const stack = testStack();
    clusterIn(stack, {
      brokerLogs: MskLogs.to({
        retentionDays: 90,
        bucket: new Bucket(stack, 'Bucket'),
        prefix: 'kafka/',
        deliveryStreamName: 'kafka-logs',
      }),
      authorizerLogs: MskLogs.none(),
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::MSK::Cluster', {
      LoggingInfo: {
        BrokerLogs: {
          CloudWatchLogs: { Enabled: true, LogGroup: Match.anyValue() },
          S3: { Enabled: true, Bucket: { Ref: Match.stringLikeRegexp('Bucket') }, Prefix: 'kafka/' },
          Firehose: { Enabled: true, DeliveryStream: 'kafka-logs' },
        },
        AuthorizerLogs: Match.absent(),
      },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
  });

  test('go to a given log group, and need none of their own beside S3', () => {
    const stack = testStack();
    clusterIn(stack, {
      brokerLogs: MskLogs.to({ bucket: Bucket.fromBucketName(stack, 'Bucket', 'logs') }),
      authorizerLogs: MskLogs.to({ logGroup: LogGroup.fromLogGroupName(stack, 'Group', 'kafka') }),
    });
    Template.fromStack(stack).hasResourceProperties('AWS::MSK::Cluster', {
      LoggingInfo: {
        BrokerLogs: { CloudWatchLogs: Match.absent(), S3: { Enabled: true, Bucket: 'logs' } },
        AuthorizerLogs: { CloudWatchLogs: { Enabled: true, LogGroup: 'kafka' } },
      },
    });
    expect(census(stack)['AWS::Logs::LogGroup']).toBe(1);
  });
});

test('exporters are both unless one is chosen', () => {
  const stack = testStack();
  clusterIn(stack, { exporters: [MskExporter.NODE] });
  Template.fromStack(stack).hasResourceProperties('AWS::MSK::Cluster', {
    OpenMonitoring: {
      Prometheus: { JmxExporter: { EnabledInBroker: false }, NodeExporter: { EnabledInBroker: true } },
    },
  });
});

test('Express brokers rebalance as they are told, and have logs', () => {
  const stack = testStack();
  const brokers = MskBrokers.express({ ...EXPRESS, rebalancing: MskRebalancing.PAUSED });
  clusterIn(stack, { kafkaVersion: KafkaVersion.V4_2, brokers });
  Template.fromStack(stack).hasResourceProperties('AWS::MSK::Cluster', {
    Rebalancing: { Status: 'PAUSED' },
    LoggingInfo: { BrokerLogs: { CloudWatchLogs: { Enabled: true } } },
  });
});

describe('a configuration', () => {
  const shared = (stack: ReturnType<typeof testStack>): MskConfiguration =>
    new MskConfiguration(stack, 'Shared', {
      kafkaVersion: KafkaVersion.V4_1,
      configurationName: 'shared',
      options: { 'log.retention.hours': '24' },
    });

  test('is used by several clusters, which follow its revision', () => {
    const stack = testStack();
    const sharedConfiguration = shared(stack);
    clusterIn(stack, { sharedConfiguration });
    clusterIn(stack, { sharedConfiguration, clusterName: 'second' }, 'Second');
    expect(census(stack)['AWS::MSK::Configuration']).toBe(1);
    for (const { Properties } of resourcesOf(stack, 'AWS::MSK::Cluster')) {
      expect(Properties.ConfigurationInfo).toEqual({
        Arn: { 'Fn::GetAtt': [expect.stringContaining('Shared'), 'Arn'] },
        Revision: { 'Fn::GetAtt': [expect.stringContaining('Shared'), 'LatestRevision.Revision'] },
      });
    }
  });

  test('has the safe defaults of the kit, no list of versions, and a hash of its content in its description', () => {
    const stack = testStack();
    shared(stack);
    Template.fromStack(stack).hasResource('AWS::MSK::Configuration', {
      DeletionPolicy: 'Retain',
      Properties: {
        Name: 'shared',
        KafkaVersionsList: Match.absent(),
        Description: Match.stringLikeRegexp('^Broker options of Test/Shared; content [0-9a-f]{12}$'),
        ServerProperties: Match.stringLikeRegexp('log.retention.hours=24\n[^]*unclean.leader.election.enable=false'),
      },
    });
  });

  test('says another hash for another content', () => {
    const [first, second] = ['24', '48'].map((hours) => {
      const stack = testStack();
      new MskConfiguration(stack, 'Shared', {
        kafkaVersion: KafkaVersion.V4_1,
        options: { 'log.retention.hours': hours },
      });
      return resourcesOf(stack, 'AWS::MSK::Configuration')[0]!.Properties.Description;
    });
    expect(first).not.toBe(second);
  });

  test('that is there already is used by its ARN and revision', () => {
    const stack = testStack();
    const configurationArn = 'arn:aws:kafka:eu-west-1:111122223333:configuration/shared/1';
    clusterIn(stack, {
      sharedConfiguration: MskConfiguration.fromConfigurationAttributes(stack, 'Shared', {
        configurationArn,
        configurationRevision: 3,
      }),
    });
    Template.fromStack(stack).hasResourceProperties('AWS::MSK::Cluster', {
      ConfigurationInfo: { Arn: configurationArn, Revision: 3 },
    });
  });

  test('for Express brokers leaves out what the service fixes', () => {
    const stack = testStack();
    new MskConfiguration(stack, 'Shared', { kafkaVersion: KafkaVersion.V4_2, brokers: MskBrokerKind.EXPRESS });
    Template.fromStack(stack).hasResourceProperties('AWS::MSK::Configuration', {
      ServerProperties: Match.not(Match.stringLikeRegexp('unclean|min.insync|default.replication')),
    });
  });

  test('fails for options that the service does not take, and for a name that it does not', () => {
    const stack = testStack();
    expect(
      () =>
        new MskConfiguration(stack, 'Shared', {
          kafkaVersion: KafkaVersion.V4_1,
          configurationName: 'my_options',
          options: { 'log.dirs': '/data', 'replica.lag.time.max.ms': '1' },
        }),
    ).toThrow(
      /Test\/Shared:[^]*configurationName: not a name for a configuration, got "my_options"[^]*options\["log.dirs"\][^]*options\["replica.lag.time.max.ms"\]/,
    );
  });

  test('fails on a cluster that has fewer brokers than it has replicas, or other brokers', () => {
    const stack = testStack();
    const sharedConfiguration = shared(stack);
    const brokers = MskBrokers.express(EXPRESS);
    expect(() => clusterIn(stack, { sharedConfiguration, kafkaVersion: KafkaVersion.V4_2, brokers })).toThrow(
      'sharedConfiguration["default.replication.factor"]: Amazon MSK does not take the option',
    );
    expect(() => clusterIn(stack, { sharedConfiguration, configuration: {} }, 'Both')).toThrow(
      'configuration: broker options are said twice',
    );
  });
});

describe('an environment', () => {
  test('has every feature of its cluster from its file', () => {
    const stack = environmentOf(`
kafka: { version: "4.1" }
targets:
  msk:
    instanceType: kafka.m7g.4xlarge
    provisionedThroughput: 500MiB/s
    storageMode: tiered
    brokerLogs: { s3: { bucket: logs, prefix: kafka/ } }
    authorizerLogs: { cloudWatch: { retention: 90d } }
    exporters: [jmx]
topics:
  archive: { retention: { time: 365d }, config: { remote.storage.enable: true, local.retention.ms: 3600000 } }`);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::MSK::Cluster', {
      StorageMode: 'TIERED',
      BrokerNodeGroupInfo: {
        StorageInfo: { EBSStorageInfo: { ProvisionedThroughput: { Enabled: true, VolumeThroughput: 500 } } },
      },
      LoggingInfo: {
        BrokerLogs: { CloudWatchLogs: Match.absent(), S3: { Enabled: true, Bucket: 'logs', Prefix: 'kafka/' } },
        AuthorizerLogs: { CloudWatchLogs: { Enabled: true } },
      },
      OpenMonitoring: {
        Prometheus: { JmxExporter: { EnabledInBroker: true }, NodeExporter: { EnabledInBroker: false } },
      },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
    template.hasResourceProperties('AWS::MSK::Configuration', {
      ServerProperties: Match.stringLikeRegexp('num.replica.fetchers=4\n'),
    });
  });

  test('with Express brokers says nothing of the in-sync replicas of topics, which the service fixes', () => {
    const stack = environmentOf(`
kafka: { version: "3.9" }
nodePools: { brokers: { roles: [broker], replicas: 3 } }
targets: { msk: { brokerType: express, instanceType: express.m7g.large, rebalancing: ACTIVE } }
topics: { orders: {} }`);
    const [topic] = resourcesOf(stack, 'AWS::MSK::Topic');
    const config = Buffer.from(String(topic!.Properties.Configs), 'base64').toString('utf8');
    expect(config).not.toContain('min.insync.replicas');
    expect(config).toContain('retention.ms');
    Template.fromStack(stack).hasResourceProperties('AWS::MSK::Cluster', { Rebalancing: { Status: 'ACTIVE' } });
  });
});

test('tokens that name a bucket are taken, since they are checked by nobody', () => {
  const stack = testStack();
  const bucket = Bucket.fromBucketName(stack, 'Bucket', Fn.importValue('bucket'));
  expect(() => clusterIn(stack, { brokerLogs: MskLogs.to({ bucket }) })).not.toThrow();
});

test('a topic is tiered on a cluster with tiers, and says nothing of min ISR on Express brokers', () => {
  const stack = testStack();
  const brokers = MskBrokers.standard({ ...LARGE, storageMode: MskStorageMode.TIERED });
  const cluster = clusterIn(stack, { brokers, clientAuthentications: [ClientAuthentication.IAM] });
  const config = { 'remote.storage.enable': 'true', 'local.retention.ms': '3600000' };
  new MskTopic(stack, 'Archive', {
    cluster,
    topicName: 'archive',
    partitions: 3,
    retention: Retention.days(365),
    config,
  });
  expect(resourcesOf(stack, 'AWS::MSK::Topic')).toHaveLength(1);
  const express = testStack();
  const fast = clusterIn(express, { kafkaVersion: KafkaVersion.V4_2, brokers: MskBrokers.express(EXPRESS) });
  new MskTopic(express, 'Clicks', { cluster: fast, topicName: 'clicks', partitions: 3 });
  expect(resourcesOf(express, 'AWS::MSK::Topic')[0]!.Properties.Configs).toBeUndefined();
});
