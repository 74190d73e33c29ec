import type { MskBrokerFacts, TopicClusterFacts } from '../../core/msk';
import type { MskLevel } from '../../core/signals';
import type { KafkaRelease } from '../../core/versions';

/** What a construct knows of a cluster that it puts something into; less of an imported one. */
export interface AboutCluster extends TopicClusterFacts {
  readonly release?: KafkaRelease;
  readonly brokers?: MskBrokerFacts;
  readonly monitoringLevel?: MskLevel;
  /** Where logs of the brokers go in CloudWatch. */
  readonly brokerLogGroupName?: string;
  /** Who makes its topics, where an environment says so. */
  readonly topicsManagedBy?: 'cloudformation' | 'reconciler';
}
