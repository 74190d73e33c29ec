import { RemovalPolicy, Resource } from 'aws-cdk-lib/core';
import { CfnTopic } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { refuse } from '../aws/private/construct-failure';
import type { Retention } from '../core/units/retention';
import type { IMskCluster } from './msk-cluster-base';
import { topicProperties } from './private/topic-properties';
import { topicProblems } from './private/topic-problems';

/** Properties of a topic. */
export interface MskTopicProps {
  /** The cluster; provisioned, since Serverless has no topics in CloudFormation. */
  readonly cluster: IMskCluster;
  /** Name of the topic; another name makes another topic. */
  readonly topicName: string;
  /** Partitions; they can only grow. */
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
   * Further topic options by their Kafka names.
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

/** A topic of a provisioned Amazon MSK cluster, owned by CloudFormation and retained by default. */
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
    const replicationFactor = props.replicationFactor ?? 3;
    const minInSyncReplicas = props.minInSyncReplicas ?? Math.max(1, replicationFactor - 1);
    refuse(
      this,
      'MSK-TOPIC-REFUSED',
      topicProblems({ name: props.topicName, partitions: props.partitions, replicationFactor, minInSyncReplicas }),
    );
    const topic = new CfnTopic(
      this,
      'Resource',
      topicProperties(props.cluster.clusterArn, {
        name: props.topicName,
        partitions: props.partitions,
        replicationFactor,
        config: {
          'min.insync.replicas': String(minInSyncReplicas),
          ...(props.retention === undefined ? {} : { 'retention.ms': String(props.retention.toMilliseconds()) }),
          ...props.config,
        },
      }),
    );
    topic.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);
    this.topicName = props.topicName;
    this.topicArn = topic.attrTopicArn;
  }
}
