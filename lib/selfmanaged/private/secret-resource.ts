import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** How a policy names a secret that is there already, by its name or its ARN: the service adds a dash and six characters to a name. */
export function secretResource(scope: IConstruct, id: string): string {
  return id.startsWith('arn:') ? id : secretsNamed(scope, `${id}-??????`);
}

export function secretsNamed(scope: IConstruct, pattern: string): string {
  return Stack.of(scope).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: pattern,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** What decrypting secrets takes: under the key of the cluster, or where somebody else's are among them under any, by Secrets Manager alone. */
export function decryptStatement(
  scope: IConstruct,
  keyArn: string,
  foreign: boolean,
): { readonly actions: string[]; readonly resources: string[]; readonly condition: object } {
  const stack = Stack.of(scope);
  const anyKey = stack.formatArn({ service: 'kms', resource: 'key', resourceName: '*' });
  return {
    actions: ['kms:Decrypt'],
    resources: foreign ? [keyArn, anyKey] : [keyArn],
    condition: { StringEquals: { 'kms:ViaService': `secretsmanager.${stack.region}.amazonaws.com` } },
  };
}
