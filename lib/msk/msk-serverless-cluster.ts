import { Names, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Connections, ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { CfnServerlessCluster } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { ClientAuthentication } from '../aws/client-authentication';
import type { IKafkaNetwork } from '../aws/kafka-network';
import { refuse } from '../aws/private/construct-failure';
import type { DeclaredState } from '../aws/private/declared-state';
import { closedSecurityGroup } from '../aws/private/security-group';
import { MskClusterBase } from './msk-cluster-base';
import { BootstrapBrokers } from './private/bootstrap-brokers';
import { claim } from './private/claims';
import { serverlessProblems } from './private/cluster-facts';
import { ownClusterArns } from './private/cluster-identity';
import { mskConnections } from './private/connections';
import { ifLiteral, literalProblems } from '../aws/private/literals';
import { ImportedMskCluster } from './private/imported-cluster';
import { networkOf } from './private/network-of';
import { serverlessTopics } from './private/serverless-topics';

const TOPICS_ID = 'Topics';

/** Properties of an Amazon MSK Serverless cluster. Every change of one replaces the cluster. */
export interface MskServerlessClusterProps {
  /**
   * The VPC that clients connect from.
   *
   * @default - `network` is given instead
   */
  readonly vpc?: IVpc;
  /**
   * Which subnets of `vpc`: two to six.
   *
   * @default - the private subnets
   */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * The subnets that clients connect from, where there is no `vpc`.
   *
   * @default - `vpc` is given instead
   */
  readonly network?: IKafkaNetwork;
  /**
   * Security groups of the cluster.
   *
   * @default - one that lets nobody in until `connections` is asked to
   */
  readonly securityGroups?: ISecurityGroup[];
  /**
   * Name of the cluster.
   *
   * @default - made from the path of the construct
   */
  readonly clusterName?: string;
  /**
   * What happens to the cluster when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Attributes of a Serverless cluster that is there already. */
export interface MskServerlessClusterAttributes {
  /** The ARN of the cluster. */
  readonly clusterArn: string;
  /**
   * Security groups of the cluster.
   *
   * @default - none; `connections` then changes nothing
   */
  readonly securityGroups?: ISecurityGroup[];
  /**
   * The subnets that its clients connect from.
   *
   * @default - not known
   */
  readonly network?: IKafkaNetwork;
}

/** An Amazon MSK Serverless cluster: no brokers to size, IAM authentication only. */
export class MskServerlessCluster extends MskClusterBase {
  /** A Serverless cluster that is there already. */
  public static fromClusterAttributes(
    scope: Construct,
    id: string,
    attributes: MskServerlessClusterAttributes,
  ): MskClusterBase {
    return new ImportedMskCluster(scope, id, { kind: 'serverless', attributes });
  }

  public readonly clusterArn: string;
  public readonly connections: Connections;
  public readonly clusterName: string;
  public readonly clientAuthentications: ClientAuthentication[] = [ClientAuthentication.IAM];
  public readonly multiVpcAuthentications: ClientAuthentication[] = [];
  public readonly network?: IKafkaNetwork;
  /** @internal */
  public readonly _rightsArn: string;
  /** @internal */
  protected readonly _bootstrap: BootstrapBrokers;
  private readonly securityGroup: ISecurityGroup;

  public constructor(scope: Construct, id: string, props: MskServerlessClusterProps) {
    super(scope, id);
    const network = networkOf(this, props);
    this.network = network;
    this.clusterName = props.clusterName ?? Names.uniqueResourceName(this, { maxLength: 64, separator: '-' });
    this._about = { kind: 'serverless', monitoringLevel: 'DEFAULT' };
    refuse(this, 'MSK-REFUSED', literalProblems({ clusterName: props.clusterName, network: network.subnetIds }));
    const region = ifLiteral(Stack.of(this).region);
    refuse(this, 'MSK-REFUSED', [
      ...serverlessProblems({
        clusterName: this.clusterName,
        zoneCount: network.subnetIds.length,
        ...(region === undefined ? {} : { region }),
      }),
      ...claim(this, { within: Stack.of(this), what: 'a cluster', name: this.clusterName, property: 'clusterName' }),
    ]);
    const securityGroups = props.securityGroups ?? [
      closedSecurityGroup(this, 'SecurityGroup', network.vpcId, `Kafka cluster ${this.clusterName}`),
    ];
    this.securityGroup = securityGroups[0]!;
    this.connections = mskConnections(securityGroups, this.clientAuthentications);
    const cluster = new CfnServerlessCluster(this, 'Resource', {
      clusterName: this.clusterName,
      clientAuthentication: { sasl: { iam: { enabled: true } } },
      vpcConfigs: [
        { subnetIds: network.subnetIds, securityGroups: securityGroups.map((group) => group.securityGroupId) },
      ],
    });
    // The tags of a serverless cluster cannot change: a tag on the stack would replace it and lose its data.
    cluster.addPropertyDeletionOverride('Tags');
    cluster.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);
    this.clusterArn = cluster.attrArn;
    this._rightsArn = ownClusterArns(this, this.clusterName);
    this._bootstrap = new BootstrapBrokers(this, 'BootstrapBrokers', {
      cluster: { clusterArn: this.clusterArn, rightsArn: this._rightsArn },
      authentications: this.clientAuthentications,
    });
  }

  /** @internal */
  public _topics(): DeclaredState {
    return (
      (this.node.tryFindChild(TOPICS_ID) as DeclaredState | undefined) ??
      serverlessTopics(this, TOPICS_ID, {
        clusterArn: this.clusterArn,
        bootstrapServers: this.bootstrapServers(ClientAuthentication.IAM),
        network: this.network!,
        securityGroup: this.securityGroup,
      })
    );
  }
}
