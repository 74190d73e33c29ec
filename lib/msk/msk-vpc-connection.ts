import { Resource, Stack, Token } from 'aws-cdk-lib/core';
import {
  Connections,
  Port,
  type IConnectable,
  type ISecurityGroup,
  type IVpc,
  type SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import { CfnVpcConnection } from 'aws-cdk-lib/aws-msk';
import type { Construct } from 'constructs';
import { ClientAuthentication } from '../aws/client-authentication';
import type { IKafkaNetwork } from '../aws/kafka-network';
import { refuse, type PropertyProblem } from '../aws/private/construct-failure';
import { closedSecurityGroup } from '../aws/private/security-group';
import { MskCluster } from './msk-cluster';
import type { IMskCluster } from './msk-cluster-base';
import { MskServerlessCluster } from './msk-serverless-cluster';
import { BootstrapBrokers, MULTI_VPC_STRINGS } from './private/bootstrap-brokers';
import { networkOf } from './private/network-of';
import { vpcConnectionProblems } from './private/vpc-connection-problems';

/** Properties of a connection of a VPC to a cluster. Every change of one but tags replaces it. */
export interface MskVpcConnectionProps {
  /**
   * The cluster, of this app or imported.
   *
   * @default - `clusterArn` is given instead
   */
  readonly cluster?: IMskCluster;
  /**
   * The ARN of the cluster, most often of another account, whose policy lets this one in.
   *
   * @default - `cluster` is given instead
   */
  readonly clusterArn?: string;
  /**
   * How the clients prove who they are. A connection is for one authentication; make another for another.
   *
   * @default ClientAuthentication.IAM
   */
  readonly authentication?: ClientAuthentication;
  /**
   * The VPC of the clients.
   *
   * @default - `network` is given instead
   */
  readonly vpc?: IVpc;
  /**
   * Which subnets of `vpc`: as many as the brokers are in, in the same zones.
   *
   * @default - the private subnets
   */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * The subnets of the clients, where there is no `vpc`.
   *
   * @default - `vpc` is given instead
   */
  readonly network?: IKafkaNetwork;
  /**
   * Security groups of the connection.
   *
   * @default - one that lets nobody in until `connections` is asked to
   */
  readonly securityGroups?: ISecurityGroup[];
}

/** Each broker has a port of its own in a connection, from the first on: https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html */
const BROKER_PORTS = Port.tcpRange(14_001, 14_100);

/**
 * A VPC of clients connected to the brokers of a cluster in another VPC or account of the region, by AWS PrivateLink and without peering:
 * the side of the clients. The side of the cluster is `multiVpcAuthentications` there, and an `MskClusterPolicy` where the account is
 * another.
 */
export class MskVpcConnection extends Resource implements IConnectable {
  /**
   * The ARN of the connection.
   *
   * @attribute
   */
  public readonly vpcConnectionArn: string;
  /** Lets clients in on the ports that brokers have in the connection. */
  public readonly connections: Connections;
  /** Addresses that clients in this VPC start from, comma-separated. */
  public readonly bootstrapServers: string;

  public constructor(scope: Construct, id: string, props: MskVpcConnectionProps) {
    super(scope, id);
    const { cluster, authentication = ClientAuthentication.IAM } = props;
    refuse(this, 'MSK-VPC-CONNECTION', choiceProblems(props));
    const clusterArn = props.clusterArn ?? cluster!.clusterArn;
    const network = networkOf(this, props);
    const { region } = Stack.of(this);
    const ours = cluster instanceof MskCluster ? cluster : undefined;
    refuse(this, 'MSK-VPC-CONNECTION', [
      ...vpcConnectionProblems({
        clusterArn,
        authentication,
        subnetIds: network.subnetIds,
        region: Token.isUnresolved(region) ? undefined : region,
        ...(cluster === undefined ? {} : { clientAuthentications: cluster.clientAuthentications }),
        ...(ours === undefined ? {} : { multiVpcAuthentications: ours.multiVpcAuthentications }),
        ...(cluster?.network === undefined ? {} : { brokerSubnets: cluster.network.subnetIds.length }),
      }),
      ...secondProblems(this, {
        clusterArn,
        authentication: AUTHENTICATIONS[authentication] ?? '',
        vpcId: network.vpcId,
      }),
    ]);
    const securityGroups = props.securityGroups ?? [
      closedSecurityGroup(
        this,
        'SecurityGroup',
        network.vpcId,
        `Connection to a Kafka cluster, ${this.node.path}`.slice(0, 255),
      ),
    ];
    this.connections = new Connections({ securityGroups, defaultPort: BROKER_PORTS });
    const connection = new CfnVpcConnection(this, 'Resource', {
      targetClusterArn: clusterArn,
      authentication: AUTHENTICATIONS[authentication]!,
      vpcId: network.vpcId,
      clientSubnets: network.subnetIds,
      securityGroups: securityGroups.map(({ securityGroupId }) => securityGroupId),
    });
    this.vpcConnectionArn = connection.attrArn;
    const bootstrap = new BootstrapBrokers(this, 'BootstrapBrokers', {
      cluster: { clusterArn, rightsArn: ours?._rightsArn ?? clusterArn },
      authentications: [authentication],
    });
    bootstrap.node.addDependency(connection);
    this.bootstrapServers = bootstrap.read(MULTI_VPC_STRINGS[authentication]!);
  }
}

/** The service's own words. */
const AUTHENTICATIONS: Readonly<Partial<Record<ClientAuthentication, string>>> = {
  [ClientAuthentication.IAM]: 'SASL_IAM',
  [ClientAuthentication.SCRAM_SHA_512]: 'SASL_SCRAM',
  [ClientAuthentication.MTLS]: 'TLS',
};

function choiceProblems({ cluster, clusterArn }: MskVpcConnectionProps): PropertyProblem[] {
  if (cluster instanceof MskServerlessCluster)
    return [
      {
        property: 'cluster',
        message: `a Serverless cluster has no multi-VPC connectivity, got ${cluster.node.path}; a provisioned cluster is allowed.`,
        hint: 'Name the VPCs of its clients in the cluster itself.',
      },
    ];
  if ((cluster === undefined) !== (clusterArn === undefined)) return [];
  return [
    {
      property: 'cluster',
      message: `the cluster is not clear, got ${cluster === undefined ? 'neither cluster nor clusterArn' : 'both cluster and clusterArn'}; exactly one of them is allowed.`,
      hint: cluster === undefined ? 'Give clusterArn.' : 'Leave one out.',
    },
  ];
}

interface Identity {
  readonly clusterArn: string;
  readonly authentication: string;
  readonly vpcId: string;
}

function secondProblems(connection: MskVpcConnection, identity: Identity): PropertyProblem[] {
  const stack = Stack.of(connection);
  const text = ({ clusterArn, authentication, vpcId }: Identity): string =>
    JSON.stringify(stack.resolve([clusterArn, authentication, vpcId]));
  const other = stack.node
    .findAll()
    .find(
      (one) =>
        one instanceof CfnVpcConnection &&
        text({ clusterArn: one.targetClusterArn, authentication: one.authentication, vpcId: one.vpcId }) ===
          text(identity),
    );
  if (other === undefined) return [];
  return [
    {
      property: 'authentication',
      message: `the VPC has a connection to the cluster for this authentication already, got a second one beside ${other.node.scope!.node.path}; one is allowed.`,
      hint: 'Use that one.',
    },
  ];
}
