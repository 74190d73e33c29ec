import type { ClusterSubject, MskClusterFacts, MskLogFacts } from './cluster-facts';
import { LOG_RETENTION_DAYS } from './quotas';
import type { Refusal } from './refusal';

/** What the service, or the one that logs go to, would refuse about logs. */
export function logRefusals({ brokerLogs, authorizerLogs }: MskClusterFacts): Refusal<ClusterSubject>[] {
  return [
    ...(brokerLogs === undefined ? [] : ofKind('brokerLogs', brokerLogs)),
    ...(authorizerLogs === undefined ? [] : ofKind('authorizerLogs', authorizerLogs)),
  ];
}

function* ofKind(
  kind: 'brokerLogs' | 'authorizerLogs',
  { cloudWatch, s3, firehose }: MskLogFacts,
): Generator<Refusal<ClusterSubject>> {
  const code = 'MSK-LOGS';
  if (kind === 'brokerLogs' && cloudWatch === undefined && s3 === undefined && firehose === undefined) {
    yield {
      code,
      subject: kind,
      message: 'broker logs go nowhere, got no destination; CloudWatch, S3 or Firehose are allowed.',
      hint: 'Name a destination, or leave it out for a log group.',
      rule: 'logDestination',
    };
  }
  const days = cloudWatch?.retentionDays;
  if (days !== undefined && !LOG_RETENTION_DAYS.includes(days)) {
    yield {
      code,
      subject: `${kind}.cloudWatch`,
      message: `not a number of days that a log group keeps events, got ${days}; ${LOG_RETENTION_DAYS.join(', ')} are allowed.`,
      hint: `Use ${LOG_RETENTION_DAYS.find((one) => one >= days) ?? 3653}.`,
      rule: 'logRetention',
    };
  }
  if (s3?.bucket !== undefined && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(s3.bucket)) {
    yield {
      code,
      subject: `${kind}.s3.bucket`,
      message: `not the name of a bucket, got "${s3.bucket}"; 3 to 63 lower-case letters, digits, dots and dashes are allowed.`,
      hint: 'Give the name of the bucket, not its ARN.',
      rule: s3.bucket === '' ? 'logDestination' : 'logBucket',
    };
  }
  if (firehose?.deliveryStream !== undefined && !/^[a-zA-Z0-9_.-]{1,64}$/.test(firehose.deliveryStream)) {
    yield {
      code,
      subject: `${kind}.firehose`,
      message: `not the name of a delivery stream, got "${firehose.deliveryStream}"; up to 64 letters, digits, dots, dashes and underscores are allowed.`,
      hint: 'Give the name of the stream, not its ARN.',
      rule: firehose.deliveryStream === '' ? 'logDestination' : 'logStream',
    };
  }
}
