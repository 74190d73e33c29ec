import { applicationGroup, hasStableNames, type ApplicationModel, type EnvironmentModel } from '../model';
import { principalIdentity, SAFE_PRODUCER } from './client-files';
import { clientSecurity, directoryProvider, type ClientFiles } from './client-security';
import { renderPropertiesSections, type PropertiesSection, type PropertyEntry } from './properties';

/** Places in the pod of an application; the Kubernetes target mounts them there. */
export const APPLICATION_CONFIG = '/etc/kafka-client/config';
export const APPLICATION_SECRETS = '/etc/kafka-client/secrets';
export const APPLICATION_TLS = '/etc/kafka-client/tls';
export const APPLICATION_STATE = '/var/lib/kafka-streams';
/** Variables that files of an application are completed from: they differ from pod to pod. */
export const POD_NAME_VARIABLE = 'POD_NAME';
export const RACK_VARIABLE = 'KAFKA_CLIENT_RACK';

export interface ApplicationFilesOptions {
  /** `host:port,…`, or a placeholder of a config provider. */
  readonly bootstrapServers: string;
  /** Further folders that placeholders read from. @default none */
  readonly folders?: readonly string[];
  /** The variable `KAFKA_CLIENT_RACK` holds the zone of the pod. */
  readonly rackFromZone: boolean;
  /** PEM file of the authorities. @default - those of the Java runtime */
  readonly truststore?: string;
}

/**
 * Settings of the clients of an application, by file name: `client.properties` connects any client; `consumer.properties`,
 * `producer.properties` and `streams.properties` are whole settings of what it has. Passwords and keys are read from their files, and what
 * differs from pod to pod from variables, by Kafka's own config providers.
 */
export function applicationFiles(
  model: EnvironmentModel,
  application: ApplicationModel,
  options: ApplicationFilesOptions,
): Record<string, string> {
  const { consume, produce, streams } = application;
  const connection = connectionEntries(model, application, options);
  const file = (entries: readonly PropertyEntry[], written: Readonly<Record<string, string>> = {}): string =>
    fileOf(model, application, options, [...connection, ...entries], written);
  const consumer = consume === undefined ? [] : consumerEntries(application, consume.group);
  const producer = produce === undefined ? [] : producerEntries(application);
  return {
    'client.properties': file(clientEntries(model, application, options)),
    ...(consume === undefined
      ? {}
      : {
          'consumer.properties': file([...clientEntries(model, application, options), ...consumer], consume.config),
        }),
    ...(produce === undefined
      ? {}
      : { 'producer.properties': file([...nameEntries(application), ...producer], produce.config) }),
    ...(streams === undefined
      ? {}
      : { 'streams.properties': file(streamsEntries(model, application, options), streams.config) }),
  };
}

function connectionEntries(
  model: EnvironmentModel,
  application: ApplicationModel,
  options: ApplicationFilesOptions,
): PropertyEntry[] {
  const listener = model.listeners.find(({ name }) => name === application.listener)!;
  const principal = model.principals.find(({ name }) => name === application.principal);
  const identity =
    principal === undefined
      ? { username: '', secret: { secret: '', key: '' } } // asked for by nobody
      : principalIdentity(principal);
  const files: ClientFiles = {
    secretsDir: APPLICATION_SECRETS,
    keystoreDir: APPLICATION_TLS,
    ...(options.truststore === undefined ? {} : { truststore: options.truststore }),
  };
  return [
    ['bootstrap.servers', options.bootstrapServers],
    ...clientSecurity(model, listener, identity, files).filter(([name]) => !name.startsWith('config.providers')),
  ];
}

function nameEntries({ name }: ApplicationModel): PropertyEntry[] {
  return [['client.id', name]];
}

function clientEntries(
  model: EnvironmentModel,
  application: ApplicationModel,
  options: ApplicationFilesOptions,
): PropertyEntry[] {
  const rack = rackOf(model, application, options);
  return [...nameEntries(application), ...(rack === undefined ? [] : [['client.rack', rack] as const])];
}

function rackOf(
  model: EnvironmentModel,
  { principal }: ApplicationModel,
  { rackFromZone }: ApplicationFilesOptions,
): string | undefined {
  return rackFromZone ? variable(RACK_VARIABLE) : model.principals.find(({ name }) => name === principal)?.rack;
}

function consumerEntries({ exactlyOnce, produce }: ApplicationModel, group: string): PropertyEntry[] {
  return [
    ['group.id', group],
    ['isolation.level', 'read_committed'],
    // Its offsets are committed in the transactions of its producer.
    ...(exactlyOnce && produce !== undefined ? [['enable.auto.commit', 'false'] as const] : []),
  ];
}

