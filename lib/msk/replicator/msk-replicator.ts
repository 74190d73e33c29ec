import { Aws, Names, RemovalPolicy, Resource, Stack } from 'aws-cdk-lib/core';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { CfnReplicator } from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import { ClientAuthentication } from '../../aws/client-authentication';
import type { IKafkaNetwork } from '../../aws/kafka-network';
import { refuse, type PropertyProblem } from '../../aws/private/construct-failure';
import { replicatorRegex } from '../../core/msk-connect';
import { clusterAccess } from '../connect/private/cluster-access';
import { serviceRole } from '../connect/private/service-role';
import type { IMskCluster } from '../msk-cluster-base';
import type { MskLogs } from '../msk-logs';
import { mskPort } from '../private/ports';
import { logProblems, renderLogs } from '../private/rendered-logs';
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
   * @default - one that lets nobody in
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
  /** The role that it acts in. */
  public readonly role: IRole;

  public constructor(scope: Construct, id: string, props: MskReplicatorProps) {
    super(scope, id);
    const { source, target, topics, excludedTopics = [], groups = ['*'] } = props;
    const naming = props.topicNaming ?? MskReplicatorTopicNaming.PREFIXED;
    const name = props.replicatorName ?? Names.uniqueResourceName(this, { maxLength: 128, separator: '-' });
    refuse(this, 'MSK-REPLICATOR-REFUSED', [...problems(this, props, name), ...logProblems('logs', props.logs)]);
    const [sourceArn, targetArn] = [source.cluster.clusterArn, target.cluster.clusterArn];
    const { partition, region, account } = Stack.of(this);
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
      clusterAccess(new Construct(this, index === 0 ? 'Source' : 'Target'), {
        cluster: side.cluster,
        network: (side.network ?? side.cluster.network)!,
        port: mskPort(ClientAuthentication.IAM),
        description: `Replicator ${name}`,
        ...(side.securityGroups === undefined ? {} : { securityGroups: side.securityGroups }),
      }),
    );
    const replicator = new CfnReplicator(this, 'Resource', {
      replicatorName: name,
      serviceExecutionRoleArn: this.role.roleArn,
      kafkaClusters: [source, target].map((side, index) => ({
        amazonMskCluster: { mskClusterArn: side.cluster.clusterArn },
        vpcConfig: {
          subnetIds: (side.network ?? side.cluster.network)!.subnetIds,
          securityGroupIds: sides[index]!.securityGroups.map((group) => group.securityGroupId),
        },
      })),
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

/** What the service refuses. Source: Amazon MSK developer guide, "Supported configurations" of MSK Replicator, read on 2026-11-26. */
function problems(scope: Construct, props: MskReplicatorProps, name: string): PropertyProblem[] {
  const { source, target, topics, excludedTopics = [], groups = ['*'] } = props;
  const found: PropertyProblem[] = [];
  const add = (property: string, message: string, hint: string): void => void found.push({ property, message, hint });
  if (!/^[0-9A-Za-z][0-9A-Za-z-]{0,127}$/.test(name))
    add(
      'replicatorName',
      `not a name for a replicator, got ${JSON.stringify(name)}; up to 128 letters, digits and dashes are allowed.`,
      'Choose another name.',
    );
  if (source.cluster.clusterArn === target.cluster.clusterArn)
    add(
      'source',
      'the cluster would be copied onto itself, got one cluster twice; two are needed.',
      'Name another cluster.',
    );
  const accounts = [source, target].map(
    ({ cluster }) => /^arn:[^:]+:kafka:[^:]+:(\d{12}):/.exec(cluster.clusterArn)?.[1] ?? Stack.of(scope).account,
  );
  if (accounts.every((account) => /^\d{12}$/.test(account)) && accounts[0] !== accounts[1])
    add(
      'source',
      `the clusters are in two accounts, got ${accounts.join(' and ')}; one account is allowed.`,
      'Use MirrorMaker on workers of your own between accounts.',
    );
  const region = /^arn:[^:]+:kafka:([^:]+):/.exec(target.cluster.clusterArn)?.[1];
  const { region: own } = Stack.of(scope);
  if (region !== undefined && own !== Aws.REGION && !region.includes('${') && region !== own)
    add(
      'target',
      `the replicator is made where its target is, got a target in ${region} and a stack in ${own}; one region is allowed.`,
      `Put it into a stack of ${region}.`,
    );
  if (own.startsWith('us-gov-'))
    add(
      'target',
      `there is no MSK Replicator, got ${own}; regions outside of GovCloud are allowed.`,
      'Use MirrorMaker on workers of your own.',
    );
  for (const [property, side] of [
    ['source', source],
    ['target', target],
  ] as const) {
    const { clientAuthentications, network } = side.cluster;
    if (!clientAuthentications.includes(ClientAuthentication.IAM))
      add(
        `${property}.cluster`,
        `a replicator logs in with iam, got a cluster with ${clientAuthentications.join(', ')}; iam is needed.`,
        'Add iam to clientAuthentications.',
      );
    const subnets = (side.network ?? network)?.subnetIds.length ?? 0;
    if (subnets < 2 || subnets > 3)
      add(
        `${property}.network`,
        `not a number of subnets that the service takes, got ${subnets}; 2 or 3 are allowed.`,
        'Give network, with the subnets of the brokers.',
      );
  }
  for (const [property, list] of [
    ['topics', topics],
    ['excludedTopics', excludedTopics],
    ['groups', groups],
  ] as const) {
    if (list.length > 100)
      add(property, `too many patterns, got ${list.length}; at most 100 are allowed.`, 'Use prefixes.');
  }
  if (topics.length === 0)
    add('topics', 'nothing would be copied, got no topics; one at least is needed.', 'Name them; * is all.');
  if (props.offsetSync === MskReplicatorOffsetSync.ENHANCED && props.topicNaming !== MskReplicatorTopicNaming.IDENTICAL)
    add(
      'offsetSync',
      'offsets cannot be carried over this way between names that differ, got ENHANCED with prefixed names; it is allowed with IDENTICAL.',
      'Set topicNaming to IDENTICAL.',
    );
  return found;
}
