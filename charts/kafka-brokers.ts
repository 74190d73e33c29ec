import type { KafkaVersion } from '../lib/core/versions/kafka-version';

/** Brokers that the pods of a chart use without being beside them. */
export interface KafkaBrokersProps {
  /** Name of the cluster; names of all objects come from it. */
  readonly clusterName: string;
  /** Version of Apache Kafka. */
  readonly kafkaVersion: KafkaVersion;
  /**
   * `host:port,host:port` of the listener.
   *
   * @default - what the ConfigMap `configMapName` says when the pods start
   */
  readonly bootstrapServers?: string;
  /**
   * ConfigMap of the namespace with the bootstrap servers, under the key `internal`: for brokers whose addresses a deployment tells.
   *
   * @default - `<clusterName>-bootstrap`
   */
  readonly configMapName?: string;
  /**
   * Name of the environment or `KafkaChart` that runs the brokers in Kubernetes, whose network policies let these pods in. To be said where
   * `clusterName` is another: several groups of workers for one Kafka.
   *
   * @default - `clusterName`
   */
  readonly clientOf?: string;
  /**
   * Number of brokers; Connect keeps its own topics on up to three.
   *
   * @default 3
   */
  readonly brokerCount?: number;
  /**
   * Region of AWS, where the brokers are on Amazon MSK: KEDA logs in there.
   *
   * @default - not known
   */
  readonly region?: string;
}

/** Brokers elsewhere: on Amazon MSK, on machines, in another namespace or another Kubernetes cluster. */
export class KafkaBrokers {
  /** Amazon MSK with IAM; pods log in with the role of their service account, and trust the authorities that Java trusts. */
  public static mskIam(props: KafkaBrokersProps): KafkaBrokers {
    return new KafkaBrokers(props, { target: 'msk', authentication: 'iam' });
  }

  /**
   * Brokers with SCRAM-SHA-512 over TLS: the workers log in as `<clusterName>-connect`, with the password in the Secret
   * `<clusterName>-connect-user`, an application as its user.
   *
   * @param authoritySecretName Secret of the namespace whose `ca.crt` has signed the certificates of the brokers.
   */
  public static scram(props: KafkaBrokersProps, authoritySecretName: string): KafkaBrokers {
    return new KafkaBrokers(props, {
      target: 'kubernetes',
      authentication: 'scram-sha-512',
      authority: authoritySecretName,
    });
  }

  /**
   * Brokers that ask for a certificate: that of the workers is in the Secret `<clusterName>-connect-tls`, with `tls.crt` and `tls.key`
   * (PKCS #8), that of an application in a Secret of its user.
   *
   * @param authoritySecretName Secret of the namespace whose `ca.crt` has signed the certificates of the brokers.
   */
  public static mutualTls(props: KafkaBrokersProps, authoritySecretName: string): KafkaBrokers {
    return new KafkaBrokers(props, { target: 'kubernetes', authentication: 'mtls', authority: authoritySecretName });
  }

  /**
   * Brokers that ask nobody who they are; traffic is encrypted.
   *
   * @param authoritySecretName Secret of the namespace whose `ca.crt` has signed the certificates of the brokers.
   */
  public static anonymous(props: KafkaBrokersProps, authoritySecretName: string): KafkaBrokers {
    return new KafkaBrokers(props, { target: 'kubernetes', authentication: 'none', authority: authoritySecretName });
  }

  private constructor(
    private readonly props: KafkaBrokersProps,
    private readonly access: { readonly target: string; readonly authentication: string; readonly authority?: string },
  ) {}

  /** @internal */
  public _clusterName(): string {
    return this.props.clusterName;
  }

  /**
   * Whether it is known where KEDA logs in, if it has to know.
   *
   * @internal
   */
  public _regionIsKnown(): boolean {
    return this.access.target !== 'msk' || this.props.region !== undefined;
  }

  /**
   * An environment with such brokers. How many there are, and where, matters for the copies of Connect's own topics only.
   *
   * @internal
   */
  public _spec(): Record<string, unknown> {
    const { clusterName, kafkaVersion, brokerCount = 3, region = 'eu-west-1' } = this.props;
    const { target, authentication } = this.access;
    const replicas = Math.min(3, brokerCount);
    const volumes = [{ size: '1TiB' }];
    const brokers = { roles: ['broker'], replicas, volumes };
    const common = {
      name: clusterName,
      target,
      kafka: { version: kafkaVersion.version },
      listeners: { internal: { authentication } },
    };
    return target === 'msk'
      ? {
          ...common,
          nodePools: { brokers },
          racks: ['a', 'b', 'c'].slice(0, replicas).map((zone) => `${region}${zone}`),
          // Of no account: roles come as ARNs.
          aws: { account: '000000000000', region },
        }
      : {
          ...common,
          nodePools: { controllers: { roles: ['controller'], replicas: 3, volumes }, brokers },
          targets: { kubernetes: { version: '1.34', namespace: 'kafka', images: { kafka: 'kafka:4' } } },
        };
  }

  /**
   * How pods reach them, as `brokers` of an environment says it.
   *
   * @internal
   */
  public _access(): Record<string, unknown> {
    const { clusterName, bootstrapServers, clientOf, configMapName = `${clusterName}-bootstrap` } = this.props;
    const { authority } = this.access;
    return {
      ...(bootstrapServers === undefined
        ? { configMap: configMapName }
        : { bootstrapServers: { internal: bootstrapServers } }),
      ...(clientOf === undefined ? {} : { clientOf }),
      ...(authority === undefined ? {} : { authority }),
    };
  }
}
