import { CONTROLLER_LISTENER, type EnvironmentModel, type NodeModel } from '../model';

/**
 * Arguments of `kafka-storage` for one node. The metadata version is pinned, so that a newer binary does not raise it on its own: that
 * cannot be taken back. Controllers get the derived directory ids at the first formation only; ever after an empty disk joins with a
 * fresh id, for under its old one it would be a voter that forgot its votes.
 */
export function formatArguments(model: EnvironmentModel, node: NodeModel, propertiesPath: string): string[] {
  return [
    'format',
    '-t',
    model.clusterId,
    '-c',
    propertiesPath,
    '-g',
    '--release-version',
    model.kafka.metadataVersion,
    ...quorumArguments(model, node),
  ];
}

function quorumArguments(model: EnvironmentModel, node: NodeModel): string[] {
  if (!node.roles.includes('controller')) return [];
  return model.formation === 'first'
    ? ['--initial-controllers', initialControllers(model)]
    : ['--no-initial-controllers'];
}

/** `id@host:port:directoryId` of every controller, by id. */
function initialControllers(model: EnvironmentModel): string {
  return model.nodes
    .filter(({ roles }) => roles.includes('controller'))
    .map(({ id, host, ports, directoryId }) => `${id}@${host}:${ports[CONTROLLER_LISTENER]}:${directoryId}`)
    .join(',');
}
