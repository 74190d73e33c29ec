import {
  clusterRefusals,
  serverlessRefusals,
  type ClusterSubject,
  type MskClusterFacts,
  type ServerlessFacts,
} from '../../core/msk';
import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { IKafkaNetwork } from '../../aws/kafka-network';
import type { PropertyProblem } from '../../aws/private/construct-failure';
import type { KafkaRelease } from '../../core/versions';
import type { MskClusterProps } from '../msk-cluster-props';
import { ifLiteral, literalProblems } from '../../aws/private/literals';
import { logFacts } from './rendered-logs';

export interface ClusterChoice extends Pick<
  MskClusterProps,
  'brokers' | 'configuration' | 'certificateAuthorityArns' | 'brokerLogs' | 'authorizerLogs'
> {
  readonly clusterName: string;
  readonly clientAuthentications: readonly string[];
  readonly release: KafkaRelease;
  readonly zoneCount: number;
}

/** What decides whether the service makes the cluster. */
export function clusterFacts(scope: IConstruct, choice: ClusterChoice): MskClusterFacts {
  const region = ifLiteral(Stack.of(scope).region);
  const policy = choice.configuration?.['log.cleanup.policy'];
  return {
    clusterName: choice.clusterName,
    release: choice.release,
    brokers: choice.brokers._rendered,
    zoneCount: choice.zoneCount,
    authentications: choice.clientAuthentications,
    certificateAuthorityArns: (choice.certificateAuthorityArns ?? []).map(ifLiteral),
    brokerLogs: logFacts(choice.brokerLogs),
    authorizerLogs: logFacts(choice.authorizerLogs),
    ...(policy === undefined ? {} : { logCleanupPolicy: policy }),
    ...(region === undefined ? {} : { region }),
  };
}

/** Properties that are only known while deploying and must be known before. */
export function clusterTokens(
  { clusterName, brokers, brokerLogs, authorizerLogs }: MskClusterProps,
  network: IKafkaNetwork,
): PropertyProblem[] {
  const { instanceType, count, volumeGiB, throughputMiBps, autoscaling } = brokers._rendered;
  return literalProblems({
    clusterName,
    network: network.subnetIds,
    'brokers.instanceType': instanceType,
    'brokers.count': count,
    'brokers.storage': volumeGiB,
    'brokers.provisionedThroughputMiBps': throughputMiBps,
    'brokers.storageAutoscaling.maxStorage': autoscaling?.maxGiB,
    'brokerLogs.retentionDays': brokerLogs?._destinations?.retentionDays,
    'authorizerLogs.retentionDays': authorizerLogs?._destinations?.retentionDays,
  });
}

/** The property that each subject of a refusal is written in. */
const PROPERTIES: Readonly<Record<ClusterSubject, string>> = {
  clusterName: 'clusterName',
  kafkaVersion: 'kafkaVersion',
  region: 'region of the stack',
  zones: 'network',
  instanceType: 'brokers.instanceType',
  brokerCount: 'brokers.count',
  storage: 'brokers.storage',
  autoscaling: 'brokers.storageAutoscaling',
  autoscalingMax: 'brokers.storageAutoscaling.maxStorage',
  autoscalingTarget: 'brokers.storageAutoscaling.targetUtilization',
  throughput: 'brokers.provisionedThroughputMiBps',
  tieredStorage: 'brokers.storageMode',
  logCleanupPolicy: 'configuration["log.cleanup.policy"]',
  rebalancing: 'brokers.rebalancing',
  authentication: 'clientAuthentications',
  certificateAuthorities: 'certificateAuthorityArns',
  brokerLogs: 'brokerLogs',
  'brokerLogs.cloudWatch': 'brokerLogs.retentionDays',
  'brokerLogs.s3.bucket': 'brokerLogs.bucket',
  'brokerLogs.firehose': 'brokerLogs.deliveryStreamName',
  authorizerLogs: 'authorizerLogs',
  'authorizerLogs.cloudWatch': 'authorizerLogs.retentionDays',
  'authorizerLogs.s3.bucket': 'authorizerLogs.bucket',
  'authorizerLogs.firehose': 'authorizerLogs.deliveryStreamName',
};

/** What Amazon MSK would refuse after half an hour, said before, by the properties of a construct. */
export function clusterProblems(facts: MskClusterFacts): PropertyProblem[] {
  return clusterRefusals(facts).map(toProblem);
}

/** The same for a Serverless cluster. */
export function serverlessProblems(facts: ServerlessFacts): PropertyProblem[] {
  return [...serverlessRefusals(facts)].map(toProblem);
}

function toProblem({
  subject,
  message,
  hint,
}: {
  subject: ClusterSubject;
  message: string;
  hint: string;
}): PropertyProblem {
  return { property: PROPERTIES[subject], message, hint };
}
