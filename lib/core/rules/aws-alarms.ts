import type { EnvironmentModel } from '../model';

/** Whom an alarm tells. */
export type AlarmNotice =
  { readonly kind: 'topic'; readonly arn: string } | { readonly kind: 'new'; readonly emails: readonly string[] };

/** Whether an environment is one of CloudFormation. */
export function isOnAws({ target }: Pick<EnvironmentModel, 'target'>): boolean {
  return target === 'msk' || target === 'msk-serverless' || target === 'ec2';
}

/** Whether there are alarms in the template. */
export function hasAlarms({ spec }: EnvironmentModel): boolean {
  const { alarms } = spec.aws ?? {};
  return alarms?.enabled ?? (spec.monitoring !== undefined || alarms !== undefined);
}

/** Whether there is a dashboard: it shows what alarms look at. */
export function hasDashboard(model: EnvironmentModel): boolean {
  return hasAlarms(model) && model.spec.aws?.dashboard !== false;
}

/** Whom `monitoring.notify` names; undefined where it is no such. */
export function noticeOf(written: string): AlarmNotice | undefined {
  if (written === 'create') return { kind: 'new', emails: [] };
  const email = /^mailto:([^\s@,]+@[^\s@,]+)$/.exec(written)?.[1];
  if (email !== undefined) return { kind: 'new', emails: [email] };
  return topicRegion(written) === undefined ? undefined : { kind: 'topic', arn: written };
}

/** The region of the ARN of an SNS topic that alarms can tell; undefined for any other text. */
export function topicRegion(arn: string): string | undefined {
  return /^arn:aws[\w-]*:sns:([a-z0-9-]+):\d{12}:[\w-]{1,256}$/.exec(arn)?.[1];
}
