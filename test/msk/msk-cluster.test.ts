import { Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy, Size } from 'aws-cdk-lib/core';
import {
  ClientAuthentication,
  KafkaNetwork,
  KafkaVersion,
  MskBrokers,
  MskCluster,
  MskMonitoringLevel,
} from '../../lib/msk';
import { census, resourcesOf, testStack } from '../support/cdk';
import { clusterIn } from '../support/msk';

describe('a provisioned cluster', () => {
  test('with default properties is private, encrypted, authenticated by IAM, watched and retained', () => {
    const stack = testStack();
    clusterIn(stack);
    const template = Template.fromStack(stack);
    template.hasResource('AWS::MSK::Cluster', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        KafkaVersion: '4.1.x.kraft',
        NumberOfBrokerNodes: 3,
        BrokerNodeGroupInfo: {
          ClientSubnets: ['subnet-1', 'subnet-2', 'subnet-3'],
          InstanceType: 'kafka.m7g.large',
          StorageInfo: { EBSStorageInfo: { VolumeSize: 100 } },
        },
        ClientAuthentication: {
          Sasl: { Iam: { Enabled: true }, Scram: { Enabled: false } },
          Tls: Match.absent(),
          Unauthenticated: { Enabled: false },
        },
        EncryptionInfo: {
          EncryptionAtRest: { DataVolumeKMSKeyId: { 'Fn::GetAtt': Match.anyValue() } },
          EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true },
        },
        EnhancedMonitoring: 'PER_BROKER',
        LoggingInfo: { BrokerLogs: { CloudWatchLogs: { Enabled: true, LogGroup: Match.anyValue() } } },
        ConfigurationInfo: {
          Revision: { 'Fn::GetAtt': [Match.stringLikeRegexp('Configuration'), 'LatestRevision.Revision'] },
        },
      },
    });
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent(), VpcId: 'vpc-1' });
    expect(resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
  });

  test('needs nine resources beside its network and none of them twice', () => {
    const stack = testStack();
    clusterIn(stack);
    expect(census(stack)).toEqual({
      'AWS::EC2::SecurityGroup': 1,
      'AWS::KMS::Key': 1,
      'AWS::Logs::LogGroup': 3,
      'AWS::MSK::Configuration': 1,
      'AWS::MSK::Cluster': 1,
      'AWS::IAM::Role': 1,
      'AWS::Lambda::Function': 1,
      'Custom::KafkaBootstrapBrokers': 1,
    });
  });

  test('with all properties takes every one of them', () => {
    const stack = testStack();
    const clusters = clusterIn(stack, {
      network: KafkaNetwork.fromIds('vpc-1', ['subnet-1', 'subnet-2']),
      kafkaVersion: KafkaVersion.V3_9,
      brokers: MskBrokers.standard({
        instanceType: 'kafka.m7g.xlarge',
        count: 4,
        storage: Size.tebibytes(1),
        storageAutoscaling: { maxStorage: Size.tebibytes(4), targetUtilization: 0.5 },
      }),
      securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Given', 'sg-1')],
      clusterName: 'events',
      clientAuthentications: [
        ClientAuthentication.IAM,
        ClientAuthentication.SCRAM_SHA_512,
        ClientAuthentication.MTLS,
        ClientAuthentication.NONE,
      ],
      certificateAuthorityArns: ['arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1'],
      configuration: { 'log.retention.hours': '24', 'auto.create.topics.enable': 'true' },
      encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1'),
      monitoringLevel: MskMonitoringLevel.PER_TOPIC_PER_BROKER,
      exporters: [],
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const template = Template.fromStack(stack);
    template.hasResource('AWS::MSK::Cluster', {
      DeletionPolicy: 'Delete',
      Properties: {
        ClusterName: 'events',
        KafkaVersion: '3.9.x.kraft',
        NumberOfBrokerNodes: 4,
        BrokerNodeGroupInfo: { SecurityGroups: ['sg-1'], InstanceType: 'kafka.m7g.xlarge' },
        ClientAuthentication: {
          Sasl: { Iam: { Enabled: true }, Scram: { Enabled: true } },
          Tls: {
            Enabled: true,
            CertificateAuthorityArnList: ['arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1'],
          },
          Unauthenticated: { Enabled: true },
        },
        EncryptionInfo: { EncryptionAtRest: { DataVolumeKMSKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/1' } },
        EnhancedMonitoring: 'PER_TOPIC_PER_BROKER',
        OpenMonitoring: Match.absent(),
      },
    });
    template.resourceCountIs('AWS::KMS::Key', 0);
    template.hasResourceProperties('AWS::MSK::Configuration', {
      Name: 'events',
      ServerProperties: Match.stringLikeRegexp('^auto.create.topics.enable=true\n[^]*log.retention.hours=24\n'),
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      ServiceNamespace: 'kafka',
      ScalableDimension: 'kafka:broker-storage:VolumeSize',
      MaxCapacity: 4096,
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: { TargetValue: 50, DisableScaleIn: true },
    });
    expect(clusters.clusterName).toBe('events');
  });

  test('sets broker options that are safe in production, sorted', () => {
    const stack = testStack();
    clusterIn(stack);
    const [configuration] = resourcesOf(stack, 'AWS::MSK::Configuration');
    expect(String(configuration!.Properties.ServerProperties).trimEnd().split('\n')).toEqual([
      'auto.create.topics.enable=false',
      'default.replication.factor=3',
      'min.insync.replicas=2',
      'offsets.topic.replication.factor=3',
      'replica.selector.class=org.apache.kafka.common.replica.RackAwareReplicaSelector',
      'transaction.state.log.min.isr=2',
      'transaction.state.log.replication.factor=3',
      'unclean.leader.election.enable=false',
    ]);
  });

  test('of Express brokers leaves out storage and the options that the service fixes', () => {
    const stack = testStack();
    clusterIn(stack, {
      kafkaVersion: KafkaVersion.V4_2,
      brokers: MskBrokers.express({ instanceType: 'express.m7g.large', count: 3 }),
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::MSK::Cluster', {
      KafkaVersion: '4.2.x.kraft',
      BrokerNodeGroupInfo: { InstanceType: 'express.m7g.large', StorageInfo: Match.absent() },
    });
    template.hasResourceProperties('AWS::MSK::Configuration', {
      ServerProperties: Match.not(Match.stringLikeRegexp('unclean|min.insync|default.replication')),
    });
  });

  test('takes a VPC of the CDK and spreads over its private subnets', () => {
    const stack = testStack({});
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
    new MskCluster(stack, 'Events', {
      vpc,
      kafkaVersion: KafkaVersion.V4_1,
      brokers: MskBrokers.standard({ instanceType: 'kafka.m7g.large', count: 2, storage: Size.gibibytes(10) }),
    });
    const [cluster] = resourcesOf(stack, 'AWS::MSK::Cluster');
    const group = cluster!.Properties.BrokerNodeGroupInfo as { ClientSubnets: unknown[] };
    expect(group.ClientSubnets).toEqual(vpc.privateSubnets.map(({ subnetId }) => stack.resolve(subnetId) as unknown));
  });
});
