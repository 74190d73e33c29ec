import { CfnSecurityGroup, CfnSecurityGroupIngress, SecurityGroup, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { AwsSpec } from '../../core/spec';

/** A security group that lets nobody in; outgoing traffic is free, since brokers talk to each other and to AWS. */
export function closedSecurityGroup(scope: Construct, id: string, vpcId: string, description: string): ISecurityGroup {
  const group = new CfnSecurityGroup(scope, id, {
    vpcId,
    groupDescription: description,
    securityGroupEgress: [{ ipProtocol: '-1', cidrIp: '0.0.0.0/0', description: 'Allow all outgoing traffic' }],
  });
  return SecurityGroup.fromSecurityGroupId(scope, `${id}Reference`, group.attrGroupId);
}

export interface LetIn {
  /** Id of the group that lets in. */
  readonly to: string;
  /** Id of the group that is let in. */
  readonly from: string;
  readonly port: number;
  readonly description: string;
}

/** Lets a security group reach a port. */
export function letIn(scope: Construct, id: string, { to, from, port, description }: LetIn): CfnSecurityGroupIngress {
  return new CfnSecurityGroupIngress(scope, id, {
    groupId: to,
    ipProtocol: 'tcp',
    fromPort: port,
    toPort: port,
    sourceSecurityGroupId: from,
    description,
  });
}

/** Lets the clients that an environment names reach the given ports, and nobody else. */
export function allowClients(
  scope: Construct,
  group: ISecurityGroup,
  clients: NonNullable<AwsSpec['clients']>,
  ports: readonly number[],
): void {
  for (const [index, client] of clients.entries()) {
    for (const port of ports) {
      new CfnSecurityGroupIngress(scope, `Client${index + 1}Port${port}`, {
        groupId: group.securityGroupId,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        description: 'Kafka clients',
        ...(client.securityGroup === undefined ? {} : { sourceSecurityGroupId: client.securityGroup }),
        ...(client.cidr === undefined ? {} : { cidrIp: client.cidr }),
      });
    }
  }
}
