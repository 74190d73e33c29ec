/** Properties of a cluster that is copied from. */
export interface MirrorSourceProps {
  /** `host:port,host:port` of its listener. */
  readonly bootstrapServers: string;
  /**
   * Secret of the namespace with its credentials: `ca.crt`, and what the way to log in needs.
   *
   * @default - `<cluster>-mirror-<mirror>`
   */
  readonly secretName?: string;
  /**
   * Whether the brokers' certificates are signed by an authority that Java knows; then the Secret needs no `ca.crt`.
   *
   * @default false
   */
  readonly publicAuthority?: boolean;
  /**
   * Rack there, to read from the nearest replica.
   *
   * @default - none
   */
  readonly rack?: string;
}

/** A cluster that is copied from, and how the workers log in there. Rights to read are enough: nothing is written there. */
export class MirrorSource {
  /** Brokers that ask nobody, without TLS. */
  public static plaintext(bootstrapServers: string): MirrorSource {
    return new MirrorSource({ bootstrapServers }, { authentication: 'none', encryption: 'none' });
  }

  /**
   * Brokers with SCRAM-SHA-512 over TLS; the Secret has `password`.
   *
   * @param username Who reads there.
   */
  public static scram(username: string, props: MirrorSourceProps): MirrorSource {
    return new MirrorSource(props, { authentication: 'scram-sha-512', username });
  }

  /** Brokers that ask for a certificate; the Secret has `tls.crt` and `tls.key` (PKCS #8). */
  public static mutualTls(props: MirrorSourceProps): MirrorSource {
    return new MirrorSource(props, { authentication: 'mtls' });
  }

  /**
   * Amazon MSK with IAM: the workers log in with the role of their service account, or take one on there.
   *
   * @param iamRoleArn ARN of the role that they take on there; it has to trust their own. Default: their own.
   */
  public static mskIam(props: MirrorSourceProps, iamRoleArn?: string): MirrorSource {
    return new MirrorSource(props, {
      authentication: 'iam',
      ...(iamRoleArn === undefined ? {} : { iamRole: iamRoleArn }),
    });
  }

  private constructor(
    private readonly props: MirrorSourceProps,
    private readonly security: Record<string, unknown>,
  ) {}

  /** @internal */
  public get _secretName(): string | undefined {
    return this.props.secretName;
  }

  /** @internal */
  public _spec(): Record<string, unknown> {
    const { bootstrapServers, secretName, publicAuthority, rack } = this.props;
    return {
      bootstrapServers,
      ...this.security,
      ...(secretName === undefined ? {} : { secret: secretName }),
      ...(publicAuthority === true ? { authority: 'public' } : {}),
      ...(rack === undefined ? {} : { rack }),
    };
  }
}
