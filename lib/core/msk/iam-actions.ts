import type { AclOperation, AclResourceType } from '../cluster';

/**
 * What an operation on a resource of Kafka is called in a policy of IAM; what is not here no policy can give.
 * Source: https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html, read on 2026-11-26.
 */
const ACTIONS: Readonly<Partial<Record<AclResourceType, Partial<Record<AclOperation, string>>>>> = {
  topic: {
    read: 'ReadData',
    write: 'WriteData',
    create: 'CreateTopic',
    delete: 'DeleteTopic',
    alter: 'AlterTopic',
    describe: 'DescribeTopic',
    'describe-configs': 'DescribeTopicDynamicConfiguration',
    'alter-configs': 'AlterTopicDynamicConfiguration',
  },
  group: { read: 'AlterGroup', delete: 'DeleteGroup', describe: 'DescribeGroup' },
  'transactional-id': { write: 'AlterTransactionalId', describe: 'DescribeTransactionalId' },
  cluster: {
    alter: 'AlterCluster',
    describe: 'DescribeCluster',
    'describe-configs': 'DescribeClusterDynamicConfiguration',
    'alter-configs': 'AlterClusterDynamicConfiguration',
    'idempotent-write': 'WriteDataIdempotently',
  },
};

/** The action of IAM for an operation on a resource; undefined where there is none. */
export function iamAction(type: AclResourceType, operation: AclOperation): string | undefined {
  const action = ACTIONS[type]?.[operation];
  return action === undefined ? undefined : `kafka-cluster:${action}`;
}
