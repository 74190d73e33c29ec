import { Match, Template } from 'aws-cdk-lib/assertions';
import { Stack, type App } from 'aws-cdk-lib/core';
import { replicatorRegex } from '../../../lib/core/msk-connect';
import {
  ClientAuthentication,
  MskCluster,
  MskReplicator,
  MskReplicatorOffsetSync,
  MskReplicatorTopicNaming,
  type MskClusterBase,
  type MskReplicatorProps,
} from '../../../lib/msk';
import { resourcesOf, testStack } from '../../support/cdk';
import { clusterIn, NETWORK } from '../../support/msk';

const ARN = 'arn:aws:kafka:eu-west-1:111122223333:cluster/old/11111111-2222-3333-4444-555555555555-1';

function imported(stack: Stack, clusterArn = ARN, iam = true): MskClusterBase {
  const clientAuthentications = [iam ? ClientAuthentication.IAM : ClientAuthentication.MTLS];
  return MskCluster.fromClusterAttributes(stack, 'Old', { clusterArn, network: NETWORK, clientAuthentications });
}

function replicatorIn(stack: Stack, props: Partial<MskReplicatorProps> = {}): void {
  new MskReplicator(stack, 'R', {
    source: props.source ?? { cluster: imported(stack) },
    target: props.target ?? { cluster: clusterIn(stack) },
    topics: ['shop.*', 'orders'],
    ...props,
  });
}

