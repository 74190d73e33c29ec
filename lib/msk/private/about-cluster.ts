import type { TopicClusterFacts } from '../../core/msk';
import type { KafkaRelease } from '../../core/versions';

/** What a construct knows of a cluster that it puts something into; less of an imported one. */
export interface AboutCluster extends TopicClusterFacts {
  readonly release?: KafkaRelease;
  /** Who makes its topics, where an environment says so. */
  readonly topicsManagedBy?: 'cloudformation' | 'reconciler';
}
