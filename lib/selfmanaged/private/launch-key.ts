import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { CfnKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { customerKey } from '../../aws/private/customer-key';

/**
 * A customer key that instances can start with: Auto Scaling makes their root volumes, and its own role has no right to a key by IAM.
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
export function launchKey(scope: Construct, id: string, description: string): CfnKey {
  const key = customerKey(scope, id, description, RemovalPolicy.RETAIN);
  const { account, partition } = Stack.of(scope);
  // By its name and not as a principal: it does not exist in an account that never had a group.
  const isAutoScaling = {
    StringEquals: { 'kms:CallerAccount': account },
    ArnLike: {
      'aws:PrincipalArn': `arn:${partition}:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling*`,
    },
  };
  const policy = key.keyPolicy as { readonly Version: string; readonly Statement: readonly object[] };
  key.keyPolicy = {
    ...policy,
    Statement: [
      ...policy.Statement,
      {
        Sid: 'VolumesOfGroups',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        Resource: '*',
        Condition: isAutoScaling,
      },
      {
        Sid: 'GrantsOfGroups',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'kms:CreateGrant',
        Resource: '*',
        Condition: { ...isAutoScaling, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      },
    ],
  };
  return key;
}