describe('a replicator', () => {
  test.each([
    ['orders', 'orders'],
    ['shop.*', 'shop\\..*'],
    ['a.b-c_d', 'a\\.b-c_d'],
    ['*', '.*'],
    ['a+(b)*', 'a\\+\\(b\\).*'],
  ])('matches %s as %s, no more and no less', (pattern, regex) => {
    expect(replicatorRegex(pattern)).toBe(regex);
    const name = pattern.replace(/\*$/, 'x');
    expect(new RegExp(`^(${regex})$`).test(name)).toBe(true);
    expect(new RegExp(`^(${regex})$`).test(name.replace('.', 'Z'))).toBe(!name.includes('.') || pattern === '*');
  });

  test('copies the named topics from one side to the other, with a role for exactly that', () => {
    const stack = testStack();
    replicatorIn(stack);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::MSK::Replicator', {
      KafkaClusters: [
        { AmazonMskCluster: { MskClusterArn: ARN }, VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'] } },
        { AmazonMskCluster: { MskClusterArn: { 'Fn::GetAtt': Match.anyValue() } } },
      ],
      ReplicationInfoList: [
        {
          SourceKafkaClusterArn: ARN,
          TargetCompressionType: 'NONE',
          TopicReplication: {
            TopicsToReplicate: ['shop\\..*', 'orders'],
            TopicNameConfiguration: { Type: 'PREFIXED_WITH_SOURCE_CLUSTER_ALIAS' },
            StartingPosition: { Type: 'LATEST' },
          },
          ConsumerGroupReplication: { ConsumerGroupsToReplicate: ['.*'], SynchroniseConsumerGroupOffsets: true },
        },
      ],
      LogDelivery: { ReplicatorLogDelivery: { CloudWatchLogs: { Enabled: true } } },
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 9098 });
    const roles = JSON.stringify(resourcesOf(stack, 'AWS::IAM::Role'));
    expect(roles).toContain('kafka.amazonaws.com');
    expect(roles).toMatch(/\/\*\.orders"/);
    expect(roles).not.toContain('kafka-cluster:AlterCluster"');
  });

  test('makes no group in the region of its source where that is another one', () => {
    const stack = testStack();
    replicatorIn(stack, { source: { cluster: imported(stack, ARN.replace('eu-west-1', 'eu-central-1')) } });
    Template.fromStack(stack).hasResourceProperties('AWS::MSK::Replicator', {
      KafkaClusters: [
        { VpcConfig: { SecurityGroupIds: Match.absent() } },
        { VpcConfig: { SecurityGroupIds: [Match.anyValue()] } },
      ],
    });
    const groups = resourcesOf(stack, 'AWS::EC2::SecurityGroup').map(({ Properties }) => Properties.GroupDescription);
    expect(groups.filter((text) => String(text).startsWith('Replicator'))).toHaveLength(1);
  });

  test.each<[what: string, awsRule: string, define: (stack: Stack) => void, message: RegExp]>([
    [
      'a cluster onto itself',
      'two different clusters',
      (stack) => {
        const cluster = imported(stack);
        replicatorIn(stack, { source: { cluster }, target: { cluster } });
      },
      /source: the cluster would be copied onto itself/,
    ],
    [
      'another account',
      'one account',
      (stack) =>
        replicatorIn(stack, { source: { cluster: imported(stack, ARN.replace('111122223333', '444455556666')) } }),
      /two accounts, got 444455556666 and 111122223333/,
    ],
    [
      'another region',
      'in the region of the target',
      (stack) =>
        replicatorIn(stack, {
          source: { cluster: clusterIn(stack) },
          target: { cluster: imported(stack, ARN.replace('eu-west-1', 'eu-central-1')) },
        }),
      /target in eu-central-1 and a stack in eu-west-1/,
    ],
    [
      'a cluster without IAM',
      'IAM on both sides',
      (stack) => replicatorIn(stack, { source: { cluster: imported(stack, ARN, false) } }),
      /source\.cluster: a replicator logs in with iam, got a cluster with mtls/,
    ],
    [
      'GovCloud',
      'not in AWS GovCloud',
      (stack) => {
        const there = new Stack(stack.node.root as App, 'Gov', {
          env: { account: '111122223333', region: 'us-gov-west-1' },
        });
        const arn = ARN.replace('eu-west-1', 'us-gov-west-1');
        const target = MskCluster.fromClusterAttributes(there, 'New', {
          clusterArn: arn.replace('old', 'new'),
          network: NETWORK,
        });
        replicatorIn(there, { source: { cluster: imported(there, arn) }, target: { cluster: target } });
      },
      /target: there is no MSK Replicator, got us-gov-west-1/,
    ],
    [
      'a pattern twice',
      'distinct patterns',
      (stack) => replicatorIn(stack, { topics: ['a', 'a'] }),
      /topics: a pattern is there twice, got a/,
    ],
    [
      'one subnet',
      '2 or 3 subnets',
      (stack) =>
        replicatorIn(stack, { source: { cluster: imported(stack), network: { vpcId: 'v', subnetIds: ['s'] } } }),
      /source\.network: .* got 1; 2 or 3/,
    ],
    [
      '101 patterns',
      '100 patterns',
      (stack) => replicatorIn(stack, { topics: Array.from({ length: 101 }, (_, index) => `t${index}`) }),
      /topics: too many patterns, got 101/,
    ],
    [
      'no topic',
      'one topic at least',
      (stack) => replicatorIn(stack, { topics: [] }),
      /topics: nothing would be copied/,
    ],
    [
      'ENHANCED with prefixes',
      'ENHANCED needs IDENTICAL',
      (stack) => replicatorIn(stack, { offsetSync: MskReplicatorOffsetSync.ENHANCED }),
      /offsetSync: .* allowed with IDENTICAL/,
    ],
    [
      'a name with a dot',
      'letters, digits, dashes',
      (stack) => replicatorIn(stack, { replicatorName: 'a.b' }),
      /replicatorName: not a name/,
    ],
  ])('fails for %s (AWS: %s)', (_what, _rule, define, message) => {
    expect(() => define(testStack())).toThrow(message);
  });

  test('carries offsets over both ways where names are the same', () => {
    const stack = testStack();
    replicatorIn(stack, {
      offsetSync: MskReplicatorOffsetSync.ENHANCED,
      topicNaming: MskReplicatorTopicNaming.IDENTICAL,
    });
    Template.fromStack(stack).hasResourceProperties('AWS::MSK::Replicator', {
      ReplicationInfoList: [{ ConsumerGroupReplication: { ConsumerGroupOffsetSyncMode: 'ENHANCED' } }],
    });
  });
});
