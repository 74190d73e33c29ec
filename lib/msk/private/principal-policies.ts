import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { EnvironmentModel, PrincipalModel } from '../../core/model';
import { refuse, type PropertyProblem } from '../../aws/private/construct-failure';
import { reviewedWildcards } from '../../aws/private/reviewed';
import { iamStatements, policyDocument } from './iam-statements';

interface RolePrincipal {
  readonly principal: PrincipalModel;
  readonly roleName: string;
}

/** Principals of listeners with this authentication. */
export function principalsWith(model: EnvironmentModel, authentication: string): PrincipalModel[] {
  const listeners = new Set(
    model.listeners.filter((listener) => listener.authentication === authentication).map((listener) => listener.name),
  );
  return model.principals.filter((principal) => listeners.has(principal.listener));
}

/** Principals with IAM by the name of their role. A role of another account cannot get a policy from here. */
export function rolePrincipals(model: EnvironmentModel): { roles: RolePrincipal[]; problems: PropertyProblem[] } {
  const roles: RolePrincipal[] = [];
  const problems: PropertyProblem[] = [];
  for (const principal of principalsWith(model, 'iam')) {
    const { iamRole } = model.spec.principals![principal.name]!;
    if (iamRole === undefined || (principal.produce === undefined && principal.consume === undefined)) continue;
    const arn = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(iamRole);
    if (iamRole.startsWith('arn:') && (arn === null || arn[1] !== model.spec.aws?.account)) {
      problems.push({
        property: `principals.${principal.name}.iamRole`,
        message: `not a role of the account of the cluster, got "${iamRole}"; the name or ARN of a role in ${model.spec.aws?.account ?? 'aws.account'} is allowed.`,
        hint: 'Name a role of that account.',
      });
      continue;
    }
    roles.push({ principal, roleName: arn?.[2] ?? iamRole });
  }
  return { roles, problems };
}

/** A managed policy for each principal with a role, which outlives neither its role nor its cluster. */
export class PrincipalPolicies extends Construct {
  public constructor(
    scope: Construct,
    id: string,
    props: { readonly clusterArn: string; readonly model: EnvironmentModel },
  ) {
    super(scope, id);
    const { roles, problems } = rolePrincipals(props.model);
    refuse(this, 'MSK-ROLE', problems);
    for (const { principal, roleName } of roles) {
      const document = policyDocument(iamStatements(props.clusterArn, principal));
      const policy = new CfnManagedPolicy(this, principal.name, {
        description: `Principal ${principal.name} of the Kafka environment ${props.model.name}`,
        policyDocument: document,
        roles: [roleName],
      });
      reviewedWildcards(policy, document, `The environment gives ${principal.name} names that begin so.`);
    }
  }
}
