/** What a listener may choose. */
export interface KafkaListenerProps {
  /**
   * Port on each broker.
   *
   * @default - 9092 for the first listener, then 9094, 9095 and so on
   */
  readonly port?: number;
}

/** A listener for clients: one audience, one authentication, always encrypted. */
export class KafkaListener {
  /** Clients log in with a name and a password (SCRAM-SHA-512). */
  public static scram(name: string, props: KafkaListenerProps = {}): KafkaListener {
    return new KafkaListener(name, { authentication: 'scram-sha-512', ...props });
  }

  /** Clients show a certificate. */
  public static mutualTls(name: string, props: KafkaListenerProps = {}): KafkaListener {
    return new KafkaListener(name, { authentication: 'mtls', ...props });
  }

  /** Clients show a token of an OAuth provider, which options of the brokers name. */
  public static oauthBearer(name: string, props: KafkaListenerProps = {}): KafkaListener {
    return new KafkaListener(name, { authentication: 'oauthbearer', ...props });
  }

  /** Clients are not asked who they are; traffic is encrypted. */
  public static anonymous(name: string, props: KafkaListenerProps = {}): KafkaListener {
    return new KafkaListener(name, { authentication: 'none', ...props });
  }

  private constructor(
    /** Name of the listener, a part of the name of its Service. */
    public readonly listenerName: string,
    private readonly spec: Record<string, unknown>,
  ) {}

  /** @internal */
  public _spec(): Record<string, unknown> {
    return this.spec;
  }
}
