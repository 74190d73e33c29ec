import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { EnvironmentModel, PrincipalModel } from '../../core/model';
import { reviewedWildcards } from '../../aws/private/reviewed';
import { applicationStatements } from './application-statements';
import { iamStatements, policyDocument } from './iam-statements';

interface RolePrincipal {
  readonly principal: PrincipalModel;
  readonly roleName: string;
  /** The ARN of a role of another account. */
  readonly foreignArn?: string;
}

/** Principals of listeners with this authentication. */
export function principalsWith(model: EnvironmentModel, authentication: string): PrincipalModel[] {
  const listeners = new Set(
    model.listeners.filter((listener) => listener.authentication === authentication).map((listener) => listener.name),
  );
  return model.principals.filter((principal) => listeners.has(principal.listener));
}

/** Principals with IAM by the name of their role. */
export function rolePrincipals(model: EnvironmentModel): RolePrincipal[] {
  return principalsWith(model, 'iam').flatMap((principal): RolePrincipal[] => {
    const { iamRole } = model.spec.principals![principal.name]!;
    if (iamRole === undefined || (principal.produce === undefined && principal.consume === undefined)) return [];
    const [, account, roleName = iamRole] = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(iamRole) ?? [];
    const foreign = account !== undefined && account !== model.spec.aws?.account;
    return [{ principal, roleName, ...(foreign ? { foreignArn: iamRole } : {}) }];
  });
}

/** A managed policy for each principal with a role, which outlives neither its role nor its cluster. */
export class PrincipalPolicies extends Construct {
  public constructor(
    scope: Construct,
    id: string,
    props: { readonly clusterArn: string; readonly model: EnvironmentModel },
  ) {
    super(scope, id);
    for (const { principal, roleName, foreignArn } of rolePrincipals(props.model)) {
      if (foreignArn !== undefined) continue;
      const { clusterArn, model } = props;
      const document = policyDocument([
        ...iamStatements(clusterArn, principal),
        ...applicationStatements(clusterArn, model, principal.name),
      ]);
      const policy = new CfnManagedPolicy(this, principal.name, {
        description: `Principal ${principal.name} of the Kafka environment ${props.model.name}`,
        policyDocument: document,
        roles: [roleName],
      });
      reviewedWildcards(policy, document, `The environment gives ${principal.name} names that begin so.`);
    }
  }
}
