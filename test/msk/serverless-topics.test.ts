import { gunzipSync } from 'node:zlib';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { parseDesired, type DesiredState } from '../../lib/core/plan';
import { MskServerlessCluster, MskTopic, Retention, type MskTopicProps } from '../../lib/msk';
import { PLACE, resourcesOf, testStack } from '../support/cdk';
import { NETWORK } from '../support/msk';

const serverlessIn = (stack: Stack): MskServerlessCluster =>
  new MskServerlessCluster(stack, 'Events', { network: NETWORK });

const orders = (stack: Stack, props: Partial<MskTopicProps> = {}): MskTopic =>
  new MskTopic(stack, 'Orders', { cluster: serverlessIn(stack), topicName: 'orders', partitions: 12, ...props });

/** What the function will read out of the resource. */
function desiredOf(stack: Stack): DesiredState {
  const [resource] = resourcesOf(stack, 'Custom::KafkaReconciler');
  const read = parseDesired(gunzipSync(Buffer.from(String(resource!.Properties.Desired), 'base64')).toString('utf8'));
  if (!('desired' in read)) throw new Error(read.problem);
  return read.desired;
}

describe('topics of a Serverless cluster', () => {
  test('are made by one resource of the cluster, however many constructs add them', () => {
    const stack = testStack();
    const cluster = serverlessIn(stack);
    new MskTopic(stack, 'Orders', { cluster, topicName: 'orders', partitions: 12, retention: Retention.days(30) });
    new MskTopic(stack, 'Clicks', {
      cluster,
      topicName: 'clicks',
      partitions: 3,
      config: { 'compression.type': 'zstd' },
    });
    expect(resourcesOf(stack, 'Custom::KafkaReconciler')).toHaveLength(1);
    expect(resourcesOf(stack, 'AWS::MSK::Topic')).toHaveLength(0);
    const { topics, topicsManagedBy, target } = desiredOf(stack);
    expect([target, topicsManagedBy]).toEqual(['msk-serverless', 'reconciler']);
    expect(topics.map(({ name, partitions, config }) => [name, partitions, config['retention.ms']])).toEqual([
      ['clicks', 3, '604800000'],
      ['orders', 12, '2592000000'],
    ]);
    expect(topics[0]!.config['compression.type']).toBe('zstd');
  });

  test('need no function where no topic is declared', () => {
    const stack = testStack();
    serverlessIn(stack);
    expect(resourcesOf(stack, 'Custom::KafkaReconciler')).toHaveLength(0);
  });

  test('have ARNs as policies name them', () => {
    const stack = testStack();
    const topic = orders(stack);
    expect(JSON.stringify(stack.resolve(topic.topicArn))).toMatch(/:topic\/.*\/orders/);
  });

  test.each<[string, Partial<MskTopicProps>, string]>([
    ['an option that the service does not take', { config: { 'segment.bytes': '1' } }, 'config["segment.bytes"]'],
    [
      'another replication factor than the one that the service fixes',
      { replicationFactor: 2 },
      'replicationFactor: the service fixes replicationFactor, got 2; 3 is allowed.',
    ],
    ['another min ISR', { minInSyncReplicas: 1 }, 'minInSyncReplicas: the service fixes'],
    ['a name that Kafka keeps', { topicName: '__consumer_offsets' }, 'topicName: the topic belongs to Kafka itself'],
    [
      'a policy that would delete it',
      { removalPolicy: RemovalPolicy.DESTROY },
      'removalPolicy: the topic is not a resource of the stack, got destroy; retain is allowed',
    ],
  ])('fails for %s, and names the construct', (_what, props, message) => {
    expect(() => orders(testStack(), props)).toThrow(message);
    expect(() => orders(testStack(), props)).toThrow(/^Test\/Orders:/);
  });

  test('fails for one that is declared twice', () => {
    const stack = testStack();
    const { cluster } = { cluster: serverlessIn(stack) };
    new MskTopic(stack, 'One', { cluster, topicName: 'orders', partitions: 1 });
    expect(() => new MskTopic(stack, 'Two', { cluster, topicName: 'orders', partitions: 1 })).toThrow(
      'topicName: the topic is there already, got orders twice on one cluster',
    );
  });

  test('carry their acknowledgements to the deployment', () => {
    const stack = testStack();
    const cut = {
      code: 'TOPIC-RETENTION-CUT',
      path: 'topics.orders.retention.time',
      from: '7d',
      to: '1d',
      reason: 'GDPR-311',
    };
    orders(stack, { retention: Retention.days(1), acknowledge: [cut] });
    expect(desiredOf(stack).acknowledgements).toEqual([{ ...cut, at: 'acknowledge[0]' }]);
  });

  test('fails at synth for more partitions together than the service has', () => {
    const app = new App();
    const stack = new Stack(app, 'Test', { env: PLACE });
    const cluster = serverlessIn(stack);
    for (const name of ['one', 'two', 'three']) {
      new MskTopic(stack, name, { cluster, topicName: name, partitions: 1000 });
    }
    expect(() => app.synth()).toThrow('the topics have too many partitions, got 3000; at most 2400 are allowed');
  });
});
