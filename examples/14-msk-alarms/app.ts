import { App, Duration, Stack } from 'aws-cdk-lib';
import { GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import * as msk from 'kafka-deployment-kit/msk';

const app = new App();
const stack = new Stack(app, 'Payments', { env: { account: '111122223333', region: 'eu-west-1' } });
const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

const cluster = new msk.MskCluster(stack, 'Kafka', {
  clusterName: 'payments',
  network: new msk.KafkaNetwork(stack, 'Network', { availabilityZones: zones }),
  kafkaVersion: msk.KafkaVersion.V4_2,
  brokers: msk.MskBrokers.express({ instanceType: 'express.m7g.large', count: 3 }),
});

const oncall = new msk.KafkaAlarmTopic(stack, 'Oncall', { emails: ['oncall@example.com'] });
const alarms = new msk.MskAlarms(stack, 'Alarms', {
  cluster,
  critical: oncall.topic,
  warning: oncall.topic,
  lag: { settlement: { maxTimeLag: Duration.minutes(2) } },
  load: { ingressMiBps: 12, egressMiBps: 24 },
  severities: msk.KafkaAlarmSeverities.overriding({ 'throttled-by-service': msk.KafkaAlarmSeverity.CRITICAL }),
  thresholds: { 'too-many-replicas': 900 },
});

const dashboard = new msk.MskDashboard(stack, 'Dashboard', { alarms });
dashboard.addWidgets(
  new GraphWidget({
    title: 'Settlement behind, seconds',
    left: [cluster.metrics.timeLag({ group: 'settlement', topic: 'payments' })],
  }),
);
app.synth();
