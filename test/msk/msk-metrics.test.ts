import { Match, Template } from 'aws-cdk-lib/assertions';
import { KafkaAlarmTopic, MskMonitoringLevel } from '../../lib/msk';
import { testStack } from '../support/cdk';
import { express, provisioned } from '../support/msk-clusters';

test('a topic for alarms is encrypted with a key that they may use', () => {
  const stack = testStack();
  new KafkaAlarmTopic(stack, 'Oncall', { emails: ['oncall@example.com'] });
  const template = Template.fromStack(stack);
  const cloudwatch = { Service: 'cloudwatch.amazonaws.com' };
  template.hasResourceProperties('AWS::KMS::Key', {
    EnableKeyRotation: true,
    KeyPolicy: {
      Statement: Match.arrayWith([
        Match.objectLike({ Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Principal: cloudwatch }),
      ]),
    },
  });
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({ Action: 'sns:Publish', Principal: cloudwatch })]),
    },
  });
  template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'oncall@example.com' });
});

describe('metrics of a cluster', () => {
  test('are those that its kind publishes', () => {
    const stack = testStack();
    const { metrics } = provisioned(stack, express());
    expect(stack.resolve(metrics.bytesIn(2).toMetricConfig())).toMatchObject({
      metricStat: {
        namespace: 'AWS/Kafka',
        metricName: 'BytesInPerSec',
        dimensions: [
          { name: 'Broker ID', value: '2' },
          { name: 'Cluster Name', value: 'events' },
        ],
      },
    });
    expect(metrics.timeLag({ group: 'billing', topic: 'orders' }).statistic).toBe('Maximum');
    expect(metrics.cpuUtilization(1).expression).toBe('user + system');
    expect(metrics.storageUsed().metricName).toBe('StorageUsed');
  });

  test('fail where its kind or its level does not publish them', () => {
    const stack = testStack();
    const { metrics } = provisioned(stack, { ...express(), monitoringLevel: MskMonitoringLevel.DEFAULT });
    expect(() => metrics.underReplicatedPartitions(1)).toThrow(
      /express clusters do not publish it, got UnderReplicatedPartitions by Cluster Name, Broker ID/,
    );
    expect(() => metrics.metric('RequestHandlerAvgIdlePercent', { dimensionsMap: { 'Broker ID': '1' } })).toThrow(
      /the monitoring level does not publish RequestHandlerAvgIdlePercent, got DEFAULT; PER_BROKER is needed\./,
    );
    expect(() => metrics.metric('BytesInPerSec', { dimensionsMap: { Topic: 'orders' } })).toThrow(
      /got BytesInPerSec by Cluster Name, Topic; Cluster Name, Broker ID or Cluster Name, Broker ID, Topic is allowed\./,
    );
  });
});
