import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { EnvironmentModel, PrincipalModel } from '../../core/model';
import { reviewedWildcards } from '../../aws/private/reviewed';
import { namedRole, type NamedRole } from '../../aws/private/role-name';
import { iamPrincipalRights, iamWorkerRights } from '../../core/plan';
import { iamStatements, policyDocument } from './iam-statements';
import { rightStatements } from './right-statements';

interface RolePrincipal extends NamedRole {
  readonly principal: PrincipalModel;
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
    const { produce, consume, acls } = principal;
    if (iamRole === undefined || (produce === undefined && consume === undefined && acls.length === 0)) return [];
    return [{ principal, ...namedRole(model, iamRole) }];
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
        ...rightStatements(clusterArn, iamPrincipalRights(model, principal)),
      ]);
      const policy = new CfnManagedPolicy(this, principal.name, {
        description: `Principal ${principal.name} of the Kafka environment ${props.model.name}`,
        policyDocument: document,
        roles: [roleName],
      });
      reviewedWildcards(policy, document, `The environment gives ${principal.name} names that begin so.`);
    }
    this.addWorkers(props);
  }

  /** Workers that are pods of another environment have a role of their own. */
  private addWorkers({ clusterArn, model }: { readonly clusterArn: string; readonly model: EnvironmentModel }): void {
    const rights = iamWorkerRights(model);
    const { iamRole } = model.spec.connect ?? {};
    const role = iamRole === undefined ? undefined : namedRole(model, iamRole);
    if (rights.length === 0 || role === undefined || role.foreignArn !== undefined) return;
    const document = policyDocument([...iamStatements(clusterArn, {}), ...rightStatements(clusterArn, rights)]);
    const policy = new CfnManagedPolicy(this, '.workers', {
      description: `Workers of the Kafka environment ${model.name}`,
      policyDocument: document,
      roles: [role.roleName],
    });
    reviewedWildcards(policy, document, 'Workers make what they keep, and copies, under names that begin so.');
  }
}
