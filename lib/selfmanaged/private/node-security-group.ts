import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { closedSecurityGroup, letIn } from '../../aws/private/security-group';
import type { EnvironmentModel } from '../../core/model';

/** The security group of all nodes, which lets them reach each other. */
export function nodeSecurityGroup(scope: Construct, model: EnvironmentModel, vpcId: string): ISecurityGroup {
  const group = closedSecurityGroup(scope, 'SecurityGroup', vpcId, `Nodes of the Kafka cluster ${model.name}`);
  for (const { kafkaName, port } of Object.values(model.internalListeners ?? {})) {
    letIn(scope, `Between-${kafkaName}`, {
      to: group.securityGroupId,
      from: group.securityGroupId,
      port,
      description: `Kafka listener ${kafkaName} between nodes`,
    });
  }
  return group;
}
