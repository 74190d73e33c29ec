import { Fn } from 'aws-cdk-lib/core';
import type { AccessIntent } from '../../aws/kafka-grants';

export interface IamStatement {
  readonly actions: string[];
  readonly resources: string[];
}

/** ARNs of topics, groups or transactional ids of a cluster. */
export function clusterResources(clusterArn: string, kind: string, names: readonly string[]): string[] {
  const parts = Fn.split(':cluster/', clusterArn, 2);
  return [...names].sort().map((name) => `${Fn.select(0, parts)}:${kind}/${Fn.select(1, parts)}/${name}`);
}

/**
 * The rights that an intent needs on a cluster with IAM authentication: exactly the named topics, groups and transactional ids.
 * Source: https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html and the common use cases page beside it.
 */
export function iamStatements(clusterArn: string, intent: AccessIntent): IamStatement[] {
  const arns = (kind: string, names: readonly string[]): string[] => clusterResources(clusterArn, kind, names);
  const { produce, consume } = intent;
  const transactional = produce !== undefined && produce.transactionalIds.length > 0;
  return [
    {
      actions: [
        'kafka-cluster:Connect',
        'kafka-cluster:DescribeCluster',
        // An idempotent producer, which is the default of every current client.
        ...(produce === undefined ? [] : ['kafka-cluster:WriteDataIdempotently']),
      ],
      resources: [clusterArn],
    },
    ...(produce === undefined
      ? []
      : [
          {
            actions: ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'],
            resources: arns('topic', produce.topics),
          },
        ]),
    ...(produce === undefined || !transactional
      ? []
      : [
          {
            actions: ['kafka-cluster:AlterTransactionalId', 'kafka-cluster:DescribeTransactionalId'],
            resources: arns('transactional-id', produce.transactionalIds),
          },
        ]),
    ...(consume === undefined
      ? []
      : [
          {
            actions: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
            resources: arns('topic', consume.topics),
          },
        ]),
    ...(consume === undefined || consume.groups.length === 0
      ? []
      : [
          {
            actions: ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
            resources: arns('group', consume.groups),
          },
        ]),
  ];
}

/** The statements as the document of a policy. */
export function policyDocument(statements: readonly IamStatement[]): object {
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ actions, resources }) => ({ Effect: 'Allow', Action: actions, Resource: resources })),
  };
}
