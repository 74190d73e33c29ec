import { ec2Alarms, groupNameProblem, mskAlarms, type AlarmProblem } from '../signals';
import type { EnvironmentModel } from '../model';
import { hasAlarms, isOnAws, noticeOf, topicRegion } from './aws-alarms';
import { MOST_CHARACTERS, MOST_GROUPS, watchedGroups } from '../ec2';
import { ec2Watched } from './ec2-watched';
import { mskWatched } from './msk-watched';
import type { Rule } from './rule';

const SEVERITIES = ['critical', 'warning'] as const;

const onMsk = (model: EnvironmentModel): boolean => model.target === 'msk' || model.target === 'msk-serverless';

/** What is missing of the cluster itself is said elsewhere. */
const watches = (model: EnvironmentModel): boolean =>
  isOnAws(model) && hasAlarms(model) && (model.target === 'msk-serverless' || model.brokerCount > 0);

const problemsOf = (model: EnvironmentModel): readonly AlarmProblem[] => {
  const settings = model.spec.aws?.alarms;
  return model.target === 'ec2'
    ? ec2Alarms(ec2Watched(model), settings).problems
    : mskAlarms(mskWatched(model), settings).problems;
};

/** Groups that something is promised about. */
const promises = ({ spec }: EnvironmentModel): ReadonlySet<string> => new Set(Object.keys(spec.monitoring?.lag ?? {}));

