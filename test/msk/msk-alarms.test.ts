import { Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Duration, Size, type Stack } from 'aws-cdk-lib/core';
import {
  KafkaAlarmDeduplication,
  KafkaAlarmNaming,
  KafkaAlarmSeverities,
  KafkaAlarmSeverity,
  MskAlarms,
  type MskBrokers,
  MskCluster,
  MskLogs,
  MskMonitoringLevel,
  type IKafkaAlarmDeduplication,
  type MskAlarmsProps,
  type MskClusterBase,
  type MskClusterProps,
} from '../../lib/msk';
import { reviewedAlarms } from '../support/alarm-review';
import { census, resourcesOf, testStack, warningsOf } from '../support/cdk';
import { expectGolden } from '../support/golden';
import { express, provisioned, serverless } from '../support/msk-clusters';

function alarmed(
  cluster: (stack: Stack) => MskClusterBase,
  props: Omit<MskAlarmsProps, 'cluster'> = {},
): { readonly stack: Stack; readonly alarms: MskAlarms } {
  const stack = testStack();
  const told = Topic.fromTopicArn(stack, 'Oncall', 'arn:aws:sns:eu-west-1:111122223333:oncall');
  const alarms = new MskAlarms(stack, 'Alarms', { cluster: cluster(stack), critical: told, ...props });
  return { stack, alarms };
}

const LAG = { lag: { billing: { maxTimeLag: Duration.minutes(5), maxOffsetLag: 10_000 } } };

