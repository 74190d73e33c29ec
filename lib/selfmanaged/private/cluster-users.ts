import { type CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { userSecret } from '../../aws/private/client-secret';
import { reviewed } from '../../aws/private/reviewed';

export interface ClusterUsersProps {
  readonly environment: string;
  readonly keyArn: string;
}

/** Name of the secret of a user. Those of nodes have no such folder, so no user can take one of theirs. */
export function userSecretName(environment: string, userName: string): string {
  return `kafka/${environment}/users/${userName}`;
}

/** Users with a password of a cluster, each with a secret; Kafka is told of them by the reconciler. */
export class ClusterUsers extends Construct {
  private readonly secrets = new Map<string, CfnSecret>();

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ClusterUsersProps,
  ) {
    super(scope, id);
  }

  /** ARN of the secret of a user, which is made when it is asked for first. */
  public secretArn(userName: string): string {
    let secret = this.secrets.get(userName);
    if (secret === undefined) {
      const { environment, keyArn } = this.props;
      secret = userSecret(this, `User-${userName}`, {
        name: userSecretName(environment, userName),
        description: `User ${userName} of the Kafka cluster ${environment}`,
        keyArn,
        userName,
      });
      reviewed(secret, {
        SMG4: 'Kafka is told of a new password by the next deployment, so a client would be locked out until then: two users take turns.',
      });
      this.secrets.set(userName, secret);
    }
    return secret.attrId;
  }

  /** ARNs of all secrets, by user. */
  public arns(): Record<string, string> {
    return Object.fromEntries([...this.secrets].map(([name, { attrId }]) => [name, attrId]));
  }
}
