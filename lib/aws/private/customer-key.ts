import { Stack, type RemovalPolicy } from 'aws-cdk-lib/core';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** A customer key that rotates yearly. The account decides by IAM who uses it, which the services check through their grants. */
export function customerKey(scope: Construct, id: string, description: string, removalPolicy: RemovalPolicy): CfnKey {
  const { account, partition } = Stack.of(scope);
  const key = new CfnKey(scope, id, {
    description,
    enableKeyRotation: true,
    pendingWindowInDays: 30,
    keyPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:${partition}:iam::${account}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    },
  });
  key.applyRemovalPolicy(removalPolicy);
  return key;
}
