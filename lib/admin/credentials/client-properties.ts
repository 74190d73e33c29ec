import { Failure } from '../../core/issue';
import type { ConnectOptions, SaslOptions, TlsOptions } from '../port';
import { parseJaas } from './jaas';
import { parseProperties } from './java-properties';
import { clientCredentialsToken } from './oauth-token';
import { resolvePlaceholders, type Providers } from './placeholders';

export interface ClientPropertiesOptions extends Providers {
  /** Path of the file, for messages. */
  readonly file: string;
  /** How to log in with IAM, for mechanism AWS_MSK_IAM. */
  readonly iam: (region: string) => SaslOptions;
}

type Properties = ReadonlyMap<string, string>;

const MSK_HOST = /\.kafka(?:-serverless)?\.([a-z0-9-]+)\.amazonaws\.com/;

/** The settings of Kafka's own tools (`--command-config`) as the kit's. What it cannot honour is refused, never left out. */
export function connectOptionsOf(text: string, options: ClientPropertiesOptions): ConnectOptions {
  const properties = new Map(
    [...parseProperties(text)].map(([name, value]) => [name, resolvePlaceholders(value, options)]),
  );
  const protocol = properties.get('security.protocol') ?? 'PLAINTEXT';
  if (!['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'].includes(protocol))
    throw refused(options, 'security.protocol', protocol, 'PLAINTEXT, SSL, SASL_PLAINTEXT and SASL_SSL are allowed');
  const bootstrapServers = (properties.get('bootstrap.servers') ?? '')
    .split(',')
    .map((server) => server.trim())
    .filter((server) => server !== '');
  return {
    bootstrapServers,
    ...(protocol.endsWith('SSL') ? { tls: tlsOf(properties, options) } : {}),
    ...(protocol.startsWith('SASL') ? { sasl: saslOf(properties, { ...options, bootstrapServers }) } : {}),
  };
}

/** PEM, in the file itself or in files: what Node.js reads without Java's tools. */
function tlsOf(properties: Properties, options: ClientPropertiesOptions): TlsOptions {
  const stores = ['truststore', 'keystore'].filter((store) => properties.has(`ssl.${store}.location`));
  for (const store of stores) {
    const type = properties.get(`ssl.${store}.type`) ?? 'JKS';
    if (type !== 'PEM') throw refused(options, `ssl.${store}.type`, type, 'PEM is allowed', KEYTOOL);
  }
  const read = (store: string): string | undefined => {
    const path = properties.get(`ssl.${store}.location`);
    return path === undefined ? undefined : readPem(path, options);
  };
  const ca = properties.get('ssl.truststore.certificates') ?? read('truststore');
  const whole = read('keystore');
  const certificate = properties.get('ssl.keystore.certificate.chain') ?? whole;
  const key = properties.get('ssl.keystore.key') ?? whole;
  const keyPassword = properties.get('ssl.key.password');
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(certificate === undefined ? {} : { certificate: blocks(certificate, 'CERTIFICATE') }),
    ...(key === undefined ? {} : { key: blocks(key, '(?:ENCRYPTED |RSA |EC )?PRIVATE KEY') }),
    ...(keyPassword === undefined ? {} : { keyPassword }),
    ...(properties.get('ssl.endpoint.identification.algorithm')?.trim() === '' ? { verifyHost: false } : {}),
  };
}

const KEYTOOL = 'Convert it with keytool -exportcert -rfc or openssl pkcs12, and set the type to PEM.';

function readPem(path: string, options: ClientPropertiesOptions): string {
  try {
    return options.readText(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw refused(options, 'location of a store', `${path} (${reason})`, 'a readable file is needed');
  }
}

/** A file may hold the key and the certificates together. */
function blocks(pem: string, what: string): string {
  const found = pem.match(new RegExp(`-----BEGIN ${what}-----[\\s\\S]*?-----END ${what}-----`, 'g'));
  return found === null ? pem : `${found.join('\n')}\n`;
}

function saslOf(
  properties: Properties,
  options: ClientPropertiesOptions & Pick<ConnectOptions, 'bootstrapServers'>,
): SaslOptions {
  const mechanism = properties.get('sasl.mechanism') ?? 'GSSAPI';
  if (mechanism === 'AWS_MSK_IAM') return options.iam(regionOf(options));
  const jaas = parseJaas(properties.get('sasl.jaas.config') ?? '');
  const need = (name: string): string => {
    const value = jaas?.options.get(name);
    if (value !== undefined) return value;
    throw refused(
      options,
      'sasl.jaas.config',
      jaas === undefined ? 'none that can be read' : `no ${name}`,
      `${name} is needed`,
    );
  };
  switch (mechanism) {
    case 'PLAIN':
    case 'SCRAM-SHA-256':
    case 'SCRAM-SHA-512':
      return { mechanism, username: need('username'), password: need('password') };
    case 'OAUTHBEARER': {
      if (/IAMLoginModule|OAuthBearerLoginModule/.test(jaas?.module ?? '') && isIamHandler(properties))
        return options.iam(regionOf(options));
      const url = properties.get('sasl.oauthbearer.token.endpoint.url');
      if (url === undefined)
        throw refused(
          options,
          'sasl.oauthbearer.token.endpoint.url',
          'none',
          'the address of a token endpoint is needed',
        );
      const clientId = properties.get('sasl.oauthbearer.client.credentials.client.id') ?? need('clientId');
      const clientSecret = properties.get('sasl.oauthbearer.client.credentials.client.secret') ?? need('clientSecret');
      const scope = properties.get('sasl.oauthbearer.scope') ?? jaas?.options.get('scope');
      const request = { url, clientId, clientSecret, ...(scope === undefined ? {} : { scope }) };
      return { mechanism, token: () => clientCredentialsToken(request) };
    }
    default:
      throw refused(
        options,
        'sasl.mechanism',
        mechanism,
        'PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER and AWS_MSK_IAM are allowed',
      );
  }
}

/** Amazon's OAUTHBEARER handler, for clients that have no mechanism of its own. */
function isIamHandler(properties: Properties): boolean {
  return (properties.get('sasl.login.callback.handler.class') ?? '').includes('msk.auth.iam');
}

function regionOf(options: ClientPropertiesOptions & Pick<ConnectOptions, 'bootstrapServers'>): string {
  const region =
    MSK_HOST.exec(options.bootstrapServers.join(','))?.[1] ??
    options.variables['AWS_REGION'] ??
    options.variables['AWS_DEFAULT_REGION'];
  if (region !== undefined && region !== '') return region;
  throw refused(options, 'region of Amazon MSK', 'none', 'bootstrap servers of MSK, or AWS_REGION, tell it');
}

function refused(
  { file }: Pick<ClientPropertiesOptions, 'file'>,
  name: string,
  got: string,
  allowed: string,
  hint = 'Correct the file.',
): Failure {
  return new Failure('COMMAND-CONFIG', `${file}: ${name} cannot be used, got ${got}; ${allowed}.`, hint, 2);
}
