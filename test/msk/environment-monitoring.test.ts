import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';
import { mskWatched } from '../../lib/core/rules/msk-watched';
import { mskAlarms } from '../../lib/core/signals';
import type { EnvironmentModel } from '../../lib/core/model';
import { KafkaEnvironment, MskEnvironment } from '../../lib/msk';
import { census, resourcesOf, testStack } from '../support/cdk';
import { modelOfFile, modelOfText } from '../support/environments';

function environmentOf(model: EnvironmentModel): { readonly stack: Stack; readonly environment: MskEnvironment } {
  const stack = testStack();
  const environment = new MskEnvironment(stack, 'Kafka', { environment: KafkaEnvironment._of(model) });
  return { stack, environment };
}

const text = (
  more: string,
  { target = 'msk', version = '4.1', volumes = ', volumes: [{ size: 10GiB }]' } = {},
): EnvironmentModel =>
  modelOfText(`name: mini
target: ${target}
kafka: { version: '${version}' }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
nodePools: { brokers: { roles: [broker], replicas: 3${volumes} } }
listeners: { internal: { authentication: iam } }
${/^aws:/m.test(more) ? '' : "aws: { account: '111122223333', region: eu-west-1 }"}
${more}
`);

describe('alarms of an environment', () => {
  test.each([
    ['prod', modelOfFile('prod')],
    [
      'Express brokers',
      text('monitoring: { notify: { critical: create } }\ntargets: { msk: { brokerType: express } }', {
        version: '4.2',
        volumes: '',
      }),
    ],
    [
      'Serverless',
      text('monitoring: { notify: { critical: create }, lag: { a: { maxTimeLag: 1m } } }', {
        target: 'msk-serverless',
        version: '3.9',
        volumes: '',
      }),
    ],
  ])('are those that its rules were checked for: %s', (_, model) => {
    const { environment } = environmentOf(model);
    const { alarms } = mskAlarms(mskWatched(model));
    expect(environment.alarms!._alarms.map(({ signal, alarm }) => [signal.id, alarm])).toEqual(
      alarms.map(({ signal, alarm }) => [signal.id, alarm]),
    );
    expect(environment.dashboard!.dashboardName).toBeDefined();
  });

  test('are there where monitoring is declared, and not where they are switched off', () => {
    expect(environmentOf(text('')).environment.alarms).toBeUndefined();
    const off = "aws: { account: '111122223333', region: eu-west-1, alarms: { enabled: false } }";
    expect(
      census(environmentOf(text(`monitoring: { metrics: true }\n${off}`)).stack)['AWS::CloudWatch::Alarm'],
    ).toBeUndefined();
    const { environment } = environmentOf(
      text("monitoring: { metrics: true }\naws: { account: '111122223333', region: eu-west-1, dashboard: false }"),
    );
    expect([environment.alarms === undefined, environment.dashboard]).toEqual([false, undefined]);
  });

  test('tell topics that are made with one key, and mails', () => {
    const { stack } = environmentOf(
      text('monitoring: { notify: { critical: "mailto:oncall@example.com", warning: create } }'),
    );
    expect(census(stack)).toMatchObject({
      'AWS::SNS::Topic': 2,
      'AWS::SNS::TopicPolicy': 2,
      'AWS::SNS::Subscription': 1,
    });
    const keys = resourcesOf(stack, 'AWS::SNS::Topic').map(({ Properties }) =>
      JSON.stringify(Properties['KmsMasterKeyId']),
    );
    expect(new Set(keys).size).toBe(1);
    expect(Object.keys(Template.fromStack(stack).findOutputs('*')).filter((id) => /AlarmTopic/.test(id))).toHaveLength(
      2,
    );
  });

  test('follow what the file says of them', () => {
    const { stack } = environmentOf(
      text(`monitoring: { notify: { critical: create } }
aws:
  account: '111122223333'
  region: eu-west-1
  alarms:
    deduplication: severity
    severities: { disk-filling: critical, heap-full: 'off' }
    thresholds: { disk-filling: 77 }
    notifyWhenOver: false
    suppressedBy: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:deploying'`),
    );
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'mini-disk-filling', Threshold: 77 });
    const pages = resourcesOf(stack, 'AWS::CloudWatch::CompositeAlarm').map(({ Properties }) => Properties);
    expect(pages.map(({ AlarmName: name }) => name)).toEqual(['mini-critical', 'mini-warning-quiet', 'mini-warning']);
    expect(pages[0]).not.toHaveProperty('OKActions');
    expect(pages[0]!['AlarmRule']).toContain('ALARM("mini-disk-filling")');
  });
});
