import { clusterResources, type IamStatement } from '../../private/iam-statements';

export interface ReplicatorIntent {
  readonly sourceArn: string;
  readonly targetArn: string;
  readonly topics: readonly string[];
  readonly groups: readonly string[];
  readonly prefixed: boolean;
  readonly copyAcls: boolean;
}

/** What is written: copies on the receiving side, and its own state on both. */
const WRITE = [
  'kafka-cluster:AlterTopic',
  'kafka-cluster:AlterTopicDynamicConfiguration',
  'kafka-cluster:CreateTopic',
  'kafka-cluster:DescribeTopic',
  'kafka-cluster:DescribeTopicDynamicConfiguration',
  'kafka-cluster:ReadData',
  'kafka-cluster:WriteData',
];

/** Topics that the replicator keeps its own state in. */
const INTERNAL = ['*.checkpoints.internal', '*heartbeats', '__amazon_msk_canary', 'mskr-*', 'mskr-offset-syncs.*'];

/**
 * What a replicator may do on both sides: named topics and groups, and its own topics. Source: Amazon MSK developer guide, "Service execution
 * role permissions reference", read on 2026-11-26.
 */
export function replicatorStatements(intent: ReplicatorIntent): IamStatement[] {
  const { sourceArn, targetArn, topics, groups } = intent;
  // The alias that the service puts in front of a name is known only after the replicator is made.
  const copies = intent.prefixed ? topics.map((topic) => `*.${topic}`) : topics;
  return [
    {
      actions: ['kafka-cluster:Connect', 'kafka-cluster:DescribeCluster', 'kafka-cluster:WriteDataIdempotently'],
      resources: [sourceArn, targetArn],
    },
    ...(intent.copyAcls ? [{ actions: ['kafka-cluster:AlterCluster'], resources: [targetArn] }] : []),
    {
      actions: [
        'kafka-cluster:DescribeTopic',
        'kafka-cluster:DescribeTopicDynamicConfiguration',
        'kafka-cluster:ReadData',
      ],
      resources: clusterResources(sourceArn, 'topic', topics),
    },
    {
      actions: WRITE,
      resources: clusterResources(targetArn, 'topic', copies),
    },
    {
      actions: WRITE,
      resources: [...clusterResources(sourceArn, 'topic', INTERNAL), ...clusterResources(targetArn, 'topic', INTERNAL)],
    },
    {
      actions: ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
      resources: [...clusterResources(sourceArn, 'group', groups), ...clusterResources(targetArn, 'group', groups)],
    },
  ];
}
