import { RemovalPolicy, Resource } from 'aws-cdk-lib/core';
import { CfnTopic } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import type { KafkaTopicAcknowledgement } from '../aws/kafka-topic-acknowledgement';
import { refuse } from '../aws/private/construct-failure';
import { topicSpec } from '../aws/private/declared-state';
import type { Retention } from '../core/units/retention';
import { MskClusterBase, type IMskCluster } from './msk-cluster-base';
import { MskServerlessCluster } from './msk-serverless-cluster';
import { claimTopic } from './private/claims';
import { clusterResources } from './private/iam-statements';
import { topicProperties } from './private/topic-properties';
import { topicOptionProblems, topicProblems, topicTokens } from './private/topic-problems';

/** Properties of a topic. */
export interface MskTopicProps {
  /** The cluster. On Serverless, which has no topics in CloudFormation, the reconciler of the cluster makes the topic. */
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
  /**
   * Changes of the topic that a deployment to a Serverless cluster would refuse otherwise; it names the entry to write.
   *
   * @default - none
   */
  readonly acknowledge?: KafkaTopicAcknowledgement[];
}

/**
 * A topic of an Amazon MSK cluster, retained by default: owned by CloudFormation on a provisioned cluster, by the cluster's reconciler on Serverless.
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
    this.topicName = topicName;
    if (cluster instanceof MskServerlessCluster) {
      this.topicArn = serverlessTopic(this, cluster, props);
      return;
    }
    refuse(this, 'MSK-TOPIC-REFUSED', [
      ...(about.kind === 'serverless'
        ? [
            {
              property: 'cluster',
              message: `topics of a Serverless cluster are made by the stack that makes the cluster, got an imported one, ${cluster.node.path}; a cluster of this app is allowed.`,
              hint: 'Declare the topic there.',
            },
          ]
        : []),
      ...topicProblems({ name: topicName, partitions, replicationFactor, minInSyncReplicas, config, cluster: about }),
      ...topicOptionProblems(props.config ?? {}, about),
      ...(props.acknowledge === undefined
        ? []
        : [
            {
              property: 'acknowledge',
              message:
                'CloudFormation changes the topic without asking, got acknowledge; it is for Serverless clusters alone.',
              hint: 'Leave it out.',
            },
          ]),
      ...claimTopic(this, { clusterArn: cluster.clusterArn, name: topicName, property: 'topicName' }),
    ]);
    const topic = new CfnTopic(
      this,
      'Resource',
      topicProperties(cluster.clusterArn, { name: topicName, partitions, replicationFactor, config }),
    );
    topic.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);
    this.topicArn = topic.attrTopicArn;
  }
}

/** Adds the topic to those that the reconciler of the cluster makes, and gives its ARN as policies name it. */
function serverlessTopic(scope: MskTopic, cluster: MskServerlessCluster, props: MskTopicProps): string {
  const { topicName, removalPolicy } = props;
  refuse(
    scope,
    'MSK-TOPIC-REFUSED',
    removalPolicy === undefined || removalPolicy === RemovalPolicy.RETAIN
      ? []
      : [
          {
            property: 'removalPolicy',
            message: `the topic is not a resource of the stack, got ${removalPolicy}; retain is allowed on Serverless.`,
            hint: 'Leave it out, and delete the topic by hand when nobody reads it any more.',
          },
        ],
  );
  cluster._topics().addTopic(scope, { name: topicName, topic: topicSpec(props), acknowledge: props.acknowledge ?? [] });
  return clusterResources(cluster.clusterArn, 'topic', [topicName])[0]!;
}
