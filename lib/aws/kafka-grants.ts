import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';

/** What a consumer may read. */
export interface ConsumeAccess {
  /** Topics; a trailing `*` makes a prefix. */
  readonly topics: string[];
  /** Consumer groups that it joins; a trailing `*` makes a prefix. */
  readonly groups: string[];
}

/** What a producer with transactions may write. */
export interface TransactionalAccess {
  /** Topics; a trailing `*` makes a prefix. */
  readonly topics: string[];
  /** Transactional ids that it uses; a trailing `*` makes a prefix. */
  readonly transactionalIds: string[];
}

/** The same intent as a principal of an environment. */
export interface AccessIntent {
  readonly produce?: { readonly topics: readonly string[]; readonly transactionalIds: readonly string[] };
  readonly consume?: { readonly topics: readonly string[]; readonly groups: readonly string[] };
}

/** How a kind of cluster turns intent into rights. */
export type GrantAccess = (grantee: IGrantable, intent: AccessIntent) => Grant;

/** Rights on the topics, groups and transactional ids of a cluster; never on more than is named. */
export class KafkaGrants {
  /** @internal */
  public static _by(grant: GrantAccess): KafkaGrants {
    return new KafkaGrants(grant);
  }

  private constructor(private readonly grant: GrantAccess) {}

  /**
   * Allows writing to topics, idempotent producers included.
   *
   * @param grantee Who may.
   * @param topics Topics; a trailing `*` makes a prefix.
   */
  public produce(grantee: IGrantable, ...topics: string[]): Grant {
    return this.grant(grantee, { produce: { topics, transactionalIds: [] } });
  }

  /** Allows writing to topics in transactions. */
  public produceTransactionally(grantee: IGrantable, access: TransactionalAccess): Grant {
    return this.grant(grantee, { produce: access });
  }

  /** Allows reading topics as a member of consumer groups. */
  public consume(grantee: IGrantable, access: ConsumeAccess): Grant {
    return this.grant(grantee, { consume: access });
  }
}
