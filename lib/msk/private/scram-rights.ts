import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { ControlRight } from './control-function';

export interface ScramSubjects {
  readonly clusterArn: string;
  /** Name pattern of the secrets that are made here, if any; a policy that names a hundred of them would be too long. */
  readonly generated?: string;
  readonly given: readonly ISecret[];
  /** Key of the secrets that are made here. */
  readonly keyArn?: string;
}

/** What associating secrets takes. The service lets itself read a secret by a policy on it and a grant on its key, in the caller's name. */
export function scramRights(scope: Construct, { clusterArn, generated, given, keyArn }: ScramSubjects): ControlRight[] {
  const stack = Stack.of(scope);
  const secrets = [
    ...(generated === undefined ? [] : [secretsNamed(scope, generated)]),
    ...given.map((secret) => secret.secretFullArn ?? secret.secretArn),
  ];
  const unknownKey = stack.formatArn({ service: 'kms', resource: 'key', resourceName: '*' });
  const keys = new Set([
    ...(keyArn === undefined ? [] : [keyArn]),
    ...given.map(({ encryptionKey }) => encryptionKey?.keyArn ?? unknownKey),
  ]);
  return [
    { actions: ['kafka:DescribeClusterV2'], resources: [clusterArn] },
    {
      actions: ['kafka:BatchAssociateScramSecret', 'kafka:BatchDisassociateScramSecret', 'kafka:ListScramSecrets'],
      resources: [clusterArn],
    },
    {
      actions: [
        'secretsmanager:DeleteResourcePolicy',
        'secretsmanager:GetResourcePolicy',
        'secretsmanager:PutResourcePolicy',
      ],
      resources: secrets,
    },
    { actions: ['kms:CreateGrant', 'kms:DescribeKey'], resources: [...keys] },
  ];
}

/** What changing the passwords of secrets that are made here takes. */
export function rotationRights(scope: Construct, generated: string, keyArn: string): ControlRight[] {
  return [
    {
      actions: [
        'secretsmanager:DescribeSecret',
        'secretsmanager:GetSecretValue',
        'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecretVersionStage',
      ],
      resources: [secretsNamed(scope, generated)],
    },
    // It has no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
    { actions: ['secretsmanager:GetRandomPassword'], resources: ['*'] },
    { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [keyArn] },
  ];
}

function secretsNamed(scope: Construct, pattern: string): string {
  return Stack.of(scope).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: pattern,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
