import { Duration, Names, RemovalPolicy, Resource, Stack } from 'aws-cdk-lib/core';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { CfnReplicator } from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import type { IKafkaNetwork } from '../../aws/kafka-network';
import { refuse } from '../../aws/private/construct-failure';
import { replicatorRegex } from '../../core/msk-connect';
import { serviceRole } from '../connect/private/service-role';
import type { IMskCluster } from '../msk-cluster-base';
import type { MskLogs } from '../msk-logs';
import { logProblems, renderLogs } from '../private/rendered-logs';
import { replicatorProblems } from './private/replicator-problems';
import { replicatorSide } from './private/replicator-side';
import { replicatorStatements } from './private/replicator-statements';

/** How a topic is called on the side that receives. */
export enum MskReplicatorTopicNaming {
  /** With the alias of the source in front: `alias.orders`. */
  PREFIXED = 'PREFIXED_WITH_SOURCE_CLUSTER_ALIAS',
  /** By the same name. */
  IDENTICAL = 'IDENTICAL',
}

/** Which records a replicator begins with. */
export enum MskReplicatorStart {
  /** Those that are written from now on. */
  LATEST = 'LATEST',
  /** The oldest that are there. */
  EARLIEST = 'EARLIEST',
}

/** When offsets of groups are carried over. */
export enum MskReplicatorOffsetSync {
  /** When producers write to the source. */
  LEGACY = 'LEGACY',
  /** Wherever producers write; with identical names and a replicator each way. */
  ENHANCED = 'ENHANCED',
}

/** How records are compressed on the way. */
export enum MskReplicatorCompression {
  /** Not at all. */
  NONE = 'NONE',
  /** GZIP. */
  GZIP = 'GZIP',
  /** Snappy. */
  SNAPPY = 'SNAPPY',
  /** LZ4. */
  LZ4 = 'LZ4',
  /** Zstandard. */
  ZSTD = 'ZSTD',
}

/** One side of a replicator. */
export interface MskReplicatorSide {
  /** The cluster; it has IAM authentication. */
  readonly cluster: IMskCluster;
  /**
   * Subnets that reach its brokers, two or three.
   *
   * @default - the network of the cluster
   */
  readonly network?: IKafkaNetwork;
  /**
   * Security groups of the replicator on this side; the brokers let them in.
   *
   * A source in another region needs none: the service connects to it by itself, and its brokers have multi-VPC connectivity for iam.
   *
   * @default - one that lets nobody in; none in another region
   */
  readonly securityGroups?: ISecurityGroup[];
}

/** Properties of a replicator. Lists of topics and groups and the log change in place; everything else replaces it. */
export interface MskReplicatorProps {
  /** Where records come from. */
  readonly source: MskReplicatorSide;
  /** Where they go; the replicator is made in the region of this cluster. */
  readonly target: MskReplicatorSide;
  /** Topics that are copied; a trailing `*` makes a prefix. */
  readonly topics: string[];
  /**
   * Topics that are not; a trailing `*` makes a prefix.
   *
   * @default - none
   */
  readonly excludedTopics?: string[];
  /**
   * Groups whose offsets are carried over; a trailing `*` makes a prefix, `*` is all.
   *
   * @default - all
   */
  readonly groups?: string[];
  /** @default MskReplicatorTopicNaming.PREFIXED */
  readonly topicNaming?: MskReplicatorTopicNaming;
  /** @default MskReplicatorStart.LATEST */
  readonly start?: MskReplicatorStart;
  /** @default MskReplicatorOffsetSync.LEGACY */
  readonly offsetSync?: MskReplicatorOffsetSync;
  /** @default MskReplicatorCompression.NONE */
  readonly compression?: MskReplicatorCompression;
  /**
   * Carry options of topics over.
   *
   * @default true
   */
  readonly copyTopicConfigurations?: boolean;
  /**
   * Carry ACLs of topics over.
   *
   * @default false
   */
  readonly copyAccessControlLists?: boolean;
  /**
   * Name of the replicator.
   *
   * @default - made from the path of the construct
   */
  readonly replicatorName?: string;
  /**
   * How old records may be when they arrive; alarms compare with it.
   *
   * @default Duration.minutes(15)
   */
  readonly maxTimeLag?: Duration;
  /**
   * The role that it acts in.
   *
   * @default - a role with exactly the rights that it needs
   */
  readonly role?: IRole;
  /**
   * Where it writes its log.
   *
   * @default - a log group that keeps a month, and stays
   */
  readonly logs?: MskLogs;
}

