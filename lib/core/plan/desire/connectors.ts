import { connectorConfig, workerFiles } from '../../config';
import { formatPath } from '../../issue';
import type { EnvironmentModel } from '../../model';
import type { DesiredConnector } from '../desired';
import { byText } from './sorted';

/** The connectors of workers on the target itself. */
export function desiredConnectors(model: EnvironmentModel): DesiredConnector[] | undefined {
  const connectors = model.connect?.connectors ?? [];
  if (connectors.length === 0 || model.owner !== model.name) return undefined;
  return connectors
    .map((connector) => ({
      name: connector.name,
      config: connectorConfig(model, connector, workerFiles(connector.principal)),
      state: connector.state,
      path: formatPath(['connect', 'connectors', connector.name]),
    }))
    .sort(byText(({ name }) => name));
}
