import { Names, Token, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { grantSecretRead, userSecret } from '../aws/private/client-secret';
import { refuse } from '../aws/private/construct-failure';
import { customerKey } from '../aws/private/customer-key';
import { reviewed } from '../aws/private/reviewed';
import { scramSecretName } from '../core/msk/scram-users';
import type { IMskCluster, MskClusterBase } from './msk-cluster-base';
import { ControlFunction } from './private/control-function';
import { scramUserRefusals } from './private/scram-user-refusals';
import { rotationRights, scramRights } from './private/scram-rights';

/** A user with a password. */
export class MskScramUser {
  /** A user whose secret the kit makes, with a password that nobody has seen. */
  public static generated(userName: string): MskScramUser {
    return new MskScramUser(userName);
  }

  /**
   * A user whose secret is there already: its name begins with `AmazonMSK_`, it is under a customer key, and holds `username` and
   * `password`.
   *
   * @param userName Name of the user.
   * @param secret The secret, by its complete ARN.
   */
  public static fromSecret(userName: string, secret: ISecret): MskScramUser {
    return new MskScramUser(userName, secret);
  }

  private constructor(
    /** Name of the user. */
    public readonly userName: string,
    /** Its secret, where that is there already. */
    public readonly secret?: ISecret,
  ) {}
}

/** Properties of the users of a cluster. */
export interface MskScramUsersProps {
  /** The cluster, with `SCRAM_SHA_512` among its authentications. */
  readonly cluster: IMskCluster;
  /** All users of the cluster that are kept here. */
  readonly users: MskScramUser[];
  /**
   * Days after which the password of each user whose secret is made here changes, 1 to 1000.
   *
   * Amazon MSK takes up to ten minutes to learn of a new password, and connections that are open stay open. Clients read the secret when
   * a log-in is refused, and try again; where that is too long, two users of one principal take turns.
   *
   * @default - passwords stay until somebody changes them
   */
  readonly rotationDays?: number;
  /**
   * Customer key for the secrets that are made here; the service takes no secret under the key of AWS.
   *
   * @default - a new key
   */
  readonly encryptionKey?: IKey;
}

/**
 * Users with a password (SCRAM-SHA-512) of a provisioned cluster: a secret each, retained, and their association with the cluster, which
 * fails the deployment where the service does not take one. One construct a cluster; users that others associated are left alone.
 *
 * What a user may do is decided by ACLs.
 */
export class MskScramUsers extends Construct {
  private readonly secrets = new Map<string, { readonly arn: string; readonly given?: ISecret }>();
  private readonly keyArn: string | undefined;

  public constructor(scope: Construct, id: string, props: MskScramUsersProps) {
    super(scope, id);
    const { cluster, users } = props;
    const prefix = Token.isUnresolved(cluster.clusterName)
      ? Names.uniqueResourceName(this, { maxLength: 64, separator: '-' })
      : cluster.clusterName;
    refuse(this, 'MSK-SCRAM-USERS', scramUserRefusals(this, props, prefix));
    const generates = users.some(({ secret }) => secret === undefined);
    this.keyArn =
      props.encryptionKey?.keyArn ??
      (generates
        ? customerKey(this, 'Key', `Users of the Kafka cluster ${prefix}`, RemovalPolicy.RETAIN).attrArn
        : undefined);
    for (const { userName, secret } of users) {
      if (secret === undefined)
        this.secrets.set(userName, { arn: this.generate(prefix, userName, props.rotationDays) });
      else this.secrets.set(userName, { arn: secret.secretFullArn ?? secret.secretArn, given: secret });
    }
    ControlFunction.of(this).resource(this, 'Association', {
      type: 'Custom::KafkaScramSecrets',
      clusterArn: cluster.clusterArn,
      properties: { SecretArns: [...this.secrets.values()].map(({ arn }) => arn) },
      rights: scramRights(this, {
        clusterArn: (cluster as Partial<MskClusterBase>)._rightsArn ?? cluster.clusterArn,
        ...(generates ? { generated: scramSecretName(prefix, '*') } : {}),
        given: users.flatMap(({ secret }) => (secret === undefined ? [] : [secret])),
        ...(this.keyArn === undefined ? {} : { keyArn: this.keyArn }),
      }),
    });
  }

  /**
   * ARN of the secret of a user, which holds `username` and `password`.
   *
   * Throws where there is no such user.
   */
  public secretArn(userName: string): string {
    return this.entry(userName, 'secretArn').arn;
  }

  /**
   * Lets a role read the user name and the password of a user, and decrypt them.
   *
   * Throws where there is no such user.
   */
  public grantRead(userName: string, grantee: IGrantable): Grant {
    const { arn, given } = this.entry(userName, 'grantRead');
    if (given !== undefined) return given.grantRead(grantee);
    return grantSecretRead(grantee, arn, this.keyArn!);
  }

  private entry(userName: string, property: string): { readonly arn: string; readonly given?: ISecret } {
    const entry = this.secrets.get(userName);
    if (entry === undefined) {
      refuse(this, 'MSK-SCRAM-USERS', [
        {
          property,
          message: `there is no such user, got ${userName}; ${[...this.secrets.keys()].slice(0, 8).join(', ')} are here.`,
          hint: 'Add it to users.',
        },
      ]);
    }
    return entry!;
  }

  private generate(prefix: string, userName: string, rotationDays: number | undefined): string {
    const secret = userSecret(this, `User-${userName}`, {
      name: scramSecretName(prefix, userName),
      description: `User ${userName} of the Kafka cluster ${prefix}`,
      keyArn: this.keyArn!,
      userName,
    });
    if (rotationDays === undefined) {
      reviewed(secret, {
        SMG4: 'A client outside of AWS learns of a new password from a person: it is changed with both sides at hand.',
      });
    } else {
      ControlFunction.of(this).rotate(this, `Rotation-${userName}`, {
        secretArn: secret.attrId,
        days: rotationDays,
        rights: rotationRights(this, scramSecretName(prefix, '*'), this.keyArn!),
      });
    }
    return secret.attrId;
  }
}
