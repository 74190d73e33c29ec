import { CONTROLLER_LISTENER, REPLICATION_LISTENER, type EnvironmentModel, type NodeModel } from '../model';

/**
 * `host:port` of every broker on a listener, by its name in the environment or in server.properties; for clients outside Kubernetes the
 * address that is made for beginning. Self-managed targets only.
 */
export function bootstrapServers(model: EnvironmentModel, listenerName: string): string {
  const kafkaName = listenerName.toUpperCase();
  const { external } = model.listeners.find((listener) => listener.kafkaName === kafkaName) ?? {};
  if (external !== undefined) return external.bootstrap.map(({ host, port }) => `${host}:${port}`).join(',');
  return addresses(model.nodes, kafkaName);
}

/**
 * `host:port` of every broker on the listener of the nodes, where the administrator may log in as well: the only door of a cluster whose
 * clients have no rights yet. Self-managed targets only.
 */
export function adminBootstrapServers(model: EnvironmentModel): string {
  return addresses(model.nodes, REPLICATION_LISTENER);
}

/** `host:port` of every controller, by id. */
export function controllerBootstrapServers(model: EnvironmentModel): string {
  return addresses(model.nodes, CONTROLLER_LISTENER);
}

function addresses(nodes: readonly NodeModel[], kafkaName: string): string {
  return nodes
    .flatMap(({ host, ports }) => (ports[kafkaName] === undefined ? [] : [`${host}:${ports[kafkaName]}`]))
    .join(',');
}
