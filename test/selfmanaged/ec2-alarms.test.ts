import { Topic } from 'aws-cdk-lib/aws-sns';
import { Duration, Size, type Stack } from 'aws-cdk-lib/core';
import {
  Ec2Alarms,
  Ec2Dashboard,
  Ec2KafkaCluster,
  KafkaAlarmDeduplication,
  KafkaVersion,
  type Ec2AlarmsProps,
  type Ec2KafkaClusterProps,
} from '../../lib/selfmanaged';
import { reviewedAlarms } from '../support/alarm-review';
import { census, resourcesOf, testStack } from '../support/cdk';
import { vpcOf } from '../support/ec2';
import { expectGolden } from '../support/golden';

function clusterIn(stack: Stack, props: Partial<Ec2KafkaClusterProps> = {}): Ec2KafkaCluster {
  return new Ec2KafkaCluster(stack, 'Edge', {
    ...{ vpc: vpcOf(stack), kafkaVersion: KafkaVersion.V4_1, packages: 's3://packages/kafka', clusterName: 'edge' },
    controllers: { count: 3, storage: Size.gibibytes(20) },
    brokers: [{ count: 3, storage: Size.gibibytes(100) }],
    ...props,
  });
}

function alarmsIn(stack: Stack, props: Partial<Ec2AlarmsProps> = {}): Ec2Alarms {
  const topic = (id: string): Topic => new Topic(stack, id);
  const cluster = clusterIn(stack, { lag: { billing: { maxTimeLag: Duration.minutes(5) } } });
  return new Ec2Alarms(stack, 'Alarms', { cluster, critical: topic('Oncall'), warning: topic('Office'), ...props });
}

describe('alarms of a cluster on EC2', () => {
  test('are on metrics of its function, its instances and its volumes, and tell by pages', () => {
    const stack = testStack();
    const alarms = alarmsIn(stack);
    const { dashboardName } = new Ec2Dashboard(stack, 'Dashboard', { alarms });
    expect(alarms.alarmNames).toEqual(
      expect.arrayContaining([
        ...['edge-under-min-isr', 'edge-disk-full', 'edge-group-late-billing-time'],
        ...['edge-node-down-kafka', 'edge-node-down-instances-1', 'edge-volume-stalled-volumes-1'],
      ]),
    );
    expect(census(stack)).toMatchObject({ 'AWS::CloudWatch::Alarm': alarms.alarmNames.length });
    expectGolden('test/snapshots/ec2-alarms.txt', reviewedAlarms(stack));
    expect(stack.resolve(dashboardName)).toEqual({ Ref: expect.stringMatching(/^Dashboard/) as string });
    const [dashboard] = resourcesOf(stack, 'AWS::CloudWatch::Dashboard');
    expect(JSON.stringify(dashboard!.Properties)).toContain('BytesInPerSecond');
    expect(alarms.pageNames.length).toBeGreaterThan(3);
    const of = (name: string): Record<string, unknown> =>
      resourcesOf(stack, 'AWS::CloudWatch::Alarm').find(({ Properties }) => Properties.AlarmName === name)!.Properties;
    expect(of('edge-under-min-isr')).toMatchObject({
      ...{ Namespace: 'KafkaDeploymentKit', MetricName: 'UnderMinIsrPartitionCount', Statistic: 'Maximum' },
      ...{ Dimensions: [{ Name: 'Cluster', Value: 'edge' }], TreatMissingData: 'notBreaching', Threshold: 0 },
    });
    expect(of('edge-group-late-billing-time')).toMatchObject({ MetricName: 'LagSeconds', Threshold: 300 });
    expect(JSON.stringify(of('edge-volume-stalled-volumes-1'))).toContain('EdgeNodesbrokers0Volume1');
    expect(JSON.stringify(of('edge-node-down-instances-1'))).toContain('kafka-edge-controllers-0');
  });

  test('that take silence for wrong are made when the function looks', () => {
    const stack = testStack();
    alarmsIn(stack);
    const breaching = resourcesOf(stack, 'AWS::CloudWatch::Alarm').filter(
      ({ Properties }) => Properties.TreatMissingData === 'breaching',
    );
    expect(breaching.map(({ Properties }) => Properties.AlarmName)).toEqual(['edge-exporter-missing']);
    expect((breaching[0] as unknown as { DependsOn: string[] }).DependsOn).toEqual([
      expect.stringMatching(/^EdgeWatchEveryMinute/),
    ]);
  });

  test('can tell one by one, with other thresholds', () => {
    const stack = testStack();
    const alarms = alarmsIn(stack, {
      deduplication: KafkaAlarmDeduplication.none(),
      thresholds: { 'disk-full': 90 },
    });
    expect(alarms.pageNames).toEqual([]);
    expect(alarms.alarmsOf('disk-full')).toHaveLength(1);
    const full = resourcesOf(stack, 'AWS::CloudWatch::Alarm').find(
      ({ Properties }) => Properties.AlarmName === 'edge-disk-full',
    )!;
    expect(full.Properties).toMatchObject({
      Threshold: 90,
      AlarmActions: [{ Ref: expect.stringMatching(/^Oncall/) as string }],
    });
  });

  test('fails for a cluster that this app does not make, and for thresholds that would never fire', () => {
    const stack = testStack();
    expect(() => alarmsIn(stack, { thresholds: { 'disk-full': 100 } })).toThrow(
      'thresholds.disk-full: the threshold is out of range, got 100; 1 to 99 (percent) are allowed.',
    );
    const other = { ...clusterIn(testStack()) } as unknown as Ec2KafkaCluster;
    expect(() => new Ec2Alarms(stack, 'Others', { cluster: other })).toThrow(
      'got a cluster that this app does not make',
    );
  });
});

describe('metrics of a cluster on EC2', () => {
  test('are those that its function publishes, of the cluster, of nodes and of groups', () => {
    const { metrics } = clusterIn(testStack(), { lag: { billing: { maxOffsetLag: 10 } } });
    expect(metrics.underMinIsrPartitions()).toMatchObject({
      ...{ namespace: 'KafkaDeploymentKit', statistic: 'Maximum', dimensions: { Cluster: 'edge' } },
    });
    expect(metrics.diskUsed('brokers-1').dimensions).toEqual({ Cluster: 'edge', Node: 'brokers-1' });
    expect(metrics.groupTimeLag('billing').dimensions).toEqual({ Cluster: 'edge', Group: 'billing' });
    expect([metrics.offlinePartitions(), metrics.groupOffsetLag('billing')]).toHaveLength(2);
  });

  test('fails for one that nobody publishes: an alarm on it would be silent for ever', () => {
    const { metrics } = clusterIn(testStack());
    expect(() => metrics.metric('UnderMinIsr')).toThrow('no such metric is published, got UnderMinIsr; ');
    expect(() => metrics.metricOfNode('OpenFilesPercent', 'brokers-0')).toThrow(
      'got OpenFilesPercent; BytesInPerSecond',
    );
    expect(() => metrics.groupTimeLag('billing')).toThrow(
      'the lag of the group is not published, got billing; no group is.',
    );
  });
});
