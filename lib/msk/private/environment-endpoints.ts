import type { MskConnectModel } from '../../core/msk-connect';

/**
 * The services that parts of an environment reach from subnets without a way out. The reconciler fetches what is wanted from S3 and answers
 * CloudFormation through it, and asks CloudFormation whether an update is a rollback, which must not be refused; IAM on the cluster is
 * signed without asking anybody. Workers of MSK Connect look up secrets; their plugins and logs go another way.
 */
export function environmentEndpoints(reconciles: boolean, connect: MskConnectModel | undefined): string[] {
  const readsSecrets = (connect?.connectors ?? []).some(({ secretConfig }) => Object.keys(secretConfig).length > 0);
  return [...(reconciles ? ['s3', 'cloudformation'] : []), ...(readsSecrets ? ['secretsmanager'] : [])];
}
