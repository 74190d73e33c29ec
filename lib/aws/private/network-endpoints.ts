import { Stack } from 'aws-cdk-lib/core';
import { CfnSecurityGroup, CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface NetworkEndpointsProps {
  readonly vpcId: string;
  readonly cidr: string;
  readonly subnetIds: string[];
  readonly routeTableId: string;
  /** Last parts of the names of services; `s3` becomes a gateway. */
  readonly services: readonly string[];
}

/**
 * Ways to services of AWS out of subnets without a way to the internet. They have a security group of their own, which lets in HTTPS from
 * the VPC and nothing else: without one they would have the default group of the VPC, and so would whatever else got it by default.
 */
export class NetworkEndpoints extends Construct {
  public constructor(scope: Construct, id: string, props: NetworkEndpointsProps) {
    super(scope, id);
    const { vpcId, cidr, subnetIds, routeTableId, services } = props;
    const nameOf = (service: string): string => `com.amazonaws.${Stack.of(this).region}.${service}`;
    const byGateway = services.filter((service) => service === 's3');
    const byInterface = services.filter((service) => service !== 's3');
    for (const service of byGateway) {
      new CfnVPCEndpoint(scope, `Endpoint-${service}`, {
        vpcId,
        serviceName: nameOf(service),
        vpcEndpointType: 'Gateway',
        routeTableIds: [routeTableId],
      });
    }
    if (byInterface.length === 0) return;
    const group = new CfnSecurityGroup(this, 'SecurityGroup', {
      vpcId,
      groupDescription: 'Endpoints of AWS services in a network for Kafka',
      securityGroupIngress: [
        { ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: cidr, description: 'HTTPS from the VPC' },
      ],
      // A group without egress rules would get one that allows all.
      securityGroupEgress: [
        { ipProtocol: 'icmp', fromPort: 252, toPort: 86, cidrIp: '255.255.255.255/32', description: 'No traffic' },
      ],
    });
    for (const service of byInterface) {
      new CfnVPCEndpoint(scope, `Endpoint-${service}`, {
        vpcId,
        serviceName: nameOf(service),
        vpcEndpointType: 'Interface',
        privateDnsEnabled: true,
        subnetIds,
        securityGroupIds: [group.attrGroupId],
      });
    }
  }
}
