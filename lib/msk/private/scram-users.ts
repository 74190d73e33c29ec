import { RemovalPolicy } from 'aws-cdk-lib/core';
import { CfnBatchScramSecret } from 'aws-cdk-lib/aws-msk';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { reviewed } from '../../aws/private/reviewed';

export interface ScramUsersProps {
  readonly clusterArn: string;
  readonly environmentName: string;
  /** The service takes no secret under the key of AWS. */
  readonly keyArn: string;
  readonly users: readonly ScramUser[];
}

export interface ScramUser {
  readonly name: string;
  /** ARN of a secret that is there already. */
  readonly secretArn?: string;
}

/**
 * Users with a password. Secrets must be called `AmazonMSK_...`, and the association is one resource that holds the complete list:
 * two of them on one cluster would undo each other.
 */
export class ScramUsers extends Construct {
  public constructor(scope: Construct, id: string, props: ScramUsersProps) {
    super(scope, id);
    const secretArnList = props.users.map((user) => {
      if (user.secretArn !== undefined) return user.secretArn;
      const secret = new CfnSecret(this, user.name, {
        name: `AmazonMSK_${props.environmentName}_${user.name}`,
        description: `User ${user.name} of the Kafka environment ${props.environmentName}`,
        kmsKeyId: props.keyArn,
        generateSecretString: {
          secretStringTemplate: JSON.stringify({ username: user.name }),
          generateStringKey: 'password',
          passwordLength: 32,
          excludePunctuation: true,
        },
      });
      secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
      reviewed(secret, {
        SMG4: 'A client outside of AWS learns of a new password from a person: it is changed with both sides at hand.',
      });
      return secret.attrId;
    });
    new CfnBatchScramSecret(this, 'Association', { clusterArn: props.clusterArn, secretArnList });
  }
}
