import { CONTROLLER_LISTENER, type EnvironmentModel, type NodeModel } from '../model';

/** `host:port` of every broker on a listener, by its name in the environment or in server.properties; self-managed targets only. */
export function bootstrapServers(model: EnvironmentModel, listenerName: string): string {
  return addresses(model.nodes, listenerName.toUpperCase());
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
