import { CfnOutput } from 'aws-cdk-lib/core';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { EnvironmentModel } from '../../../core/model';
import { noticeOf } from '../../../core/rules/aws-alarms';
import { KafkaAlarmDeduplication } from '../kafka-alarm-deduplication';
import type { KafkaAlarmOptions } from '../kafka-alarm-options';
import { KafkaAlarmSeverities } from '../kafka-alarm-severities';
import type { KafkaAlarmSeverity } from '../kafka-alarm-subject';
import { KafkaAlarmTopic } from '../kafka-alarm-topic';

const DEDUPLICATIONS = {
  question: KafkaAlarmDeduplication.byQuestion(),
  severity: KafkaAlarmDeduplication.bySeverity(),
  none: KafkaAlarmDeduplication.none(),
};

/** What an environment says of its alarms; topics that it asks for are made, with one key for all of them. */
export function environmentAlarmOptions(scope: Construct, model: EnvironmentModel): KafkaAlarmOptions {
  const settings = model.spec.aws?.alarms ?? {};
  const critical = topicOf(scope, model, { severity: 'critical' });
  const warning = topicOf(scope, model, {
    severity: 'warning',
    ...(critical?.key === undefined ? {} : { key: critical.key }),
  });
  return {
    deduplication: DEDUPLICATIONS[settings.deduplication ?? 'question'],
    severities: KafkaAlarmSeverities.overriding((settings.severities ?? {}) as Record<string, KafkaAlarmSeverity>),
    ...(critical === undefined ? {} : { critical: critical.topic }),
    ...(warning === undefined ? {} : { warning: warning.topic }),
    ...(settings.thresholds === undefined ? {} : { thresholds: settings.thresholds }),
    ...(settings.notifyWhenOver === undefined ? {} : { notifyWhenOver: settings.notifyWhenOver }),
    ...(settings.suppressedBy === undefined
      ? {}
      : { suppressedBy: Alarm.fromAlarmArn(scope, 'AlarmsSuppressedBy', settings.suppressedBy) }),
  };
}

function topicOf(
  scope: Construct,
  model: EnvironmentModel,
  { severity, key }: { readonly severity: 'critical' | 'warning'; readonly key?: IKey },
): { readonly topic: ITopic; readonly key?: IKey } | undefined {
  const written = model.spec.monitoring?.notify?.[severity];
  const notice = written === undefined ? undefined : noticeOf(written);
  if (notice === undefined) return undefined;
  const id = `AlarmTopic-${severity}`;
  if (notice.kind === 'topic') return { topic: Topic.fromTopicArn(scope, id, notice.arn) };
  const { topic, encryptionKey } = new KafkaAlarmTopic(scope, id, {
    emails: [...notice.emails],
    displayName: `Kafka ${model.name} ${severity}`,
    ...(key === undefined ? {} : { encryptionKey: key }),
  });
  new CfnOutput(scope, `${id}Arn`, { description: `Topic of ${severity} alarms`, value: topic.topicArn });
  return { topic, key: encryptionKey };
}
