import type { RemovalPolicy } from 'aws-cdk-lib/core';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { CfnCluster } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import type { PropertyProblem } from '../../aws/private/construct-failure';
import type { MskLogFacts } from '../../core/msk';
import { MskLogs } from '../msk-logs';
import { ifLiteral } from '../../aws/private/literals';
import type { NamedDestinations } from './named-destinations';

/** Logs as CloudFormation wants them; the destinations of brokers and authorizer have the same form. */
export type RenderedLogs = CfnCluster.BrokerLogsProperty & CfnCluster.AuthorizerLogsProperty;

const DEFAULT_RETENTION_DAYS = 30;

function ownGroup({ logGroupName, retentionDays, bucketName, deliveryStreamName }: NamedDestinations): boolean {
  if (logGroupName !== undefined) return false;
  return retentionDays !== undefined || (bucketName === undefined && deliveryStreamName === undefined);
}

/** What can be checked of logs. */
export function logFacts(logs: MskLogs | undefined): MskLogFacts {
  const destinations = logs === undefined ? {} : logs._destinations;
  if (destinations === undefined) return {};
  const { logGroupName, retentionDays, bucketName, deliveryStreamName } = destinations;
  return {
    ...(ownGroup(destinations) || logGroupName !== undefined
      ? { cloudWatch: retentionDays === undefined ? {} : { retentionDays } }
      : {}),
    ...(bucketName === undefined ? {} : { s3: { bucket: ifLiteral(bucketName) } }),
    ...(deliveryStreamName === undefined ? {} : { firehose: { deliveryStream: ifLiteral(deliveryStreamName) } }),
  };
}

/** Properties of logs that contradict each other. */
export function logProblems(property: string, logs: MskLogs | undefined): PropertyProblem[] {
  const { logGroupName, retentionDays, bucketName, prefix } = logs?._destinations ?? {};
  const problems: PropertyProblem[] = [];
  if (logGroupName !== undefined && retentionDays !== undefined) {
    problems.push({
      property: `${property}.retentionDays`,
      message: `the log group is there already, got ${retentionDays} days beside logGroup; one of both is allowed.`,
      hint: 'Set the retention where the log group is made.',
    });
  }
  if (prefix !== undefined && bucketName === undefined) {
    problems.push({
      property: `${property}.prefix`,
      message: `there is no bucket for the prefix, got ${prefix}; it is allowed with bucket only.`,
      hint: 'Give bucket, or leave prefix out.',
    });
  }
  return problems;
}

/** The destinations, and the log group of the cluster's own where it has one. */
export function renderLogs(
  scope: Construct,
  id: string,
  { logs, removalPolicy }: { readonly logs: MskLogs | undefined; readonly removalPolicy: RemovalPolicy },
): RenderedLogs {
  const destinations = logs === undefined ? {} : logs._destinations;
  if (destinations === undefined) return {};
  const { retentionDays = DEFAULT_RETENTION_DAYS, bucketName, prefix, deliveryStreamName } = destinations;
  let logGroup = destinations.logGroupName;
  if (ownGroup(destinations)) {
    const own = new CfnLogGroup(scope, id, { retentionInDays: retentionDays });
    own.applyRemovalPolicy(removalPolicy);
    logGroup = own.ref;
  }
  return {
    ...(logGroup === undefined ? {} : { cloudWatchLogs: { enabled: true, logGroup } }),
    ...(bucketName === undefined
      ? {}
      : { s3: { enabled: true, bucket: bucketName, ...(prefix === undefined ? {} : { prefix }) } }),
    ...(deliveryStreamName === undefined ? {} : { firehose: { enabled: true, deliveryStream: deliveryStreamName } }),
  };
}

/** The log group that rendered logs go to; undefined where they go elsewhere. */
export function brokerLogsIn({ cloudWatchLogs }: RenderedLogs): string | undefined {
  return (cloudWatchLogs as CfnCluster.CloudWatchLogsProperty | undefined)?.logGroup;
}

/** Logs of an environment. */
export function environmentLogs(facts: MskLogFacts): MskLogs {
  const { cloudWatch, s3, firehose } = facts;
  if (cloudWatch === undefined && s3 === undefined && firehose === undefined) return MskLogs.none();
  return MskLogs._of({
    ...(cloudWatch === undefined ? {} : { retentionDays: cloudWatch.retentionDays ?? DEFAULT_RETENTION_DAYS }),
    ...(s3?.bucket === undefined ? {} : { bucketName: s3.bucket }),
    ...(s3?.prefix === undefined ? {} : { prefix: s3.prefix }),
    ...(firehose?.deliveryStream === undefined ? {} : { deliveryStreamName: firehose.deliveryStream }),
  });
}
