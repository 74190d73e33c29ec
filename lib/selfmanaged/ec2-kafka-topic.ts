import { Resource } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { KafkaTopicAcknowledgement } from '../aws/kafka-topic-acknowledgement';
import { refuse } from '../aws/private/construct-failure';
import { topicSpec } from '../aws/private/declared-state';
import { literalProblems } from '../aws/private/literals';
import type { Retention } from '../core/units/retention';
import { Ec2KafkaClusterBase } from './ec2-kafka-cluster-base';
import type { IEc2KafkaCluster } from './ec2-kafka-cluster-interface';

/** Properties of a topic of a self-managed cluster. */
export interface Ec2KafkaTopicProps {
  /** The cluster, of this app. */
  readonly cluster: IEc2KafkaCluster;
  /** Name of the topic; another name makes another topic. */
  readonly topicName: string;
  /** Partitions; they can only grow, which is checked while deploying. */
  readonly partitions: number;
  /**
   * Replicas of each partition.
   *
   * @default - 3, or the number of brokers where there are fewer
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
   * Changes of the topic that a deployment would refuse otherwise; it names the entry to write.
   *
   * @default - none
   */
  readonly acknowledge?: KafkaTopicAcknowledgement[];
}

/**
 * A topic of a self-managed cluster. The reconciler of the cluster makes it: one custom resource for all topics and rights that constructs
 * add, whatever their number. A topic that leaves the stack stays, with its records.
 */
export class Ec2KafkaTopic extends Resource {
  /** Name of the topic. */
  public readonly topicName: string;

  public constructor(scope: Construct, id: string, props: Ec2KafkaTopicProps) {
    super(scope, id);
    const { cluster, topicName } = props;
    refuse(
      this,
      'EC2-TOPIC-REFUSED',
      literalProblems({
        topicName,
        partitions: props.partitions,
        replicationFactor: props.replicationFactor,
        minInSyncReplicas: props.minInSyncReplicas,
        ...Object.fromEntries(
          Object.entries(props.config ?? {}).map(([option, value]) => [`config[${JSON.stringify(option)}]`, value]),
        ),
      }),
    );
    if (!(cluster instanceof Ec2KafkaClusterBase)) {
      refuse(this, 'EC2-TOPIC-REFUSED', [
        {
          property: 'cluster',
          message: `topics are made by the stack that makes the cluster, got ${cluster.node.path}; a cluster of this app is allowed.`,
          hint: 'Declare the topic there.',
        },
      ]);
    }
    (cluster as Ec2KafkaClusterBase)
      ._declared()
      .addTopic(this, { name: topicName, topic: topicSpec(props), acknowledge: props.acknowledge ?? [] });
    this.topicName = topicName;
  }
}
