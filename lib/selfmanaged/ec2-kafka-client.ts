import { PrincipalBase, type IGrantable, type IPrincipal, type PrincipalPolicyFragment } from 'aws-cdk-lib/aws-iam';
import { Failure } from '../core/issue';

/**
 * A client of a self-managed cluster that is no AWS identity, or whose user is to have a name of its own: give it to `grants`.
 *
 * An AWS identity needs none: `grants.produce(fn, 'orders')` makes a user for `fn`.
 */
export class Ec2KafkaClient implements IGrantable {
  /**
   * A user with a password (SCRAM-SHA-512), whose secret the kit makes.
   *
   * @param userName Name of the user: letters, digits, dots, dashes and underscores.
   */
  public static user(userName: string): Ec2KafkaClient {
    return new Ec2KafkaClient('scram-sha-512', userName);
  }

  /**
   * A client with a certificate (mTLS).
   *
   * @param commonName Common name of its certificate: letters, digits, dots, dashes and underscores.
   */
  public static certificate(commonName: string): Ec2KafkaClient {
    return new Ec2KafkaClient('mtls', commonName);
  }

  /**
   * A client with a token of an OAuth 2 server (OAUTHBEARER).
   *
   * @param subject Who the token says it is: letters, digits, dots, dashes and underscores.
   */
  public static token(subject: string): Ec2KafkaClient {
    return new Ec2KafkaClient('oauthbearer', subject);
  }

  /** Takes no policies: it is no AWS identity. */
  public readonly grantPrincipal: IPrincipal;
  /** Name of the client as Kafka knows it, without its type. */
  public readonly clientName: string;
  /** @internal */
  public readonly _authentication: 'scram-sha-512' | 'mtls' | 'oauthbearer';

  private constructor(authentication: Ec2KafkaClient['_authentication'], clientName: string) {
    this._authentication = authentication;
    this.clientName = clientName;
    this.grantPrincipal = new OutsideAws(clientName);
  }
}

class OutsideAws extends PrincipalBase {
  public constructor(private readonly clientName: string) {
    super();
  }

  public get policyFragment(): PrincipalPolicyFragment {
    throw new Failure(
      'EC2-CLIENT',
      `a client of Kafka is no principal of AWS policies, got ${this.clientName}; a role, a user or a service is allowed there.`,
      'Give it to the grants of a cluster on EC2 only.',
    );
  }

  public dedupeString(): string | undefined {
    return undefined;
  }
}
