import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { MskTopic, Retention, type MskTopicProps } from '../../lib/msk';
import { resourcesOf, testStack } from '../support/cdk';
import { clusterIn } from '../support/msk';
import type { Stack } from 'aws-cdk-lib/core';

function topicIn(stack: Stack, props: Partial<MskTopicProps> = {}): MskTopic {
  return new MskTopic(stack, 'Orders', { cluster: clusterIn(stack), topicName: 'orders', partitions: 48, ...props });
}

/** What the service will read out of the base64. */
function configOf(stack: Stack): unknown {
  const [topic] = resourcesOf(stack, 'AWS::MSK::Topic');
  return JSON.parse(Buffer.from(String(topic!.Properties.Configs), 'base64').toString('utf8'));
}

describe('a topic', () => {
  test('with default properties has three replicas, of which two must have a record, and is retained', () => {
    const stack = testStack();
    topicIn(stack);
    Template.fromStack(stack).hasResource('AWS::MSK::Topic', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { TopicName: 'orders', PartitionCount: 48, ReplicationFactor: 3 },
    });
    expect(configOf(stack)).toEqual({ 'min.insync.replicas': '2' });
  });

  test('with all properties takes every one of them', () => {
    const stack = testStack();
    topicIn(stack, {
      replicationFactor: 2,
      minInSyncReplicas: 1,
      retention: Retention.days(30),
      config: { 'compression.type': 'zstd' },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Template.fromStack(stack).hasResource('AWS::MSK::Topic', {
      DeletionPolicy: 'Delete',
      Properties: { ReplicationFactor: 2 },
    });
    expect(configOf(stack)).toEqual({
      'compression.type': 'zstd',
      'min.insync.replicas': '1',
      'retention.ms': '2592000000',
    });
  });

  test.each<[string, Partial<MskTopicProps>, string]>([
    ['a name with a space', { topicName: 'bad name' }, 'topicName: not a name for a topic, got "bad name"'],
    ['no partitions', { partitions: 0 }, 'partitions: not a number of partitions, got 0'],
    ['no replicas', { replicationFactor: 0 }, 'replicationFactor: not a number of replicas, got 0'],
    [
      'min ISR equal to the replication factor',
      { minInSyncReplicas: 3 },
      'minInSyncReplicas: no broker could be restarted without stopping producers, got 3 of 3 replicas; 1 to 2 are allowed. Give 2.',
    ],
  ])('fails for %s', (_what, props, message) => {
    expect(() => topicIn(testStack(), props)).toThrow(message);
  });
});

describe('retention', () => {
  test('is a length of time or for ever', () => {
    expect(
      [Retention.days(1), Retention.hours(2), Retention.millis(5), Retention.forever()].map((one) =>
        one.toMilliseconds(),
      ),
    ).toEqual([86_400_000, 7_200_000, 5, -1]);
  });

  test('fails for nothing at all', () => {
    expect(() => Retention.days(0)).toThrow('retention: not a length of time, got 0 ms');
  });
});
