import { ALARM_RULES } from '../../../lib/core/rules/alarms';
import { testRules } from '../../support/rule-cases';

const TOLD = 'monitoring: { notify: { critical: create } }';
const NOTIFY = 'monitoring.notify.critical';
const SETTINGS = 'aws.alarms';

function promised(count: number, name = 'g'): string {
  const groups = Array.from({ length: count }, (_, index) => `${name}${index + 1}: { maxTimeLag: 5m }`);
  return `monitoring: { notify: { critical: create }, lag: { ${groups.join(', ')} } }\n`;
}

function readers(count: number, name = 'read'): string {
  const groups = Array.from({ length: count }, (_, index) => `${name}${index}`);
  return `\ntopics: { orders: {} }\nprincipals: { reader: { listener: internal, consume: { topics: [orders], groups: [${groups.join(', ')}] } } }\n`;
}

describe('the rules of alarms in CloudWatch', () => {
  testRules(ALARM_RULES, [
    ['an environment that wants none', 'msk', '{}', []],
    [
      'a topic of the region',
      'msk',
      "monitoring: { notify: { critical: 'arn:aws:sns:eu-west-1:111122223333:a' } }",
      [],
    ],
    [
      'a new topic, and an address',
      'msk',
      'monitoring: { notify: { critical: create, warning: "mailto:a@example.com" } }',
      [],
    ],
    [
      'a topic of another region',
      'msk',
      "monitoring: { notify: { critical: 'arn:aws:sns:us-east-1:111122223333:a' } }",
      [`ALARM-NOTIFY ${NOTIFY}`],
    ],
    [
      'a topic in order, which alarms cannot tell',
      'msk',
      "monitoring: { notify: { critical: 'arn:aws:sns:eu-west-1:111122223333:a.fifo' } }",
      [`ALARM-NOTIFY ${NOTIFY}`],
    ],
    [
      'two addresses in one',
      'msk',
      'monitoring: { notify: { critical: "mailto:a@b.c,d@e.f" } }',
      [`ALARM-NOTIFY ${NOTIFY}`],
    ],
    ['nobody', 'msk', 'monitoring: { lag: { billing: { maxTimeLag: 5m } } }', ['ALARM-NOBODY monitoring']],
    [
      'nobody, of alarms that are switched off',
      'msk',
      'monitoring: { metrics: true }\naws: { alarms: { enabled: false } }',
      [],
    ],
    [
      'nobody, where alarms alone are declared',
      'msk',
      'aws: { alarms: { notifyWhenOver: false } }',
      [`ALARM-NOBODY ${SETTINGS}`],
    ],
    [
      'a group that CloudWatch cannot carry',
      'msk',
      'monitoring: { notify: { critical: create }, lag: { "bücher": { maxTimeLag: 5m } } }',
      ['ALARM-GROUP-NAME monitoring.lag["bücher"]'],
    ],
    [
      'a group with a quote',
      'msk',
      `monitoring: { notify: { critical: create }, lag: { "it's": { maxTimeLag: 5m } } }`,
      [`ALARM-GROUP-NAME monitoring.lag["it's"]`],
    ],
    [
      'settings that are fine',
      'msk',
      `${TOLD}\naws: { alarms: { severities: { heap-full: off, under-replicated: critical }, thresholds: { cpu-busy: 50 } } }`,
      [],
    ],
    [
      'a signal that nobody knows',
      'msk',
      `${TOLD}\naws: { alarms: { severities: { heap-ful: critical } } }`,
      [`ALARM-SETTING ${SETTINGS}.severities.heap-ful`],
    ],
    [
      'a threshold out of range',
      'msk',
      `${TOLD}\naws: { alarms: { thresholds: { cpu-busy: 0, disk-full: 120 } } }`,
      [`ALARM-SETTING ${SETTINGS}.thresholds.disk-full`, `ALARM-SETTING ${SETTINGS}.thresholds.cpu-busy`],
    ],
    [
      'a metric that Express brokers do not publish',
      'msk',
      `${TOLD}\nkafka: { version: "4.2" }\nnodePools: { brokers: { volumes: null } }\naws: { alarms: { thresholds: { disk-full: 90 } } }\ntargets: { msk: { brokerType: express, instanceType: express.m7g.large } }`,
      [`ALARM-SETTING ${SETTINGS}.thresholds.disk-full`],
    ],
    [
      'a level without the metrics',
      'msk',
      `${TOLD}\ntargets: { msk: { monitoringLevel: DEFAULT } }`,
      ['ALARM-LEVEL targets.msk.monitoringLevel'],
    ],
    [
      'a level without the metrics of what is set',
      'msk',
      `${TOLD}\naws: { alarms: { thresholds: { heap-full: 70, request-handlers-busy: 0.2 } } }\ntargets: { msk: { monitoringLevel: DEFAULT } }`,
      [`ALARM-SETTING ${SETTINGS}.thresholds.request-handlers-busy`, 'ALARM-LEVEL targets.msk.monitoringLevel'],
    ],
    [
      'quiet by an alarm',
      'msk',
      `${TOLD}\naws: { alarms: { suppressedBy: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:x" } }`,
      [],
    ],
    [
      'quiet by an alarm elsewhere',
      'msk',
      `${TOLD}\naws: { alarms: { suppressedBy: "arn:aws:cloudwatch:us-east-1:111122223333:alarm:x" } }`,
      [`ALARM-SUPPRESSED ${SETTINGS}.suppressedBy`],
    ],
    [
      'quiet where every alarm tells',
      'msk',
      `${TOLD}\naws: { alarms: { deduplication: none, suppressedBy: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:x" } }`,
      [`ALARM-SUPPRESSED ${SETTINGS}.suppressedBy`],
    ],
    ['another target, where notify is somebody else’s', 'hosts', 'monitoring: { notify: { critical: pager } }', []],
    ['alarms on EC2', 'ec2', `${TOLD}\naws: { alarms: { thresholds: { disk-full: 90 } } }`, []],
    [
      'a signal that EC2 has not, and a threshold that never fires',
      'ec2',
      `${TOLD}\naws: { alarms: { severities: { egress-high: critical }, thresholds: { disk-full: 100 } } }`,
      [`ALARM-SETTING ${SETTINGS}.severities.egress-high`, `ALARM-SETTING ${SETTINGS}.thresholds.disk-full`],
    ],
    ['as many groups with promises as fit', 'ec2', promised(100), []],
    ['a group too many with a promise', 'ec2', promised(101), ['ALARM-GROUP-MANY monitoring.lag.g101']],
    ['names that are too long together', 'ec2', promised(40, 'x'.repeat(160)), [`ALARM-GROUP-MANY monitoring.lag.${'x'.repeat(160)}37`]], // prettier-ignore
    ['as many as that on Amazon MSK', 'msk', promised(101), []],
    ['groups of principals beyond those with promises', 'ec2', `${promised(99)}${readers(2)}`, ['ALARM-GROUP-UNSEEN principals']], // prettier-ignore
    ['groups of principals that fit beside them', 'ec2', `${promised(98)}${readers(2)}`, []],
    ['a group of a principal that CloudWatch cannot carry', 'ec2', `${TOLD}${readers(1, 'bücher')}`, ['ALARM-GROUP-UNSEEN principals']], // prettier-ignore
    ['groups that nobody is told of', 'ec2', readers(101), []],
  ]);
});
