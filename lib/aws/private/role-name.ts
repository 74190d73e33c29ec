import type { EnvironmentModel } from '../../core/model';

/** A role as an environment names it: by its name, or by its ARN. */
export interface NamedRole {
  readonly roleName: string;
  /** The ARN of a role of another account. */
  readonly foreignArn?: string;
}

export function namedRole(model: EnvironmentModel, iamRole: string): NamedRole {
  const [, account, roleName = iamRole] = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(iamRole) ?? [];
  const foreign = account !== undefined && account !== model.spec.aws?.account;
  return { roleName, ...(foreign ? { foreignArn: iamRole } : {}) };
}