/** Records of one Amazon MSK cluster, copied to another one of the same account by MSK Replicator. */
export class MskReplicator extends Resource {
  /**
   * The ARN of the replicator.
   *
   * @attribute
   */
  public readonly replicatorArn: string;
  /** Name of the replicator. */
  public readonly replicatorName: string;
  /** @internal */
  public readonly _maxLagSeconds: number;
  /** The role that it acts in. */
  public readonly role: IRole;

  public constructor(scope: Construct, id: string, props: MskReplicatorProps) {
    super(scope, id);
    const { source, target, topics, excludedTopics = [], groups = ['*'] } = props;
    const naming = props.topicNaming ?? MskReplicatorTopicNaming.PREFIXED;
    const name = props.replicatorName ?? Names.uniqueResourceName(this, { maxLength: 128, separator: '-' });
    this.replicatorName = name;
    this._maxLagSeconds = (props.maxTimeLag ?? Duration.minutes(15)).toSeconds();
    const { region, account, partition } = Stack.of(this);
    refuse(this, 'MSK-REPLICATOR-REFUSED', [
      ...replicatorProblems({ ...props, replicatorName: name }, { region, account }),
      ...logProblems('logs', props.logs),
    ]);
    const [sourceArn, targetArn] = [source.cluster.clusterArn, target.cluster.clusterArn];
    this.role =
      props.role ??
      serviceRole(this, {
        description: `Replicator ${name}`,
        service: 'kafka.amazonaws.com',
        sourceArn: `arn:${partition}:kafka:${region}:${account}:replicator/${name}/*`,
        statements: replicatorStatements({
          sourceArn,
          targetArn,
          topics,
          groups,
          prefixed: naming === MskReplicatorTopicNaming.PREFIXED,
          copyAcls: props.copyAccessControlLists ?? false,
        }),
        wildcards: 'The service keeps its state in topics of its own names; others are prefixes that were given.',
      });
    const sides = [source, target].map((side, index) =>
      replicatorSide(new Construct(this, index === 0 ? 'Source' : 'Target'), side, `Replicator ${name}`),
    );
    const replicator = new CfnReplicator(this, 'Resource', {
      replicatorName: name,
      serviceExecutionRoleArn: this.role.roleArn,
      kafkaClusters: sides.map(({ kafkaCluster }) => kafkaCluster),
      replicationInfoList: [
        {
          sourceKafkaClusterArn: sourceArn,
          targetKafkaClusterArn: targetArn,
          targetCompressionType: props.compression ?? MskReplicatorCompression.NONE,
          topicReplication: {
            topicsToReplicate: topics.map(replicatorRegex),
            ...(excludedTopics.length === 0 ? {} : { topicsToExclude: excludedTopics.map(replicatorRegex) }),
            topicNameConfiguration: { type: naming },
            startingPosition: { type: props.start ?? MskReplicatorStart.LATEST },
            detectAndCopyNewTopics: true,
            copyTopicConfigurations: props.copyTopicConfigurations ?? true,
            copyAccessControlListsForTopics: props.copyAccessControlLists ?? false,
          },
          consumerGroupReplication: {
            consumerGroupsToReplicate: groups.map(replicatorRegex),
            detectAndCopyNewConsumerGroups: true,
            synchroniseConsumerGroupOffsets: true,
            ...(props.offsetSync === undefined ? {} : { consumerGroupOffsetSyncMode: props.offsetSync }),
          },
        },
      ],
      logDelivery: {
        replicatorLogDelivery: renderLogs(this, 'Logs', { logs: props.logs, removalPolicy: RemovalPolicy.RETAIN }),
      },
    });
    replicator.node.addDependency(...sides.flatMap(({ ingress }) => ingress));
    this.replicatorArn = replicator.attrReplicatorArn;
  }
}
