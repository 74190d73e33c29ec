import type { EnvironmentModel, ListenerModel } from '../model';
import type { PropertyEntry } from './properties';

/** Where a client finds what it must keep to itself, on the machine that it runs on. Paths only: values never stand in a file of the kit. */
export interface ClientFiles {
  /** Folder of secrets, one folder a secret, one file a key. */
  readonly secretsDir: string;
  /** PEM file with the certificates of the authorities that it trusts. Default: those of the Java runtime. */
  readonly truststore?: string;
  /** PEM file with its key and certificate chain, for listeners with mTLS. */
  readonly keystore?: string;
  /** Folder with the bootstrap servers by listener, where they are not known before a deployment. */
  readonly bootstrapDir?: string;
  /** Or a folder with `tls.key` and `tls.crt`, which a config provider reads. */
  readonly keystoreDir?: string;
}

/** Who a client is on its listener. */
export interface ClientIdentity {
  readonly username: string;
  /** Secret with its password or client secret. */
  readonly secret: { readonly secret: string; readonly key: string };
  /** Role of AWS that it takes on, on listeners with authentication iam; absent: the one that its machine has. */
  readonly roleArn?: string;
}

/** Security settings of a client of a listener; secrets are placeholders that Kafka's own directory provider resolves. */
export function clientSecurity(
  model: EnvironmentModel,
  listener: ListenerModel,
  identity: ClientIdentity,
  files: ClientFiles,
): PropertyEntry[] {
  const tls = listener.protocol.endsWith('SSL');
  return [
    ['security.protocol', listener.protocol],
    ...(tls && files.truststore !== undefined ? pem('truststore', files.truststore) : []),
    ...authentication(model, listener, identity, files),
  ];
}

function pem(store: 'truststore' | 'keystore', path: string): PropertyEntry[] {
  return [
    [`ssl.${store}.type`, 'PEM'],
    [`ssl.${store}.location`, path],
  ];
}

function authentication(
  model: EnvironmentModel,
  listener: ListenerModel,
  identity: ClientIdentity,
  files: ClientFiles,
): PropertyEntry[] {
  switch (listener.authentication) {
    case 'none':
      return [];
    case 'mtls':
      return files.keystoreDir === undefined
        ? files.keystore === undefined
          ? []
          : pem('keystore', files.keystore)
        : [
            ['ssl.keystore.type', 'PEM'],
            ['ssl.keystore.key', `\${dir:${files.keystoreDir}:tls.key}`],
            ['ssl.keystore.certificate.chain', `\${dir:${files.keystoreDir}:tls.crt}`],
          ];
    case 'iam':
      return [
        ['sasl.mechanism', 'AWS_MSK_IAM'],
        [
          'sasl.jaas.config',
          `software.amazon.msk.auth.iam.IAMLoginModule required${identity.roleArn === undefined ? '' : ` awsRoleArn="${identity.roleArn}"`};`,
        ],
        ['sasl.client.callback.handler.class', 'software.amazon.msk.auth.iam.IAMClientCallbackHandler'],
      ];
    case 'scram-sha-512':
      return [
        ...secretsProvider(files),
        ['sasl.mechanism', 'SCRAM-SHA-512'],
        [
          'sasl.jaas.config',
          `org.apache.kafka.common.security.scram.ScramLoginModule required username="${identity.username}" password="${placeholder(identity, files)}";`,
        ],
      ];
    case 'oauthbearer':
      return [
        ...secretsProvider(files),
        ['sasl.mechanism', 'OAUTHBEARER'],
        // Clients from Kafka 4.0 on also want it in -Dorg.apache.kafka.sasl.oauthbearer.allowed.urls.
        ['sasl.oauthbearer.token.endpoint.url', tokenEndpoint(model, identity, files)],
        [
          'sasl.login.callback.handler.class',
          'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler',
        ],
        [
          'sasl.jaas.config',
          `org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId="${identity.username}" clientSecret="${placeholder(identity, files)}";`,
        ],
      ];
  }
}

/** Reads below the folder of secrets, and that of bootstrap servers, and nowhere else. */
export function secretsProvider({ secretsDir, bootstrapDir }: ClientFiles): PropertyEntry[] {
  const folders = bootstrapDir === undefined ? [secretsDir] : [secretsDir, bootstrapDir];
  return [['config.providers', 'dir'], ...directoryProvider(folders)];
}

export function directoryProvider(folders: readonly string[]): PropertyEntry[] {
  return [
    ['config.providers.dir.class', 'org.apache.kafka.common.config.provider.DirectoryConfigProvider'],
    ['config.providers.dir.param.allowed.paths', folders.join(',')],
  ];
}

function placeholder({ secret }: ClientIdentity, { secretsDir }: ClientFiles): string {
  return `\${dir:${secretsDir}/${secret.secret}:${secret.key}}`;
}

/** Brokers name it where they log in themselves; else it is a file of the client's secret. */
function tokenEndpoint(model: EnvironmentModel, identity: ClientIdentity, files: ClientFiles): string {
  return (
    model.brokerConfig.get('sasl.oauthbearer.token.endpoint.url')?.value ??
    `\${dir:${files.secretsDir}/${identity.secret.secret}:token-endpoint-url}`
  );
}