function producerEntries(application: ApplicationModel): PropertyEntry[] {
  const prefix = application.produce?.transactionalIdPrefix;
  return [
    ...SAFE_PRODUCER.entries,
    ...(application.exactlyOnce && prefix !== undefined
      ? [['transactional.id', `${prefix}${variable(POD_NAME_VARIABLE)}`] as const]
      : []),
  ];
}

function streamsEntries(
  model: EnvironmentModel,
  application: ApplicationModel,
  options: ApplicationFilesOptions,
): PropertyEntry[] {
  const { streams, exactlyOnce } = application;
  const rack = rackOf(model, application, options);
  const withState = streams!.stateBytes !== undefined;
  return [
    ['application.id', streams!.applicationId],
    ['processing.guarantee', exactlyOnce ? 'exactly_once_v2' : 'at_least_once'],
    ['num.stream.threads', String(streams!.threads)],
    ['num.standby.replicas', String(streams!.standbyReplicas)],
    ['state.dir', APPLICATION_STATE],
    // Who comes back within its session has the partitions, and the stores, that it had.
    ...(hasStableNames(application) ? [['group.instance.id', variable(POD_NAME_VARIABLE)] as const] : []),
    ...(rack === undefined ? [] : [['consumer.client.rack', rack] as const]),
    // A store and its copy are in different zones.
    ...(rack !== undefined && withState && options.rackFromZone
      ? ([
          ['client.tag.zone', rack],
          ['rack.aware.assignment.tags', 'zone'],
        ] as const)
      : []),
    ['producer.acks', 'all'],
    ['producer.compression.type', 'zstd'],
    ['producer.linger.ms', '20'],
    ['producer.batch.size', '131072'],
  ];
}

/** What was written comes last and wins; the providers that placeholders need come first. */
function fileOf(
  model: EnvironmentModel,
  { name, listener }: ApplicationModel,
  { folders = [] }: ApplicationFilesOptions,
  entries: readonly PropertyEntry[],
  written: Readonly<Record<string, string>>,
): string {
  const own = entries.filter(([option]) => !Object.hasOwn(written, option));
  const values = [...own.map(([, value]) => value), ...Object.values(written)].join('\n');
  const sections: PropertiesSection[] = [
    {
      comment: `${name} on listener ${listener} of ${model.name}. Rendered; change the environment instead.`,
      entries: [...providers(values, folders), ...own],
    },
    {
      comment: 'Options of the application',
      entries: Object.entries(written).sort(([a], [b]) => (a < b ? -1 : 1)),
    },
  ];
  return renderPropertiesSections(sections);
}

function providers(values: string, folders: readonly string[]): PropertyEntry[] {
  const used = [...(values.includes('${dir:') ? ['dir'] : []), ...(values.includes('${env:') ? ['env'] : [])];
  if (used.length === 0) return [];
  return [
    ['config.providers', used.join(',')],
    ...(used.includes('dir') ? directoryProvider([APPLICATION_SECRETS, APPLICATION_TLS, ...folders]) : []),
    ...(used.includes('env')
      ? ([
          ['config.providers.env.class', 'org.apache.kafka.common.config.provider.EnvVarConfigProvider'],
          ['config.providers.env.param.allowlist.pattern', `^(${POD_NAME_VARIABLE}|${RACK_VARIABLE})$`],
        ] as const)
      : []),
  ];
}

function variable(name: string): string {
  return `\${env:${name}}`;
}

/** Environment variables of the pods, for programs that take their settings from there; none of them is a secret. */
export function applicationVariables(model: EnvironmentModel, application: ApplicationModel): PropertyEntry[] {
  const listener = model.listeners.find(({ name }) => name === application.listener)!;
  const principal = model.principals.find(({ name }) => name === application.principal);
  const identity = principal === undefined ? undefined : principalIdentity(principal);
  const group = applicationGroup(application);
  const mechanism = { 'scram-sha-512': 'SCRAM-SHA-512', oauthbearer: 'OAUTHBEARER' }[listener.authentication as string];
  const iam = listener.authentication === 'iam';
  return [
    ['KAFKA_CLIENT_CONFIG', APPLICATION_CONFIG],
    ['KAFKA_SECURITY_PROTOCOL', listener.protocol],
    ['KAFKA_CLIENT_ID', application.name],
    ...(mechanism !== undefined && identity !== undefined
      ? ([
          ['KAFKA_SASL_MECHANISM', mechanism],
          ['KAFKA_SASL_USERNAME', identity.username],
          ['KAFKA_SASL_PASSWORD_FILE', `${APPLICATION_SECRETS}/${identity.secret.secret}/${identity.secret.key}`],
        ] as const)
      : []),
    ...(iam ? [['KAFKA_SASL_MECHANISM', 'AWS_MSK_IAM'] as const] : []),
    ...(group === undefined ? [] : [['KAFKA_GROUP_ID', group] as const]),
    ...(application.streams === undefined
      ? []
      : [['KAFKA_APPLICATION_ID', application.streams.applicationId] as const]),
  ];
}
