import { RemovalPolicy } from 'aws-cdk-lib/core';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { refuse } from '../../../aws/private/construct-failure';
import { MskLogDestination } from '../msk-log-destination';

/** What connectors and replicators alike say about their log. */
export interface LogDelivery {
  readonly cloudWatchLogs?: { readonly enabled: boolean; readonly logGroup: string };
  readonly s3?: { readonly enabled: boolean; readonly bucket: string; readonly prefix?: string };
  readonly firehose?: { readonly enabled: boolean; readonly deliveryStream: string };
}

/**
 * The destinations as CloudFormation wants them; where none is given, a log group of its own. It is retained: a connector that cannot be
 * made says why in its log, and the rollback would take the log with it.
 */
export function logDelivery(scope: Construct, given: readonly MskLogDestination[] | undefined): LogDelivery {
  const destinations = given ?? [ownLogGroup(scope)];
  const kinds = destinations.map(({ _destination: { logGroupName, bucketName } }) =>
    logGroupName !== undefined ? 'cloudWatch' : bucketName !== undefined ? 's3' : 'firehose',
  );
  const twice = kinds.find((kind, index) => kinds.indexOf(kind) !== index);
  refuse(
    scope,
    'MSK-LOGS',
    twice === undefined
      ? []
      : [
          {
            property: 'logs',
            message: `more than one destination of a kind, got ${twice} twice; one of each kind is allowed.`,
            hint: 'Remove one.',
          },
        ],
  );
  return Object.assign({}, ...destinations.map(rendered)) as LogDelivery;
}

function rendered({ _destination }: MskLogDestination): LogDelivery {
  const { logGroupName, bucketName, prefix, deliveryStreamName } = _destination;
  if (logGroupName !== undefined) return { cloudWatchLogs: { enabled: true, logGroup: logGroupName } };
  if (bucketName !== undefined)
    return { s3: { enabled: true, bucket: bucketName, ...(prefix === undefined ? {} : { prefix }) } };
  return { firehose: { enabled: true, deliveryStream: deliveryStreamName! } };
}

function ownLogGroup(scope: Construct): MskLogDestination {
  const logGroup = new CfnLogGroup(scope, 'Logs', { retentionInDays: 30 });
  logGroup.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return MskLogDestination._logGroup(logGroup.ref);
}
