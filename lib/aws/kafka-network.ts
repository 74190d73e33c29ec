import { Token } from 'aws-cdk-lib/core';
import {
  CfnRouteTable,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
  type IVpc,
  type SubnetSelection,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { subnetCidrs } from './private/cidr';
import { refuse } from './private/construct-failure';
import { RejectedTraffic } from './private/flow-log';
import { acknowledgeNamedZones } from './private/named-zones';
import { NetworkEndpoints } from './private/network-endpoints';
import { networkProblems } from './private/network-problems';

/** The subnets that brokers live in, one a zone. */
export interface IKafkaNetwork {
  /** The VPC. */
  readonly vpcId: string;
  /** Subnets of distinct zones, in the order of the zones. */
  readonly subnetIds: string[];
}

/** Properties of a network. */
export interface KafkaNetworkProps {
  /** Names of the availability zones, for example `eu-west-1a`; named, so that nothing is looked up. */
  readonly availabilityZones: string[];
  /**
   * Address range of the VPC.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;
  /**
   * Services that must be reached without a way to the internet, for example `ssm`.
   *
   * `s3` becomes a gateway endpoint, which costs nothing; others become interface endpoints in every zone, with a security group that lets in
   * HTTPS from the VPC.
   *
   * @default - none
   */
  readonly endpoints?: string[];
}

/** A VPC of its own for brokers: one isolated subnet in each named zone, without a way in from or out to the internet, and a log of what was turned away. */
export class KafkaNetwork extends Construct implements IKafkaNetwork {
  /** A network that is there already. */
  public static fromIds(vpcId: string, subnetIds: string[]): IKafkaNetwork {
    return { vpcId, subnetIds };
  }

  /**
   * Subnets of a VPC of the CDK.
   *
   * @param vpc The VPC.
   * @param subnets Which subnets; the private ones unless given.
   */
  public static fromVpc(vpc: IVpc, subnets?: SubnetSelection): IKafkaNetwork {
    const { subnetIds, availabilityZones } = vpc.selectSubnets({ onePerAz: true, ...subnets });
    const zones = availabilityZones.filter((zone) => !Token.isUnresolved(zone));
    const twice = zones.find((zone, index) => zones.indexOf(zone) < index);
    if (twice !== undefined) {
      refuse(vpc, 'NETWORK', [
        {
          property: 'vpcSubnets',
          message: `two of the subnets are in one zone, got ${subnetIds.length} subnets and ${twice} twice; one in each zone is allowed.`,
          hint: 'Choose them with onePerAz: true, or by their ids.',
        },
      ]);
    }
    return { vpcId: vpc.vpcId, subnetIds };
  }

  public readonly vpcId: string;
  public readonly subnetIds: string[];

  public constructor(scope: Construct, id: string, props: KafkaNetworkProps) {
    super(scope, id);
    const { availabilityZones, cidr = '10.0.0.0/16', endpoints = [] } = props;
    refuse(this, 'NETWORK', networkProblems({ availabilityZones, cidr, endpoints }));
    acknowledgeNamedZones(this);
    const vpc = new CfnVPC(this, 'Vpc', { cidrBlock: cidr, enableDnsHostnames: true, enableDnsSupport: true });
    new RejectedTraffic(this, 'RejectedTraffic', vpc.attrVpcId);
    const routes = new CfnRouteTable(this, 'RouteTable', { vpcId: vpc.attrVpcId });
    const blocks = subnetCidrs(cidr, availabilityZones.length);
    this.vpcId = vpc.attrVpcId;
    this.subnetIds = availabilityZones.map((availabilityZone, index) => {
      const zone = new Construct(this, `Zone${index + 1}`);
      const subnet = new CfnSubnet(zone, 'Subnet', {
        vpcId: this.vpcId,
        availabilityZone,
        cidrBlock: blocks[index]!,
        mapPublicIpOnLaunch: false,
      });
      new CfnSubnetRouteTableAssociation(zone, 'Routes', {
        subnetId: subnet.attrSubnetId,
        routeTableId: routes.attrRouteTableId,
      });
      return subnet.attrSubnetId;
    });
    new NetworkEndpoints(this, 'Endpoints', {
      vpcId: this.vpcId,
      cidr,
      subnetIds: this.subnetIds,
      routeTableId: routes.attrRouteTableId,
      services: endpoints,
    });
  }
}
