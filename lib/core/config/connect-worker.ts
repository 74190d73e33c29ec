import { connectName, type EnvironmentModel, type ListenerModel } from '../model';
import { clientSecurity, secretsProvider, type ClientFiles } from './client-security';
import { renderPropertiesSections, type PropertiesSection, type PropertyEntry } from './properties';

export interface ConnectWorkerOptions {
  readonly bootstrapServers: string;
  /** Address of this worker for the other workers: a name or an IP address. */
  readonly advertisedHost: string;
  readonly restPort: number;
  /** Folder with one folder a plugin; absent where only the connectors that Kafka brings along are used. */
  readonly pluginPath?: string;
  readonly files: ClientFiles;
  /** Rack of this worker, so that it reads from the nearest replica. */
  readonly rack?: string;
}

/** `group.id` of the workers; the rights of the principal are about it. */
export function connectGroupId(model: EnvironmentModel): string {
  return connectName(model);
}

/** Who the workers are on their listener: a SCRAM user, a common name or a client id, with a secret of the same name. */
export function connectPrincipal(model: EnvironmentModel): string {
  return connectName(model);
}

/** The listener that the workers use: the one that the environment names, else its first. */
export function connectListener(model: EnvironmentModel): ListenerModel {
  const wanted = model.spec.connect?.listener;
  return model.listeners.find(({ name }) => name === wanted) ?? model.listeners[0]!;
}

/** The worker.properties of a distributed Connect worker. */
export function connectWorkerProperties(model: EnvironmentModel, options: ConnectWorkerOptions): string {
  const username = connectPrincipal(model);
  const connection = clientSecurity(
    model,
    connectListener(model),
    { username, secret: { secret: username, key: 'password' } },
    options.files,
  ).filter(([name]) => !name.startsWith('config.providers'));
  const own = new Set(written(model).map(([name]) => name));
  const sections: PropertiesSection[] = [
    {
      comment: `${model.name}: Connect worker. Rendered; change the environment instead.`,
      entries: worker(model, options),
    },
    { comment: 'Secrets of connectors: ${dir:<folder of the secret>:<key>}', entries: secretsProvider(options.files) },
    { comment: 'Connection of the worker', entries: connection },
    {
      comment: 'Connection of the producers, consumers and admin clients of connectors, which a connector may override',
      entries: ['producer', 'consumer', 'admin'].flatMap((client) =>
        connection.map(([name, value]): PropertyEntry => [`${client}.${name}`, value]),
      ),
    },
    { comment: 'Clients of connectors', entries: clients(options) },
  ];
  return renderPropertiesSections([
    ...sections.map(({ comment, entries }) => ({ comment, entries: entries.filter(([name]) => !own.has(name)) })),
    { comment: 'Options of the workers', entries: written(model) },
  ]);
}

function worker(model: EnvironmentModel, options: ConnectWorkerOptions): PropertyEntry[] {
  const groupId = connectGroupId(model);
  const replication = String(Math.min(3, model.brokerCount));
  return [
    ['bootstrap.servers', options.bootstrapServers],
    ['group.id', groupId],
    // The tasks of a source write their offsets in the transaction of their records.
    ['exactly.once.source.support', 'enabled'],
    ['config.storage.topic', `${groupId}-configs`],
    ['config.storage.replication.factor', replication],
    ['offset.storage.topic', `${groupId}-offsets`],
    ['offset.storage.replication.factor', replication],
    ['status.storage.topic', `${groupId}-status`],
    ['status.storage.replication.factor', replication],
    ['key.converter', 'org.apache.kafka.connect.json.JsonConverter'],
    ['value.converter', 'org.apache.kafka.connect.json.JsonConverter'],
    ['listeners', `http://:${options.restPort}`],
    ['rest.advertised.host.name', options.advertisedHost],
    ['rest.advertised.port', String(options.restPort)],
    // Reads the manifests of plugins instead of scanning every class, which takes most of the start. For a plugin from before manifests
    // (KIP-898): `plugin.discovery: hybrid_warn` in the options of the workers.
    ['plugin.discovery', 'service_load'],
    ...(options.pluginPath === undefined ? [] : [['plugin.path', options.pluginPath] as const]),
    ['connector.client.config.override.policy', 'All'],
  ];
}

function clients({ rack }: ConnectWorkerOptions): PropertyEntry[] {
  return [
    ['producer.compression.type', 'zstd'],
    ['producer.linger.ms', '20'],
    ['producer.batch.size', '131072'],
    ['consumer.isolation.level', 'read_committed'],
    ...(rack === undefined ? [] : [['consumer.client.rack', rack] as const]),
  ];
}

function written(model: EnvironmentModel): PropertyEntry[] {
  return Object.entries(model.spec.connect?.config ?? {})
    .map(([name, value]): PropertyEntry => [name, String(value)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
