import type { ExternalAccess } from './external-access';

/** What a listener may choose. */
export interface KafkaListenerProps {
  /**
   * Port on each broker.
   *
   * @default - 9092 for the first listener, then 9094, 9095 and so on
   */
  readonly port?: number;
  /**
   * How clients outside the Kubernetes cluster reach it.
   *
   * @default - they do not: its clients are inside
   */
  readonly externalAccess?: ExternalAccess;
}

/** A listener for clients: one audience, one authentication, always encrypted. */
export class KafkaListener {
  /** Clients log in with a name and a password (SCRAM-SHA-512). */
  public static scram(name: string, props: KafkaListenerProps = {}): KafkaListener {
    return new KafkaListener(name, 'scram-sha-512', props);
  }

  /** Clients show a certificate. */
  public static mutualTls(name: string, props: KafkaListenerProps = {}): KafkaListener {
    return new KafkaListener(name, 'mtls', props);
  }

  /** Clients show a token of an OAuth provider, which options of the brokers name. */
  public static oauthBearer(name: string, props: KafkaListenerProps = {}): KafkaListener {
    return new KafkaListener(name, 'oauthbearer', props);
  }

  /** Clients are not asked who they are; traffic is encrypted. */
  public static anonymous(name: string, props: KafkaListenerProps = {}): KafkaListener {
    return new KafkaListener(name, 'none', props);
  }

  /**
   * As `anonymous`, and its clients may do everything also beside listeners that ask who they are: for the time in which clients move
   * from it to one of those.
   */
  public static unrestricted(name: string, props: KafkaListenerProps = {}): KafkaListener {
    return new KafkaListener(name, 'none', props, 'unrestricted');
  }

  private constructor(
    /** Name of the listener, a part of the name of its Service. */
    public readonly listenerName: string,
    private readonly authentication: string,
    private readonly props: KafkaListenerProps,
    private readonly access?: string,
  ) {}

  /** @internal */
  public _spec(): Record<string, unknown> {
    const { port } = this.props;
    return {
      authentication: this.authentication,
      ...(port === undefined ? {} : { port }),
      ...(this.access === undefined ? {} : { access: this.access }),
    };
  }

  /** @internal */
  public _external(): Record<string, unknown> | undefined {
    return this.props.externalAccess?._spec();
  }
}
