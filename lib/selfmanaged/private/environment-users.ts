import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { reviewedWildcards } from '../../aws/private/reviewed';
import { namedRole } from '../../aws/private/role-name';
import type { EnvironmentModel, PrincipalModel } from '../../core/model';
import type { DesiredState } from '../../core/plan';
import type { ClusterCertificates } from './cluster-certificates';
import type { ClusterUsers } from './cluster-users';
import { decryptStatement, secretResource } from './secret-resource';

interface EnvironmentUsersProps {
  readonly model: EnvironmentModel;
  readonly desired: DesiredState;
  readonly cluster: {
    readonly _users: ClusterUsers;
    readonly _certificates?: ClusterCertificates;
    readonly encryptionKeyArn: string;
  };
}

/**
 * The passwords of the users of an environment: in the secret that it names, else in one that is made here. Roles of principals may read
 * those of theirs.
 */
export class EnvironmentUsers extends Construct {
  /** Names or ARNs of secrets by their name in the environment. */
  public readonly secrets: Readonly<Record<string, string>>;
  /** Of these, the ones that are there already. */
  public readonly given: readonly string[];

  public constructor(scope: Construct, id: string, props: EnvironmentUsersProps) {
    super(scope, id);
    const { model, desired, cluster } = props;
    const declared = model.spec.secrets ?? {};
    const secrets: Record<string, string> = {};
    const given: string[] = [];
    for (const { name, secret: reference } of desired.users?.users ?? []) {
      const { [reference.secret]: own } = declared;
      secrets[reference.secret] = own?.id ?? cluster._users.secretArn(name);
      if (own !== undefined) given.push(own.id);
    }
    this.secrets = secrets;
    this.given = [...new Set(given)].sort();
    for (const principal of model.principals) this.allowRole(principal, this.idsOf(principal, props), props);
  }

  /** Secrets of a principal: made here by their ARN, given by what the environment calls them at the service. */
  private idsOf({ name, listener, users }: PrincipalModel, { model, cluster }: EnvironmentUsersProps): string[] {
    const authentication = model.listeners.find((each) => each.name === listener)?.authentication;
    if (authentication === 'scram-sha-512') return users.map(({ secret }) => this.secrets[secret.secret]!);
    const { commonName = name } = model.spec.principals![name]!;
    return authentication === 'mtls' && cluster._certificates !== undefined
      ? [cluster._certificates.clientSecretArn(name, commonName)]
      : [];
  }

  private allowRole(
    principal: PrincipalModel,
    ids: readonly string[],
    { model, cluster }: EnvironmentUsersProps,
  ): void {
    const { iamRole } = model.spec.principals![principal.name]!;
    if (iamRole === undefined || ids.length === 0) return;
    const isGiven = (id: string): boolean => this.given.includes(id);
    const decrypt = decryptStatement(this, cluster.encryptionKeyArn, ids.some(isGiven));
    const policyDocument = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
          Resource: ids.map((id) => (isGiven(id) ? secretResource(this, id) : id)),
        },
        { Effect: 'Allow', Action: decrypt.actions, Resource: decrypt.resources, Condition: decrypt.condition },
      ],
    };
    const policy = new CfnManagedPolicy(this, principal.name, {
      description: `Principal ${principal.name} of the Kafka environment ${model.name}`,
      policyDocument,
      roles: [namedRole(model, iamRole).roleName],
    });
    reviewedWildcards(policy, policyDocument, 'Under which key a secret of somebody else lies is not known here.');
  }
}
