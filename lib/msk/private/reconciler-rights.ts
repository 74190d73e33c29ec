import type { ReconcilerStatement } from '../../aws/private/reconciler';
import type { EnvironmentModel } from '../../core/model';
import type { DesiredState } from '../../core/plan';
import { clusterResources } from './iam-statements';

/**
 * Whether something of the environment is made inside the running cluster: topics that CloudFormation does not make, ACLs, quotas, and
 * where replicas are. The function logs in with IAM, so the cluster needs a listener for it.
 */
export function needsReconciler(model: EnvironmentModel, desired: DesiredState): boolean {
  if (!model.listeners.some(({ authentication }) => authentication === 'iam')) return false;
  const { topicsManagedBy, topics, deletedTopics, access, quotas, reconcile } = desired;
  const ownTopics = topicsManagedBy === 'reconciler' && topics.length + deletedTopics.length > 0;
  const ownAccess =
    access !== undefined && (access.closing !== undefined || access.acls.length + access.principals.length > 0);
  const ownQuotas = quotas !== undefined && quotas.quotas.length + quotas.deleted.length > 0;
  const ownPlacement = reconcile.spread !== undefined && topics.length > 0;
  return ownTopics || ownAccess || ownQuotas || ownPlacement;
}

/**
 * What the reconciler may do with IAM on the cluster, all of its topics and groups; it can neither read nor write records. AlterCluster
 * stands for moving replicas and electing leaders, DescribeCluster for the sizes of log directories, the dynamic configurations for throttles.
 * Source: https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html
 */
export function reconcilerStatements(clusterArn: string): ReconcilerStatement[] {
  return [
    {
      actions: [
        'kafka-cluster:Connect',
        'kafka-cluster:DescribeCluster',
        'kafka-cluster:AlterCluster',
        'kafka-cluster:DescribeClusterDynamicConfiguration',
        'kafka-cluster:AlterClusterDynamicConfiguration',
      ],
      resources: [clusterArn],
    },
    {
      actions: [
        'kafka-cluster:CreateTopic',
        'kafka-cluster:DeleteTopic',
        'kafka-cluster:DescribeTopic',
        'kafka-cluster:AlterTopic',
        'kafka-cluster:DescribeTopicDynamicConfiguration',
        'kafka-cluster:AlterTopicDynamicConfiguration',
      ],
      resources: clusterResources(clusterArn, 'topic', ['*']),
    },
    // The lease is membership of a group; lags and offsets of others are read, never written.
    { actions: ['kafka-cluster:DescribeGroup'], resources: clusterResources(clusterArn, 'group', ['*']) },
    { actions: ['kafka-cluster:AlterGroup'], resources: clusterResources(clusterArn, 'group', ['__kdk_apply']) },
  ];
}
