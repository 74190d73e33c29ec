import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

export interface UserSecretProps {
  readonly name: string;
  readonly description: string;
  readonly keyArn: string;
  readonly userName: string;
}

/** A secret with `username` and a `password` that nobody has seen; retained, since clients log in with it. */
export function userSecret(scope: Construct, id: string, props: UserSecretProps): CfnSecret {
  const { name, description, keyArn, userName } = props;
  const secret = new CfnSecret(scope, id, {
    name,
    description,
    kmsKeyId: keyArn,
    generateSecretString: {
      secretStringTemplate: Stack.of(scope).toJsonString({ username: userName }),
      generateStringKey: 'password',
      passwordLength: 32,
      excludePunctuation: true,
    },
  });
  secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return secret;
}

/** Lets a role read a secret, and decrypt it. */
export function grantSecretRead(grantee: IGrantable, secretArn: string, keyArn: string): Grant {
  return Grant.addToPrincipal({
    grantee,
    actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
    resourceArns: [secretArn],
  }).combine(Grant.addToPrincipal({ grantee, actions: ['kms:Decrypt'], resourceArns: [keyArn] }));
}
