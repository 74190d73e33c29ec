import {
  CONTROLLER_LISTENER,
  listenerCertificateName,
  REPLICATION_LISTENER,
  type Address,
  type EnvironmentModel,
  type InternalListenerModel,
  type ListenerModel,
  type NodeModel,
} from '../model';
import { controllerBootstrapServers } from './bootstrap-servers';
import { adminCommonName, certificatePrincipal, nodeCommonName, PRINCIPAL_MAPPING_RULES } from './identity';
import { listenerSecurity } from './listener-security';
import { nodeOptions } from './node-options';
import { nodePasswords } from './node-passwords';
import { renderPropertiesSections, type PropertyEntry } from './properties';

/** Where a node finds its key and the certificates that it trusts; paths differ between targets. */
export interface NodeFiles {
  /** PEM file with the node's private key (PKCS #8, not encrypted: the file's mode guards it) and its certificate chain. */
  readonly keystore: string;
  /** PEM file with the certificates of the authorities that sign nodes and clients. */
  readonly truststore: string;
  /** As `keystore`, for a listener that has a certificate of its own. Default: no listener has. */
  readonly listenerKeystore?: (listener: ListenerModel) => string;
  /** Folder of the passwords of nodes and administrator, one folder a user (`NODE_SECRETS`); for a laptop, where they have no certificates. */
  readonly secretsDir?: string;
}

/** The server.properties of one node. The order never changes, so that a change of the environment is a small change of the file. */
export function serverProperties(model: EnvironmentModel, node: NodeModel, files: NodeFiles): string {
  return renderPropertiesSections([
    {
      comment: `${model.name}, node ${node.id} (${node.name}). Rendered; change the environment instead.`,
      entries: identity(node),
    },
    { comment: 'Quorum: brokers and joining controllers ask these for the voters', entries: quorum(model) },
    { comment: 'Listeners: one for each audience', entries: listeners(model, node) },
    { comment: 'Security', entries: security(model, node, files) },
    { comment: 'Storage', entries: [['log.dirs', node.logDirs.join(',')]] },
    { comment: 'Options of the cluster and of the node pool', entries: [...nodeOptions(model, node)] },
  ]);
}

function identity(node: NodeModel): PropertyEntry[] {
  return [
    ['node.id', String(node.id)],
    ['process.roles', ['broker', 'controller'].filter((role) => node.roles.some((own) => own === role)).join(',')],
    ...(node.rack === undefined || !node.roles.includes('broker') ? [] : [['broker.rack', node.rack] as const]),
  ];
}

function quorum(model: EnvironmentModel): PropertyEntry[] {
  return [
    ['controller.quorum.bootstrap.servers', controllerBootstrapServers(model)],
    ['controller.listener.names', CONTROLLER_LISTENER],
  ];
}

/** Every listener of the cluster: clients', replication, controllers'. A node serves those that it has a port for. */
function allListeners(model: EnvironmentModel): (ListenerModel | InternalListenerModel)[] {
  const internal = model.internalListeners;
  return internal === undefined
    ? [...model.listeners]
    : [...model.listeners, internal.replication, internal.controller];
}

function listeners(model: EnvironmentModel, node: NodeModel): PropertyEntry[] {
  const all = allListeners(model);
  const served = all.filter(({ kafkaName }) => node.ports[kafkaName] !== undefined);
  const at = (address: (kafkaName: string, port: number) => Address): string =>
    served
      .map(({ kafkaName }) => {
        const { host, port } = address(kafkaName, node.ports[kafkaName]!);
        return `${kafkaName}://${host}:${port}`;
      })
      .join(',');
  return [
    ['listeners', at((_, port) => ({ host: node.bindHost, port }))],
    ['advertised.listeners', at((kafkaName, port) => node.advertised?.[kafkaName] ?? { host: node.host, port })],
    // The whole map on every node: a controller refuses a broker whose listeners it cannot name a protocol for.
    ['listener.security.protocol.map', all.map(({ kafkaName, protocol }) => `${kafkaName}:${protocol}`).join(',')],
    ['inter.broker.listener.name', REPLICATION_LISTENER],
  ];
}

function security(model: EnvironmentModel, node: NodeModel, files: NodeFiles): PropertyEntry[] {
  const served = allListeners(model).filter(({ kafkaName }) => node.ports[kafkaName] !== undefined);
  return [
    ...(served.some(({ protocol }) => protocol.endsWith('SSL')) ? certificates(files) : []),
    ...served.flatMap(listenerSecurity),
    ...listenerKeystores(model, node, files),
    ...nodePasswords(model, files),
    ...(model.authorization ? authorizer(model) : []),
  ];
}

function certificates(files: NodeFiles): PropertyEntry[] {
  return [
    ['ssl.keystore.type', 'PEM'],
    ['ssl.keystore.location', files.keystore],
    ['ssl.truststore.type', 'PEM'],
    ['ssl.truststore.location', files.truststore],
    ['ssl.principal.mapping.rules', PRINCIPAL_MAPPING_RULES],
  ];
}

function listenerKeystores(model: EnvironmentModel, node: NodeModel, files: NodeFiles): PropertyEntry[] {
  return model.listeners.flatMap((listener) =>
    node.ports[listener.kafkaName] === undefined || listenerCertificateName(model, listener) === undefined
      ? []
      : [
          [
            `listener.name.${listener.kafkaName.toLowerCase()}.ssl.keystore.location`,
            files.listenerKeystore?.(listener) ?? files.keystore,
          ] as const,
        ],
  );
}

/** On controllers as well: they carry out what brokers forward. */
function authorizer(model: EnvironmentModel): PropertyEntry[] {
  const superUsers = [nodeCommonName(model), adminCommonName(model)].map(certificatePrincipal);
  // Kafka's name for whoever was not asked who they are.
  if (model.listeners.some(({ access }) => access === 'unrestricted')) superUsers.push('User:ANONYMOUS');
  return [
    ['authorizer.class.name', 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'],
    ['super.users', superUsers.join(';')],
    ['allow.everyone.if.no.acl.found', 'false'],
  ];
}
