import { connectorConfig, mirrorOf, workerFiles } from '../../config';
import { formatPath } from '../../issue';
import type { EnvironmentModel } from '../../model';
import type { DesiredConnector, DesiredDeletion } from '../desired';
import { byText } from './sorted';

export interface DesiredConnectors {
  readonly connectors: readonly DesiredConnector[];
  readonly deletedConnectors: readonly DesiredDeletion[];
}

/** The connectors of workers on the target itself, or of the pods that the model is for; undefined where none are named. */
export function desiredConnectors(model: EnvironmentModel): DesiredConnectors | undefined {
  const { connectors = [], deletedConnectors = [], environment, group } = model.connect ?? {};
  const at = (name: string): string[] =>
    group === 'mirror' ? ['mirrors', mirrorOf(name)] : ['connect', 'connectors', name];
  if (environment !== model.brokersElsewhere?.environment) return undefined;
  if (connectors.length + deletedConnectors.length === 0 || model.owner !== model.name) return undefined;
  return {
    connectors: connectors
      .map((connector) => ({
        name: connector.name,
        config: connectorConfig(model, connector, workerFiles(model, connector.principal)),
        state: connector.state,
        path: formatPath(at(connector.name)),
      }))
      .sort(byText(({ name }) => name)),
    deletedConnectors: deletedConnectors
      .map(({ name, reason }) => ({ name, reason, path: formatPath([...at(name), 'deleted']) }))
      .sort(byText(({ name }) => name)),
  };
}
