import { Stack, Token } from 'aws-cdk-lib/core';
import { Grant, PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { CfnClusterPolicy } from 'aws-cdk-lib/aws-msk';
import type { IConstruct } from 'constructs';
import { ClientAuthentication } from '../../aws/client-authentication';
import type { AccessIntent } from '../../aws/kafka-grants';
import { refuse } from '../../aws/private/construct-failure';
import { accountOf, nameOf, placeOf } from './grantee-account';
import { iamStatements } from './iam-statements';

interface ClusterOfRights extends IConstruct {
  readonly clusterArn: string;
  readonly clientAuthentications: readonly ClientAuthentication[];
}

/**
 * Rights of AWS identities on a cluster: policies of those of its own account, and for those of others the policy of the cluster, without
 * which nothing that they have counts.
 */
export class ClusterRights {
  /** What the policy of the cluster says of principals of other accounts. */
  public readonly statements: PolicyStatement[] = [];
  private policy?: IConstruct;

  public constructor(private readonly cluster: ClusterOfRights) {}

  /** The account that owns the cluster; undefined while it is not known. */
  public get account(): string | undefined {
    const { account } = Stack.of(this.cluster);
    return placeOf(this.cluster.clusterArn)?.account ?? (Token.isUnresolved(account) ? undefined : account);
  }

  public attach(policy: IConstruct): void {
    const other = this.policy ?? policyOfSame(this.cluster.clusterArn, policy);
    if (other !== undefined) {
      refuse(policy, 'MSK-CLUSTER-POLICY', [
        {
          property: 'cluster',
          message: `the cluster has a policy already, got a second one beside ${other.node.path}; one is allowed, and the later would replace the earlier.`,
          hint: 'Add to the first one.',
        },
      ]);
    }
    this.policy = policy;
  }

  /** By policies of the grantee, or where it is of another account by that of the cluster. */
  public grant(grantee: IGrantable, intent: AccessIntent): Grant {
    this.requireIam();
    if (this.isOfAnother(grantee)) {
      if (this.statements.length === 0) this.requirePolicy(nameOf(grantee.grantPrincipal));
      return this.grantByPolicy(grantee, intent);
    }
    const grants = iamStatements(this.cluster.clusterArn, intent).map(({ actions, resources }) =>
      Grant.addToPrincipal({ grantee, actions, resourceArns: resources }),
    );
    // The CDK drops what it cannot add, and the client would find out.
    if (grants.some(({ success }) => !success)) {
      refuse(this.cluster, 'MSK-GRANTEE', [
        {
          property: 'grants',
          message: `nothing gives the grantee a policy, so it would have no rights, got ${nameOf(grantee.grantPrincipal)}; a role, a user, or what has a role of its own is allowed.`,
          hint: 'Use Role.fromRoleArn for one that is there; let MskClusterPolicy grant to one of another account.',
        },
      ]);
    }
    return grants.reduce((all, grant) => all.combine(grant));
  }

  public grantByPolicy(grantee: IGrantable, intent: AccessIntent): Grant {
    this.requireIam();
    const principals = [grantee.grantPrincipal];
    for (const { actions, resources } of iamStatements(this.cluster.clusterArn, intent))
      this.statements.push(new PolicyStatement({ principals, actions, resources }));
    return Grant.drop(grantee, 'by the policy of the cluster');
  }

  /** Of another account than a cluster of this app. To an imported cluster its owner gives the policy, and the grantee needs its own here. */
  private isOfAnother(grantee: IGrantable): boolean {
    const theirs = accountOf(grantee.grantPrincipal);
    const { account: here } = Stack.of(this.cluster);
    return theirs !== undefined && !Token.isUnresolved(here) && this.account === here && theirs !== here;
  }

  private requirePolicy(name: string): void {
    this.cluster.node.addValidation({
      validate: () =>
        this.policy === undefined
          ? [
              `grants: the grantee is of another account, whom only the policy of the cluster lets in, got ${name} and no policy; one is needed. Make an MskClusterPolicy of the cluster.`,
            ]
          : [],
    });
  }

  private requireIam(): void {
    const { clientAuthentications } = this.cluster;
    if (clientAuthentications.includes(ClientAuthentication.IAM)) return;
    refuse(this.cluster, 'MSK-NO-IAM', [
      {
        property: 'grants',
        message: `rights of AWS identities need IAM authentication, got a cluster with ${clientAuthentications.join(', ')}; iam is needed.`,
        hint: 'Add iam to clientAuthentications.',
      },
    ]);
  }
}

/** The policy of the same cluster in the stack, where it was imported twice. */
function policyOfSame(clusterArn: string, policy: IConstruct): IConstruct | undefined {
  const stack = Stack.of(policy);
  const text = (arn: string): string => JSON.stringify(stack.resolve(arn));
  return stack.node
    .findAll()
    .find((one) => one instanceof CfnClusterPolicy && text(one.clusterArn) === text(clusterArn))?.node.scope;
}
