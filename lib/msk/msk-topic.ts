import { RemovalPolicy, Resource } from 'aws-cdk-lib/core';
import { CfnTopic } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { refuse } from '../aws/private/construct-failure';
import type { Retention } from '../core/units/retention';
import { MskClusterBase, type IMskCluster } from './msk-cluster-base';
import { claimTopic } from './private/claims';
import { topicProperties } from './private/topic-properties';
import { topicOptionProblems, topicProblems, topicTokens } from './private/topic-problems';

/** Properties of a topic. */
export interface MskTopicProps {
  /** The cluster; provisioned, since Serverless has no topics in CloudFormation. */
  readonly cluster: IMskCluster;
  /** Name of the topic; another name makes another topic. */
  readonly topicName: string;
  /** Partitions; they can only grow, which the service checks while deploying. */
  readonly partitions: number;
  /**
   * Replicas of each partition; never changes.
   *
   * @default 3
   */
  readonly replicationFactor?: number;
  /**
   * Replicas that must have a record before a producer with acks=all is told so.
   *
   * @default - one less than the replication factor, at least 1
   */
  readonly minInSyncReplicas?: number;
  /**
   * How long records are kept.
   *
   * @default - what the cluster is configured for, 7 days unless changed
   */
  readonly retention?: Retention;
  /**
   * Further topic options by their Kafka names, for example `remote.storage.enable` on a cluster with tiered storage.
   *
   * @default - none
   */
  readonly config?: Record<string, string>;
  /**
   * What happens to the topic and its records when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A topic of a provisioned Amazon MSK cluster, owned by CloudFormation and retained by default.
 *
 * What the service or Kafka would refuse is refused at synth. Whether a deployed topic had more partitions than now cannot be seen there:
 * the service refuses fewer of them while deploying; topics of an environment are compared with its lock file.
 */
export class MskTopic extends Resource {
  /**
   * The ARN of the topic.
   *
   * @attribute
   */
  public readonly topicArn: string;
  /** Name of the topic. */
  public readonly topicName: string;

  public constructor(scope: Construct, id: string, props: MskTopicProps) {
    super(scope, id);
    const { cluster, topicName, partitions } = props;
    const replicationFactor = props.replicationFactor ?? 3;
    const minInSyncReplicas = props.minInSyncReplicas ?? Math.max(1, replicationFactor - 1);
    const about = cluster instanceof MskClusterBase ? cluster._about : {};
    const config = {
      // The service fixes it on Express brokers, and refuses to be told.
      ...(about.kind === 'express' ? {} : { 'min.insync.replicas': String(minInSyncReplicas) }),
      ...(props.retention === undefined ? {} : { 'retention.ms': String(props.retention.toMilliseconds()) }),
      ...props.config,
    };
    refuse(this, 'MSK-TOPIC-REFUSED', topicTokens(props));
    refuse(this, 'MSK-TOPIC-REFUSED', [
      ...topicProblems({ name: topicName, partitions, replicationFactor, minInSyncReplicas, config, cluster: about }),
      ...topicOptionProblems(props.config ?? {}, about),
      ...claimTopic(this, { clusterArn: cluster.clusterArn, name: topicName, property: 'topicName' }),
    ]);
    const topic = new CfnTopic(
      this,
      'Resource',
      topicProperties(cluster.clusterArn, { name: topicName, partitions, replicationFactor, config }),
    );
    topic.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);
    this.topicName = props.topicName;
    this.topicArn = topic.attrTopicArn;
  }
}