describe('alarms of a cluster', () => {
  test.each([
    ['standard', (stack: Stack) => provisioned(stack)],
    ['express', (stack: Stack) => provisioned(stack, express())],
    ['serverless', serverless],
  ] as const)('of %s are what was reviewed', (kind, cluster) => {
    const { stack } = alarmed(cluster, {
      ...LAG,
      load: { ingressMiBps: 4, egressMiBps: 8, retained: Size.tebibytes(2) },
    });
    expectGolden(`test/snapshots/msk-alarms-${kind}.txt`, reviewedAlarms(stack));
  });

  test('of sixty brokers are a handful more than of three', () => {
    const of = (count: number): Record<string, number> =>
      census(alarmed((stack) => provisioned(stack, express(count))).stack);
    const [few, many] = [of(3), of(60)];
    expect(many['AWS::CloudWatch::Alarm']! - few['AWS::CloudWatch::Alarm']!).toBe(11);
    expect(many['AWS::CloudWatch::CompositeAlarm']).toBe(few['AWS::CloudWatch::CompositeAlarm']);
  });

  test('tell once: metrics tell nobody, a page tells of all that answer one question, and again when it is over', () => {
    const { stack, alarms } = alarmed((of) => provisioned(of));
    for (const { Properties } of resourcesOf(stack, 'AWS::CloudWatch::Alarm')) {
      expect(Properties).not.toHaveProperty('AlarmActions');
    }
    const told = ['arn:aws:sns:eu-west-1:111122223333:oncall'];
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
      AlarmName: 'events-critical-data-safe',
      AlarmRule:
        'ALARM("events-offline-partitions") OR ALARM("events-under-min-isr") OR ALARM("events-offline-log-dir")',
      AlarmActions: told,
      OKActions: told,
    });
    // The warning about the same is quiet meanwhile.
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
      AlarmName: 'events-warning-data-safe',
      ActionsSuppressor: Match.objectLike({ 'Fn::GetAtt': [Match.stringLikeRegexp('criticaldatasafe'), 'Arn'] }),
      AlarmActions: Match.absent(),
    });
    expect(alarms.pageNames).toContain('events-critical-available');
  });

  test('by severity are two pages, and with none every alarm tells by itself', () => {
    const pages = (deduplication: IKafkaAlarmDeduplication): string[] =>
      alarmed((of) => provisioned(of), { deduplication }).alarms.pageNames;
    expect(pages(KafkaAlarmDeduplication.bySeverity())).toEqual(['events-critical', 'events-warning']);
    const { stack, alarms } = alarmed((of) => provisioned(of), {
      deduplication: KafkaAlarmDeduplication.none(),
      notifyWhenOver: false,
    });
    expect(alarms.pageNames).toEqual([]);
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'events-disk-full',
      AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:oncall'],
      OKActions: Match.absent(),
    });
  });

  test('follow strategies of their own: names, severities and what is one event', () => {
    const { alarms } = alarmed((of) => provisioned(of), {
      naming: KafkaAlarmNaming.prefixed('shop-'),
      severities: KafkaAlarmSeverities.overriding({
        'under-replicated': KafkaAlarmSeverity.CRITICAL,
        'heap-full': KafkaAlarmSeverity.OFF,
      }),
      deduplication: { pageOf: ({ signal, severity }) => (signal.startsWith('disk-') ? 'disks' : severity) },
    });
    expect(alarms.alarmNames).toContain('shop-events-under-replicated');
    expect(alarms.alarmNames).not.toContain('shop-events-heap-full');
    expect(alarms.pageNames).toEqual(['shop-events-critical', 'shop-events-disks', 'shop-events-warning']);
    expect(alarms.alarmsOf('disk-full')).toHaveLength(1);
    expect(alarms.alarmsOf('disk-full')[0]).toBe(alarms.alarmsOf('disk-full')[0]);
  });

  test('are quiet while another alarm is on', () => {
    const arn = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:deploying';
    const stack = testStack();
    const suppressedBy = Alarm.fromAlarmArn(stack, 'Deploying', arn);
    new MskAlarms(stack, 'Alarms', { cluster: provisioned(stack), suppressedBy });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
      AlarmName: 'events-critical-data-safe',
      ActionsSuppressor: arn,
    });
    template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
      AlarmName: 'events-warning-data-safe-quiet',
      AlarmRule: 'ALARM("events-critical-data-safe") OR ALARM("deploying")',
    });
  });

  test('of more than a page takes are pages of parts', () => {
    const lag = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`group-${i}`, { maxOffsetLag: 10 }]));
    const { alarms, stack } = alarmed((of) => provisioned(of), { lag });
    expect(alarms.pageNames.filter((name) => name.includes('late'))).toEqual(['events-critical-late']);
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::CompositeAlarm', {
      AlarmRule: 'ALARM("events-critical-late-part-1") OR ALARM("events-critical-late-part-2")',
    });
  });

  test('count in the log of the brokers what no metric says, where it is in CloudWatch', () => {
    const { stack } = alarmed((of) => provisioned(of));
    Template.fromStack(stack).hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: '"Stopping serving logs in dir"',
      MetricTransformations: [
        Match.objectLike({ MetricNamespace: 'KafkaDeploymentKit/events', MetricName: 'OfflineLogDirs' }),
      ],
    });
    const { stack: other, alarms } = alarmed((of) =>
      provisioned(of, { brokerLogs: MskLogs.to({ deliveryStreamName: 'logs' }) }),
    );
    expect(census(other)['AWS::Logs::MetricFilter']).toBeUndefined();
    expect(alarms.alarmNames).not.toContain('events-offline-log-dir');
  });

  test('say whom nobody tells, and what the level does not show', () => {
    const stack = testStack();
    new MskAlarms(stack, 'Alarms', { cluster: provisioned(stack, { monitoringLevel: MskMonitoringLevel.DEFAULT }) });
    expect(warningsOf(stack).filter((text) => /nobody/.test(text))).toEqual([
      expect.stringMatching(
        /^the monitoring level DEFAULT has no metrics for request-handlers-busy, .*: nobody sees them\. Raise it to PER_BROKER/,
      ),
      expect.stringMatching(/^critical alarms tell nobody: no topic is given\./),
    ]);
  });

  test('fail for what cannot be, all at once', () => {
    expect(() =>
      alarmed((of) => provisioned(of, express()), {
        thresholds: { 'cpu-busy': 0, 'disk-full': 90 },
        severities: KafkaAlarmSeverities.overriding({ 'under-replicated': KafkaAlarmSeverity.CRITICAL }),
      }),
    ).toThrow(
      /Test\/Alarms:\n {2}severities.under-replicated: no metric of express clusters says it, .*\n {2}thresholds.disk-full: no metric .*\n {2}thresholds.cpu-busy: the threshold is out of range, got 0; 1 to 99 \(percent\) are allowed\./,
    );
    expect(() =>
      alarmed((of) => provisioned(of), {
        lag: { bücher: { maxOffsetLag: 1 }, billing: {} },
        brokersLost: 3,
        maxDiskUtilization: 70,
      }),
    ).toThrow(
      /brokersLost: not a number of brokers that may go, got 3; 0 to 2 is allowed\..*\n.*maxDiskUtilization: not a share, got 70.*\n.*lag.bücher: CloudWatch cannot carry the name of the group, got bücher.*\n.*lag.billing: the promise says nothing/,
    );
  });

  test('fail for names that are not one each, pages that are none, and quiet that nothing can keep', () => {
    const of = (stack: Stack): MskCluster => provisioned(stack);
    const one = { alarmName: () => 'kafka', pageName: () => 'page' };
    expect(() => alarmed(of, { naming: one })).toThrow(
      /naming: two alarms have one name, got kafka; each has its own\./,
    );
    expect(() => alarmed(of, { deduplication: { pageOf: () => 'Data Safe!' } })).toThrow(
      /not the name of a page, got Data Safe!/,
    );
    expect(() => alarmed(of, { naming: KafkaAlarmNaming.prefixed('x'.repeat(250)) })).toThrow(
      /the name of an alarm is too long, got \d+ characters/,
    );
    expect(() => {
      const stack = testStack();
      const suppressedBy = Alarm.fromAlarmArn(stack, 'D', 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:deploying');
      new MskAlarms(stack, 'Alarms', {
        cluster: of(stack),
        suppressedBy,
        deduplication: KafkaAlarmDeduplication.none(),
      });
    }).toThrow(/suppressedBy: an alarm that tells by itself cannot be kept quiet/);
  });

  test('fail for an imported cluster whose brokers nobody told', () => {
    const stack = testStack();
    const cluster = MskCluster.fromClusterAttributes(stack, 'Events', {
      clusterArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/11111111-2222-3333-4444-555555555555-1',
    });
    expect(() => new MskAlarms(stack, 'Unknown', { cluster })).toThrow(
      /brokers: what the brokers of the cluster are is not known/,
    );
    const { alarmNames } = new MskAlarms(stack, 'Known', { cluster, ...brokersOf(express()) });
    expect(alarmNames).toContain('events-cpu-busy');
    expect(alarmNames).not.toContain('events-request-handlers-busy');
  });
});

const brokersOf = ({ brokers }: Partial<MskClusterProps>): { readonly brokers: MskBrokers } => ({ brokers: brokers! });
