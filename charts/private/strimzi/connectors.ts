import { connectorConfig } from '../../../lib/core/config';
import type { ConnectorModel, EnvironmentModel } from '../../../lib/core/model';
import { certificateFolder, certificateUser, secretFiles } from './connect-secrets';
import { strimziBootstrapServers } from './names';
import { CLUSTER_LABEL, strimziObject, type StrimziObject } from './object';

/** Fields of a KafkaConnector of their own. */
const FIELDS: readonly string[] = ['name', 'connector.class', 'tasks.max'];

export function connectors(model: EnvironmentModel): StrimziObject[] {
  return (model.connect?.connectors ?? []).map((connector) =>
    strimziObject(
      model,
      'KafkaConnector',
      connector.name,
      {
        class: connector.className,
        tasksMax: connector.tasksMax,
        state: connector.state,
        autoRestart: { enabled: true },
        config: config(model, connector),
      },
      { labels: { [CLUSTER_LABEL]: model.name } },
    ),
  );
}

function config(model: EnvironmentModel, connector: ConnectorModel): Record<string, string> {
  const entries = Object.entries(connectorConfig(model, connector, { ...secretFiles(), keystore: 'keystore.pem' }));
  return Object.fromEntries(
    entries
      .filter(([name]) => !FIELDS.includes(name))
      .flatMap(([name, value]) => ownConnection(model, connector, name, value))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** How its principal logs in here: to the operator's bootstrap address, with the certificate that the operator made. */
function ownConnection(
  model: EnvironmentModel,
  { principal: name }: ConnectorModel,
  option: string,
  value: string,
): [string, string][] {
  const [, client, setting] =
    /^((?:producer|consumer|admin)\.override\.)(bootstrap\.servers|ssl\.keystore\.location)$/.exec(option) ?? [];
  const principal = model.principals.find((candidate) => candidate.name === name);
  if (setting === undefined || principal === undefined) return [[option, value]];
  if (setting === 'bootstrap.servers') {
    const listener = model.listeners.find((candidate) => candidate.name === principal.listener)!;
    return [[option, strimziBootstrapServers(model, listener)]];
  }
  const folder = certificateFolder(certificateUser(model, principal.name));
  return [
    [`${client}ssl.keystore.certificate.chain`, `\${dir:${folder}:user.crt}`],
    [`${client}ssl.keystore.key`, `\${dir:${folder}:user.key}`],
  ];
}
