import { Match, Template } from 'aws-cdk-lib/assertions';
import { BACKUP, MIRRORED, mirroredStack, SHOP } from '../../support/mirrored-environment';
import { resourcesOf } from '../../support/cdk';

interface Replicator {
  readonly Properties: {
    readonly ReplicatorName: string;
    readonly ReplicationInfoList: readonly {
      readonly TopicReplication: { readonly TopicsToReplicate: readonly string[] };
    }[];
  };
  readonly DependsOn: readonly string[];
}

const replicators = (template: Template): Replicator[] =>
  Object.values(template.findResources('AWS::MSK::Replicator')) as unknown as Replicator[];
const named = (template: Template, mirror: string): Replicator =>
  replicators(template).find(({ Properties }) => Properties.ReplicatorName.startsWith(`reports-${mirror}-`))!;

describe('mirrors of an environment on Amazon MSK', () => {
  const stack = mirroredStack();
  const template = Template.fromStack(stack);

  test('are a replicator each, from the named cluster to that of the environment', () => {
    expect(replicators(template)).toHaveLength(2);
    template.hasResourceProperties('AWS::MSK::Replicator', {
      ReplicatorName: Match.stringLikeRegexp('^reports-shop-[0-9a-f]{8}$'),
      KafkaClusters: [
        {
          AmazonMskCluster: { MskClusterArn: SHOP },
          VpcConfig: { SubnetIds: ['subnet-0a1b2c3d', 'subnet-1a2b3c4d'], SecurityGroupIds: ['sg-0c1d2e3f'] },
        },
        {
          AmazonMskCluster: { MskClusterArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('Cluster'), 'Arn'] } },
          VpcConfig: { SubnetIds: Match.anyValue(), SecurityGroupIds: [Match.anyValue()] },
        },
      ],
      ReplicationInfoList: [
        {
          SourceKafkaClusterArn: SHOP,
          TopicReplication: {
            TopicsToReplicate: ['shop\\.public\\.orders', 'clicks\\..*'],
            TopicNameConfiguration: { Type: 'PREFIXED_WITH_SOURCE_CLUSTER_ALIAS' },
          },
          ConsumerGroupReplication: { ConsumerGroupsToReplicate: ['billing-.*'] },
        },
      ],
    });
  });

  test('match the names that are written and no others', () => {
    const [name, prefix] = named(template, 'shop').Properties.ReplicationInfoList[0]!.TopicReplication
      .TopicsToReplicate;
    const matches = (regex: string | undefined, topic: string): boolean => new RegExp(`^(?:${regex})$`).test(topic);
    expect(
      ['shop.public.orders', 'shopxpublicxorders', 'shop.public.orders2'].map((topic) => matches(name, topic)),
    ).toEqual([true, false, false]);
    expect(['clicks.a', 'clicks', 'clicksxa'].map((topic) => matches(prefix, topic))).toEqual([true, false, false]);
  });

  test('come from another region without groups there, under the same names and with all groups', () => {
    template.hasResourceProperties('AWS::MSK::Replicator', {
      ReplicatorName: Match.stringLikeRegexp('^reports-backup-'),
      KafkaClusters: [
        {
          AmazonMskCluster: { MskClusterArn: BACKUP },
          VpcConfig: {
            SubnetIds: ['subnet-3a4b5c6d', 'subnet-4a5b6c7d', 'subnet-5a6b7c8d'],
            SecurityGroupIds: Match.absent(),
          },
        },
        Match.anyValue(),
      ],
      ReplicationInfoList: [
        {
          TopicReplication: { TopicNameConfiguration: { Type: 'IDENTICAL' } },
          ConsumerGroupReplication: { ConsumerGroupsToReplicate: ['.*'] },
        },
      ],
    });
  });

  test('make groups and ways in on the side of the environment alone', () => {
    const groups = resourcesOf(stack, 'AWS::EC2::SecurityGroup').map(({ Properties }) => Properties.GroupDescription);
    expect(groups.filter((text) => String(text).startsWith('Replicator'))).toHaveLength(2);
    const ingress = resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress');
    const ways = ingress.filter(({ Properties }) => String(Properties.Description).startsWith('Replicator'));
    expect(ways.map(({ Properties }) => Properties.FromPort)).toEqual([9098, 9098]);
    expect(JSON.stringify(ingress)).not.toContain('sg-0c1d2e3f');
  });

  test('wait for the topics of the stack that they would otherwise make first', () => {
    const topics = (mirror: string): string[] =>
      named(template, mirror)
        .DependsOn.filter((id) => /Topics/.test(id))
        .map((id) => id.replace(/.*Topics/, ''));
    expect(topics('shop')).toEqual([]);
    expect(topics('backup')).toEqual([expect.stringMatching(/^Topicrestoredorders/)]);
  });

  test('get another name where the service replaces them, so that the old one is not in the way', () => {
    const other = Template.fromStack(
      mirroredStack(MIRRORED.replace('clicks.*', 'views.*').replace('subnet-3a4b5c6d', 'subnet-6a7b8c9d')),
    );
    const name = (from: Template, mirror: string): string => named(from, mirror).Properties.ReplicatorName;
    expect(name(other, 'shop')).toBe(name(template, 'shop'));
    expect(name(other, 'backup')).not.toBe(name(template, 'backup'));
  });

  test('are the same on Serverless', () => {
    const serverless = MIRRORED.replace('target: msk', 'target: msk-serverless')
      .replace('  msk:', '  msk-serverless:')
      .replace(', volumes: [{ size: 10GiB }]', '');
    const made = Template.fromStack(
      mirroredStack(serverless.replace("kafka: { version: '4.1' }", "kafka: { version: '3.9' }")),
    );
    expect(replicators(made)).toHaveLength(2);
    made.resourceCountIs('AWS::MSK::ServerlessCluster', 1);
  });
});
