import type { FileArtifact } from '../artifact';
import type { EnvironmentModel, PrincipalModel, SecretReference } from '../model';
import { clientSecurity, type ClientFiles, type ClientIdentity } from './client-security';
import { renderPropertiesSections, type PropertiesSection, type PropertyEntry } from './properties';
import { shellAssignment } from './shell';

const DEFAULT_FILES: ClientFiles = { secretsDir: '/etc/kafka-client/secrets' };
const DEFAULT_TRUSTSTORE = '/etc/kafka-client/tls/ca.crt';
const DEFAULT_KEYSTORE = '/etc/kafka-client/tls/client.pem';

/**
 * What a client of the environment needs, in a folder named after the principal: `client.properties` to connect with any tool
 * (`--command-config`), `producer.properties` and `consumer.properties` for what it may do, and `client.env` for programs that take
 * their settings from environment variables.
 */
export function clientFiles(
  model: EnvironmentModel,
  principal: PrincipalModel,
  bootstrapServers: string,
  files: ClientFiles = defaultClientFiles(model),
): FileArtifact[] {
  const connection = connectionSection(model, principal, bootstrapServers, files);
  const at = (file: string): string => `${principal.name}/${file}`;
  return [
    { path: at('client.properties'), content: renderPropertiesSections([connection]) },
    ...(principal.produce === undefined
      ? []
      : [{ path: at('producer.properties'), content: renderPropertiesSections([connection, SAFE_PRODUCER]) }]),
    ...(principal.consume === undefined
      ? []
      : [
          {
            path: at('consumer.properties'),
            content: renderPropertiesSections([connection, consumerSection(principal)]),
          },
        ]),
    { path: at('client.env'), content: environmentFile(model, principal, bootstrapServers) },
  ];
}

/** A service has certificates of a public authority, which Java trusts anyway; nodes of the kit have those of an own one. */
export function defaultClientFiles(model: EnvironmentModel): ClientFiles {
  return {
    ...DEFAULT_FILES,
    keystore: DEFAULT_KEYSTORE,
    ...(model.managedBy === 'self' ? { truststore: DEFAULT_TRUSTSTORE } : {}),
  };
}

/** Who a new client of a principal logs in as: the first of its users that stays. */
export function principalIdentity({ name, users }: PrincipalModel): ClientIdentity {
  const [first] = users;
  return first === undefined
    ? { username: name, secret: { secret: name, key: 'password' } } // a rule reports it
    : { username: first.name, secret: first.secret };
}

/** Where the password is that a new client of the principal uses: as the environment says, else in a secret named after the user. */
export function principalSecret(model: EnvironmentModel, principal: string): SecretReference {
  const found = model.principals.find(({ name }) => name === principal);
  return found === undefined ? { secret: principal, key: 'password' } : principalIdentity(found).secret;
}

function connectionSection(
  model: EnvironmentModel,
  principal: PrincipalModel,
  bootstrapServers: string,
  files: ClientFiles,
): PropertiesSection {
  const listener = model.listeners.find(({ name }) => name === principal.listener)!;
  return {
    comment: `${principal.name} on listener ${listener.name} of ${model.name}`,
    entries: [
      ['bootstrap.servers', bootstrapServers],
      ['client.id', principal.name],
      ...(principal.rack === undefined ? [] : [['client.rack', principal.rack] as const]),
      ...clientSecurity(model, listener, principalIdentity(principal), files),
    ],
  };
}

export const SAFE_PRODUCER: PropertiesSection = {
  comment: [
    'Every acknowledged record is on min.insync.replicas brokers, once and in order.',
    'Batches: measured on three brokers with RF 3, acks=all and records of 512 bytes, linger 20 ms with batches of 128 KiB carried',
    '1.7 to 2.5 times the records of the defaults at a seventh to a twentieth of the latency. zstd costs some of that on a fast',
    'network (1.2 to 1.7 times the defaults remain, with payloads of random letters) and saves network and disk on real ones;',
    'lz4 gained nothing there.',
  ].join('\n'),
  entries: [
    ['acks', 'all'],
    ['enable.idempotence', 'true'],
    ['linger.ms', '20'],
    ['batch.size', '131072'],
    ['compression.type', 'zstd'],
  ],
};

function consumerSection(principal: PrincipalModel): PropertiesSection {
  const group = principal.consume?.groups.find((name) => !name.endsWith('*'));
  return {
    comment: 'Records of aborted transactions are not read.',
    entries: [...(group === undefined ? [] : [['group.id', group] as const]), ['isolation.level', 'read_committed']],
  };
}

function environmentFile(model: EnvironmentModel, principal: PrincipalModel, bootstrapServers: string): string {
  const listener = model.listeners.find(({ name }) => name === principal.listener)!;
  const groups = principal.consume?.groups ?? [];
  const transactionalIds = principal.produce?.transactionalIds ?? [];
  const entries: PropertyEntry[] = [
    ['KAFKA_BOOTSTRAP_SERVERS', bootstrapServers],
    ['KAFKA_SECURITY_PROTOCOL', listener.protocol],
    ['KAFKA_CLIENT_ID', principal.name],
    ...(principal.rack === undefined ? [] : [['KAFKA_CLIENT_RACK', principal.rack] as const]),
    ...prefixOf(groups, 'KAFKA_GROUP_ID'),
    ...prefixOf(transactionalIds, 'KAFKA_TRANSACTIONAL_ID'),
  ];
  return entries.map(([name, value]) => shellAssignment(name, value)).join('');
}

/** `NAME` where the environment grants one exact name, `NAME_PREFIX` where it grants a prefix. */
function prefixOf(patterns: readonly string[], name: string): PropertyEntry[] {
  const exact = patterns.find((pattern) => !pattern.endsWith('*'));
  const prefix = patterns.find((pattern) => pattern.endsWith('*') && pattern.length > 1);
  return [
    ...(exact === undefined ? [] : [[name, exact] as const]),
    ...(prefix === undefined ? [] : [[`${name}_PREFIX`, prefix.slice(0, -1)] as const]),
  ];
}
