import type { ConnectOptions, SaslOptions } from '../port';
import { parseProperties } from '../../core/config';
import { checkSettings } from './known-settings';
import { saslOf } from './log-in';
import { resolvePlaceholders, type Providers } from './placeholders';
import { Problems } from './problems';
import { tlsOf } from './stores';

export interface ClientPropertiesOptions extends Providers {
  /** Path of the file, for messages. */
  readonly file: string;
  /** How to log in with IAM, for mechanism AWS_MSK_IAM. */
  readonly iam: (region: string) => SaslOptions;
}

const PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'];

/**
 * The settings of Kafka's own tools (`--command-config`) as the kit's; no bootstrap servers where the file names none. What the kit
 * cannot honour is refused, never left out, and all of it at once.
 */
export function connectOptionsOf(text: string, options: ClientPropertiesOptions): ConnectOptions {
  const problems = new Problems(options.file);
  const properties = resolvePlaceholders(parseProperties(text), options, problems);
  checkSettings(properties, problems);
  const protocol = properties.get('security.protocol') ?? 'PLAINTEXT';
  if (!PROTOCOLS.includes(protocol))
    problems.add({ name: 'security.protocol', got: protocol, allowed: `${PROTOCOLS.join(', ')} are allowed` });
  const bootstrapServers = (properties.get('bootstrap.servers') ?? '')
    .split(',')
    .map((server) => server.trim())
    .filter((server) => server !== '');
  const tls = protocol.endsWith('SSL') ? tlsOf(properties, options, problems) : undefined;
  const { variables, iam } = options;
  const sasl = protocol.startsWith('SASL')
    ? saslOf(properties, { bootstrapServers, variables, iam, problems })
    : undefined;
  problems.refuse();
  return {
    bootstrapServers,
    ...(tls === undefined ? {} : { tls }),
    ...(sasl === undefined ? {} : { sasl }),
  };
}
