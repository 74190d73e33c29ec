import type { EnvironmentModel } from '../../core/model';
import { clusterResources, type IamStatement } from './iam-statements';

/** What the Kafka Streams applications of a principal need beyond its own intent: as `applicationRights` says it for ACLs. */
export function applicationStatements(clusterArn: string, model: EnvironmentModel, principal: string): IamStatement[] {
  const arns = (kind: string, name: string): string[] => clusterResources(clusterArn, kind, [name]);
  return model.applications
    .filter((application) => application.principal === principal)
    .flatMap(({ streams, exactlyOnce }): IamStatement[] => {
      if (streams === undefined) return [];
      const own = `${streams.applicationId}-*`;
      return [
        { actions: ['kafka-cluster:WriteDataIdempotently'], resources: [clusterArn] },
        {
          actions: [
            'kafka-cluster:CreateTopic',
            'kafka-cluster:DeleteTopic', // of records too, once they were repartitioned
            'kafka-cluster:DescribeTopic',
            'kafka-cluster:DescribeTopicDynamicConfiguration',
            'kafka-cluster:ReadData',
            'kafka-cluster:WriteData',
          ],
          resources: arns('topic', own),
        },
        {
          actions: ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
          resources: arns('group', streams.applicationId),
        },
        ...(exactlyOnce
          ? [
              {
                actions: ['kafka-cluster:AlterTransactionalId', 'kafka-cluster:DescribeTransactionalId'],
                resources: arns('transactional-id', own),
              },
            ]
          : []),
      ];
    });
}