/** Alarms in Amazon CloudWatch. */
export const ALARM_RULES: readonly Rule[] = [
  {
    code: 'ALARM-NOTIFY',
    level: 'error',
    what: 'On AWS alarms go to an SNS topic of the region of the environment, to a new one, or to a mail address.',
    why: 'CloudWatch publishes to standard topics of its own region alone; anything else is accepted and never told.',
    source: 'Amazon CloudWatch User Guide, Notifying users on alarm changes, read 2026-11-27',
    check(model, report) {
      if (!isOnAws(model)) return;
      for (const severity of SEVERITIES) {
        const written = model.spec.monitoring?.notify?.[severity];
        if (written === undefined) continue;
        const path = ['monitoring', 'notify', severity];
        const notice = noticeOf(written);
        if (notice === undefined) {
          report({
            path,
            message: `nobody that CloudWatch can tell, got ${written}; the ARN of a standard SNS topic, create, or mailto: and one address is allowed.`,
            hint: 'Write for example arn:aws:sns:eu-west-1:111122223333:oncall.',
          });
          continue;
        }
        const region = notice.kind === 'topic' ? topicRegion(notice.arn) : undefined;
        const own = model.spec.aws?.region;
        if (region === undefined || own === undefined || region === own) continue;
        report({
          path,
          message: `the topic is in another region, got ${region}; ${own} is allowed.`,
          hint: 'Alarms tell topics of their own region; forward from there.',
        });
      }
    },
  },
  {
    code: 'ALARM-NOBODY',
    level: 'warning',
    what: 'Somebody is told of critical alarms.',
    why: 'An alarm that nobody hears of is a line in a console.',
    source: 'Amazon CloudWatch User Guide, alarm actions',
    check(model, report) {
      if (!isOnAws(model) || !hasAlarms(model) || model.spec.monitoring?.notify?.critical !== undefined) return;
      report({
        path: model.spec.monitoring === undefined ? ['aws', 'alarms'] : ['monitoring'],
        message:
          'nobody is told of critical alarms, got no monitoring.notify.critical; a topic or an address is needed.',
        hint: 'Add notify: { critical: create } and subscribe, or aws: { alarms: { enabled: false } }.',
      });
    },
  },
  {
    code: 'ALARM-GROUP-NAME',
    level: 'error',
    what: 'A group whose lag is promised on AWS has a name that CloudWatch can carry.',
    why: 'The service publishes no lag for others: an alarm on it would be silent for ever.',
    source: 'Amazon MSK developer guide, Monitor consumer lags, read 2026-11-27',
    check(model, report) {
      if (!isOnAws(model)) return;
      for (const group of Object.keys(model.spec.monitoring?.lag ?? {})) {
        const problem = groupNameProblem(group);
        if (problem !== undefined) report({ path: ['monitoring', 'lag', group], ...problem });
      }
    },
  },
  {
    code: 'ALARM-GROUP-MANY',
    level: 'error',
    what: `On EC2 no more groups have promises than the function that watches them can be told of: ${MOST_GROUPS}, and ${MOST_CHARACTERS.toLocaleString('en')} characters of names.`,
    why: 'The lag of others is not published: their alarms would be silent for ever.',
    source: 'Amazon EventBridge API reference, Target, Input: 8,192 characters, read 2026-11-27',
    check(model, report) {
      if (model.target !== 'ec2' || !hasAlarms(model)) return;
      const promised = promises(model);
      const late = watchedGroups(model).leftOut.filter(
        (group) => promised.has(group) && groupNameProblem(group) === undefined,
      );
      if (late.length === 0) return;
      report({
        path: ['monitoring', 'lag', late[0]!],
        message: `the lag of ${late.length} groups with a promise is not published, from this one on, got ${promised.size}; ${promised.size - late.length} of them fit.`,
        hint: 'Watch the others by kdk exporter and Prometheus, and promise nothing about them here.',
      });
    },
  },
  {
    code: 'ALARM-GROUP-UNSEEN',
    level: 'warning',
    what: 'On EC2 the lag of every group that a principal names is in CloudWatch.',
    why: `The function that watches them is told of ${MOST_GROUPS} groups at most, those with promises first: the dashboard and cluster.metrics have no lag of the others.`,
    source: 'Amazon EventBridge API reference, Target, Input: 8,192 characters, read 2026-11-27',
    check(model, report) {
      if (model.target !== 'ec2' || !hasAlarms(model) || !model.metrics.enabled) return;
      const promised = promises(model);
      const unseen = watchedGroups(model).leftOut.filter((group) => !promised.has(group));
      if (unseen.length === 0) return;
      report({
        path: ['principals'],
        message: `${unseen.length} groups of principals have no lag in CloudWatch, got ${unseen.slice(0, 3).join(', ')}${unseen.length > 3 ? ' and more' : ''}; ${MOST_GROUPS} groups have, by names that CloudWatch can carry.`,
        hint: 'Promise something in monitoring.lag about those that matter most; kdk exporter tells Prometheus of all.',
      });
    },
  },
  {
    code: 'ALARM-SETTING',
    level: 'error',
    what: 'Severities and thresholds of alarms are of signals that the cluster has metrics for, and thresholds are in range.',
    why: 'An alarm on a metric that is not published never fires; one with a threshold out of range fires always or never.',
    source:
      'Amazon MSK developer guide, Amazon MSK metrics; what the function of a cluster on EC2 publishes; read 2026-11-27',
    check(model, report) {
      if (!watches(model)) return;
      for (const { setting, signal, message, hint } of problemsOf(model)) {
        report({ path: ['aws', 'alarms', setting, signal], message, hint });
      }
    },
  },
  {
    code: 'ALARM-LEVEL',
    level: 'warning',
    what: 'The monitoring level publishes what alarms look at.',
    why: 'Alarms whose metrics are missing are left out, and nobody sees what they would have seen.',
    source: 'Amazon MSK developer guide, monitoring levels, read 2026-11-27',
    check(model, report) {
      if (!onMsk(model) || !watches(model)) return;
      const watched = mskWatched(model);
      const { unseen } = mskAlarms(watched, model.spec.aws?.alarms);
      if (unseen.length === 0) return;
      report({
        path: ['targets', 'msk', 'monitoringLevel'],
        message: `the level has no metrics for ${unseen.map(({ signal }) => signal.id).join(', ')}, got ${watched.level}; from ${unseen[0]!.level} on they are watched.`,
        hint: 'Raise the level, or switch these signals off in aws.alarms.severities.',
      });
    },
  },
  {
    code: 'ALARM-SUPPRESSED',
    level: 'error',
    what: 'What keeps alarms quiet is an alarm of the same account and region, and there are pages that it can keep quiet.',
    why: 'Only an alarm that stands for several can be suppressed, by an alarm beside it.',
    source: 'Amazon CloudWatch User Guide, Composite alarm action suppression, read 2026-11-27',
    check(model, report) {
      const { region, account, alarms } = model.spec.aws ?? {};
      if (!isOnAws(model) || !hasAlarms(model) || alarms?.suppressedBy === undefined) return;
      const path = ['aws', 'alarms', 'suppressedBy'];
      const [, , , ofRegion, ofAccount] = alarms.suppressedBy.split(':');
      if ((region !== undefined && ofRegion !== region) || (account !== undefined && ofAccount !== account)) {
        report({
          path,
          message: `the alarm is somewhere else, got ${ofRegion!} in ${ofAccount!}; ${region ?? 'the same region'} in ${account ?? 'the same account'} is allowed.`,
          hint: 'Name an alarm beside those of the environment.',
        });
      }
      if (alarms.deduplication !== 'none') return;
      report({
        path,
        message:
          'an alarm that tells by itself cannot be kept quiet, got deduplication none; question or severity is allowed.',
        hint: 'Leave deduplication out.',
      });
    },
  },
];
