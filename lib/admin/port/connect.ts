import type { KafkaClient } from './data';

export interface ConnectOptions {
  /** `host:port`; the first that answers is used. */
  readonly bootstrapServers: readonly string[];
  /** Encryption. @default none */
  readonly tls?: TlsOptions;
  /** How the client says who it is. @default it does not, or by its certificate */
  readonly sasl?: SaslOptions;
  /** How long one request may take. @default 30000 */
  readonly timeoutMs?: number;
}

export type Connect = (options: ConnectOptions) => Promise<KafkaClient>;

/** PEM texts, not paths. */
export interface TlsOptions {
  /** Certificates of the authorities that the brokers' certificates must be of. @default those that Node.js trusts */
  readonly ca?: string;
  /** The client's certificate chain and private key (PKCS #8), for listeners with mutual TLS. */
  readonly certificate?: string;
  readonly key?: string;
  readonly keyPassword?: string;
  /** Whether the certificate must be for the host that was asked for. @default true */
  readonly verifyHost?: boolean;
}

export type SaslOptions =
  | {
      readonly mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-512' | 'PLAIN';
      readonly username: string;
      readonly password: string;
    }
  | {
      readonly mechanism: 'OAUTHBEARER';
      /** Asked before each log-in, and again before the session ends; Amazon MSK's IAM is such a token. */
      readonly token: () => Promise<string>;
      readonly extensions?: Readonly<Record<string, string>>;
    };
