import { createsTopics, deadLetterTopics, sinkGroup } from '../../../core/msk-connect';
import { clusterResources, iamStatements, type IamStatement } from '../../private/iam-statements';

export interface ConnectorIntent {
  readonly connectorName: string;
  readonly config: Readonly<Record<string, string>>;
  /** Topics that it writes. */
  readonly produce: readonly string[];
  /** Topics that it reads. */
  readonly consume: readonly string[];
  /** Groups beside its own. */
  readonly groups: readonly string[];
  readonly transactionalIds: readonly string[];
}

/** Workers keep offsets, configuration and status in topics of this prefix, and find each other by groups of it. */
const INTERNAL = ['__amazon_msk_connect_*'];

/** Transactional ids of workers that run sources exactly once (KIP-618). */
const EXACTLY_ONCE_IDS = 'connect-cluster-*';

/**
 * What a connector may do on a cluster with IAM authentication: its own topics and group, and what its workers need to run at all.
 * Source: Amazon MSK developer guide, "Understand service execution role".
 */
export function connectorStatements(clusterArn: string, intent: ConnectorIntent, exactlyOnce: boolean): IamStatement[] {
  const produced = [...new Set([...intent.produce, ...deadLetterTopics(intent.config)])];
  const transactionalIds = exactlyOnce ? [...intent.transactionalIds, EXACTLY_ONCE_IDS] : [...intent.transactionalIds];
  return [
    ...iamStatements(clusterArn, {
      ...(produced.length === 0 ? {} : { produce: { topics: produced, transactionalIds } }),
      ...(intent.consume.length === 0
        ? {}
        : {
            consume: {
              topics: intent.consume,
              groups: [...new Set([sinkGroup(intent.connectorName), ...intent.groups])],
            },
          }),
    }),
    ...(createsTopics(intent.config)
      ? [{ actions: ['kafka-cluster:CreateTopic'], resources: clusterResources(clusterArn, 'topic', produced) }]
      : []),
    {
      actions: [
        'kafka-cluster:CreateTopic',
        'kafka-cluster:DescribeTopic',
        'kafka-cluster:ReadData',
        'kafka-cluster:WriteData',
      ],
      resources: clusterResources(clusterArn, 'topic', INTERNAL),
    },
    {
      actions: ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
      resources: clusterResources(clusterArn, 'group', INTERNAL),
    },
  ];
}
