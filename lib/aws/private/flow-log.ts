import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { CfnFlowLog } from 'aws-cdk-lib/aws-ec2';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/**
 * Logs what the security groups of a VPC turned away: who could not reach a broker, and who tried to that should not. What they let in is
 * the whole traffic of Kafka and is not logged (Security Hub EC2.6 asks for the rejected as well).
 */
export class RejectedTraffic extends Construct {
  public constructor(scope: Construct, id: string, vpcId: string) {
    super(scope, id);
    const { account, partition, region } = Stack.of(this);
    const logGroup = new CfnLogGroup(this, 'Logs', { retentionInDays: 30 });
    logGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
    const role = new CfnRole(this, 'Role', {
      description: 'Writes the flow log of a VPC for Kafka',
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
            Action: 'sts:AssumeRole',
            // Against the confused deputy: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
            Condition: {
              StringEquals: { 'aws:SourceAccount': account },
              ArnLike: { 'aws:SourceArn': `arn:${partition}:ec2:${region}:${account}:vpc-flow-log/*` },
            },
          },
        ],
      },
      policies: [
        {
          policyName: 'flow-log',
          policyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
                Resource: logGroup.attrArn,
              },
            ],
          },
        },
      ],
    });
    new CfnFlowLog(this, 'Resource', {
      resourceId: vpcId,
      resourceType: 'VPC',
      trafficType: 'REJECT',
      logDestinationType: 'cloud-watch-logs',
      logGroupName: logGroup.ref,
      deliverLogsPermissionArn: role.attrArn,
    });
  }
}
