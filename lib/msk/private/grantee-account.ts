import { Token } from 'aws-cdk-lib/core';
import type { IPrincipal } from 'aws-cdk-lib/aws-iam';

/** `arn:aws:kafka:eu-west-1:111122223333:cluster/events/…` */
export interface ArnPlace {
  readonly region: string;
  readonly account: string;
}

/** Region and account of an ARN that is written out; undefined while it is not known. */
export function placeOf(arn: string): ArnPlace | undefined {
  if (Token.isUnresolved(arn)) return undefined;
  const [, , , region = '', account = ''] = arn.split(':');
  return /^\d{12}$/.test(account) ? { region, account } : undefined;
}

/** The account of whoever is given a right, where it is known and written out. */
export function accountOf(principal: IPrincipal): string | undefined {
  const { principalAccount } = principal;
  if (principalAccount !== undefined) return Token.isUnresolved(principalAccount) ? undefined : principalAccount;
  const { arn } = principal as { readonly arn?: unknown };
  return typeof arn === 'string' ? placeOf(arn)?.account : undefined;
}

/** Who it is, for a message. */
export function nameOf(principal: IPrincipal): string {
  const { arn, roleArn, node } = principal as {
    readonly arn?: unknown;
    readonly roleArn?: unknown;
    readonly node?: { readonly path: string };
  };
  const known = [arn, roleArn].find((one): one is string => typeof one === 'string' && !Token.isUnresolved(one));
  return known ?? node?.path ?? principal.constructor.name;
}
