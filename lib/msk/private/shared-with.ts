import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import { ArnPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { EnvironmentModel } from '../../core/model';
import type { MskClusterBase } from '../msk-cluster-base';
import { MskClusterPolicy } from '../msk-cluster-policy';
import { iamStatements, policyDocument } from './iam-statements';
import { rolePrincipals } from './principal-policies';

/**
 * What other accounts may do with the cluster of an environment, as its policy: connect their VPCs, and their roles what the file says.
 * Both accounts have to agree, so each such role has an output: the policy that its own account has to give it.
 */
export class SharedWith extends Construct {
  public constructor(
    scope: Construct,
    id: string,
    { cluster, model }: { readonly cluster: MskClusterBase; readonly model: EnvironmentModel },
  ) {
    super(scope, id);
    const accounts = model.spec.targets?.msk?.sharedWith ?? [];
    const foreign = rolePrincipals(model).filter(({ foreignArn }) => foreignArn !== undefined);
    if (model.target !== 'msk' || accounts.length + foreign.length === 0) return;
    const policy = new MskClusterPolicy(this, 'Policy', { cluster, accounts: [...accounts] });
    for (const { principal, foreignArn } of foreign) {
      cluster._rights.grantByPolicy(new ArnPrincipal(foreignArn!), principal);
      const document = policyDocument(iamStatements(cluster.clusterArn, principal));
      new CfnOutput(policy, `PolicyOf-${principal.name}`, {
        description: `Policy that the account of ${foreignArn} has to give it`,
        value: Stack.of(this).toJsonString(document),
      });
    }
  }
}
