import { Annotations } from 'aws-cdk-lib/core';
import { CfnAlarm, type CfnCompositeAlarm, type CfnCompositeAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct, type IDependable } from 'constructs';
import type { CloudWatchAlarm, Signal } from '../../../core/signals';
import { refuse } from '../../private/construct-failure';
import { KafkaAlarmDeduplication } from '../kafka-alarm-deduplication';
import { KafkaAlarmNaming } from '../kafka-alarm-naming';
import type { KafkaAlarmOptions } from '../kafka-alarm-options';
import { KafkaAlarmSeverities } from '../kafka-alarm-severities';
import { KafkaAlarmSeverity, type KafkaAlarmSubject } from '../kafka-alarm-subject';
import { alarmProperties } from './alarm-properties';
import { alarmProblems } from './alarm-problems';
import { composite, page, type NamedAlarm } from './pages';

type Actions = Pick<CfnCompositeAlarmProps, 'alarmActions' | 'okActions'>;

export interface AlarmSetProps extends KafkaAlarmOptions {
  readonly clusterName: string;
  readonly alarms: readonly { readonly signal: Signal; readonly alarm: CloudWatchAlarm }[];
  /** What has to be there before an alarm that takes silence for wrong is made. */
  readonly after: readonly IDependable[];
}

/** An alarm that was made. */
export interface MadeAlarm extends NamedAlarm {
  readonly signal: Signal;
  readonly alarm: CloudWatchAlarm;
  readonly severity: KafkaAlarmSeverity;
}

/** Alarms of signals, and the pages that tell of them. */
export class AlarmSet extends Construct {
  public readonly alarms: readonly MadeAlarm[];
  /** Alarms that stand for several; none where every alarm tells by itself. */
  public readonly pages: readonly NamedAlarm[];
  private readonly props: AlarmSetProps;

  public constructor(scope: Construct, id: string, props: AlarmSetProps) {
    super(scope, id);
    this.props = props;
    const naming = props.naming ?? KafkaAlarmNaming.byCluster();
    const deduplication = props.deduplication ?? KafkaAlarmDeduplication.byQuestion();
    const severities = props.severities ?? KafkaAlarmSeverities.ofCatalogue();
    const planned = props.alarms.flatMap(({ signal, alarm }) => {
      const subject: KafkaAlarmSubject = {
        clusterName: props.clusterName,
        signal: signal.id,
        question: signal.question,
        severity: signal.severity as KafkaAlarmSeverity,
        ...(alarm.subject === undefined ? {} : { subject: alarm.subject }),
      };
      const severity = severities.severityOf(subject);
      if (severity === KafkaAlarmSeverity.OFF) return [];
      const page = deduplication.pageOf({ ...subject, severity });
      return [{ signal, alarm, severity, page, name: naming.alarmName(subject) }];
    });
    const spoken = planned.some((one) => one.page === '');
    refuse(this, 'ALARMS-REFUSED', alarmProblems(planned, { spoken, suppressed: props.suppressedBy !== undefined }));
    this.alarms = planned.map(({ page, ...one }) => ({
      ...one,
      resource: this.alarm(one, page === '' ? this.actions(one.severity) : {}),
    }));
    const pageOf = new Map(planned.map(({ name, page }) => [name, page]));
    this.pages = this.makePages(naming.pageName.bind(naming), (name) => pageOf.get(name)!);
    if (props.critical === undefined && planned.some(({ severity }) => severity === KafkaAlarmSeverity.CRITICAL)) {
      Annotations.of(this).addWarningV2(
        'kafka-deployment-kit:alarms:nobody',
        'critical alarms tell nobody: no topic is given. Give critical, or monitoring.notify.critical of the environment.',
      );
    }
  }

  private alarm({ signal, alarm, name }: Pick<MadeAlarm, 'signal' | 'alarm' | 'name'>, actions: Actions): CfnAlarm {
    const id = alarm.subject === undefined ? signal.id : `${signal.id}-${alarm.subject}`;
    const made = new CfnAlarm(this, id, { ...alarmProperties(signal, alarm), ...actions, alarmName: name });
    if (alarm.missing === 'breaching') made.node.addDependency(...this.props.after);
    return made;
  }

  private actions(severity: KafkaAlarmSeverity): Actions {
    const topic = severity === KafkaAlarmSeverity.CRITICAL ? this.props.critical : this.props.warning;
    if (topic === undefined) return {};
    const told = [topic.topicArn];
    return this.props.notifyWhenOver === false ? { alarmActions: told } : { alarmActions: told, okActions: told };
  }

  /** Critical ones first: a warning about the same is quiet while its critical page is on. */
  private makePages(nameOf: (cluster: string, page: string) => string, pageOf: (name: string) => string): NamedAlarm[] {
    const { clusterName } = this.props;
    const critical = new Map<string, CfnCompositeAlarm>();
    const keys = [...new Set(this.alarms.map(({ name }) => pageOf(name)))].filter((key) => key !== '');
    const groups = keys.map((key) => {
      const alarms = this.alarms.filter(({ name }) => pageOf(name) === key);
      return { key, alarms, isCritical: alarms.some(({ severity }) => severity === KafkaAlarmSeverity.CRITICAL) };
    });
    return [...groups.filter((group) => group.isCritical), ...groups.filter((group) => !group.isCritical)].map(
      ({ key, alarms, isCritical }) => {
        const severity = isCritical ? KafkaAlarmSeverity.CRITICAL : KafkaAlarmSeverity.WARNING;
        const about = key.replace(new RegExp(`^${severity}-?`), '');
        const quiet = this.quiet(key, nameOf(clusterName, `${key}-quiet`), critical.get(about));
        const made = page(this, `page-${key}`, {
          name: nameOf(clusterName, key),
          description: `One for ${[...new Set(alarms.map(({ signal }) => signal.id))].join(', ')} of ${clusterName}; which of them it is, the alarm of that name says.`,
          alarms,
          actions: this.actions(severity),
          ...(quiet === undefined ? {} : { quiet }),
        });
        if (isCritical) critical.set(about, made.resource as CfnCompositeAlarm);
        return made;
      },
    );
  }

  /** What keeps a page quiet: the critical page about the same, the alarm that somebody gave, or either of them. */
  private quiet(
    key: string,
    name: string,
    critical: CfnCompositeAlarm | undefined,
  ): { readonly alarm: string; readonly after?: CfnCompositeAlarm } | undefined {
    const given = this.props.suppressedBy;
    if (critical === undefined) return given === undefined ? undefined : { alarm: given.alarmArn };
    if (given === undefined) return { alarm: critical.attrArn };
    const either = composite(this, `page-${key}-quiet`, name, [{ name: critical.alarmName!, resource: critical }], {
      alarmDescription: 'While it is on, nobody is told.',
      alarmRule: `ALARM("${critical.alarmName!}") OR ALARM("${given.alarmName}")`,
    });
    return { alarm: either.resource.attrArn, after: either.resource };
  }
}
