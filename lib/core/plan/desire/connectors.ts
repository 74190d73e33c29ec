import { connectorConfig, type ClientFiles } from '../../config';
import { formatPath } from '../../issue';
import type { ConnectorModel, EnvironmentModel } from '../../model';
import type { DesiredConnector } from '../desired';
import { byText } from './sorted';

/** Places inside the workers' pods; the Kubernetes target mounts secrets and certificates there. */
const SECRETS = '/etc/kafka/connect-secrets';
const TRUSTSTORE = '/etc/kafka/tls/ca/ca.crt';
const KEYSTORES = '/run/kafka';

/** The connectors of workers on the target itself. */
export function desiredConnectors(
  model: EnvironmentModel,
  { connectSecretsDir = SECRETS }: { readonly connectSecretsDir?: string },
): DesiredConnector[] | undefined {
  const connectors = model.connect?.connectors ?? [];
  if (connectors.length === 0 || model.owner !== model.name) return undefined;
  return connectors
    .map((connector) => ({
      name: connector.name,
      config: connectorConfig(model, connector, files(connector, connectSecretsDir)),
      state: connector.state,
      path: formatPath(['connect', 'connectors', connector.name]),
    }))
    .sort(byText(({ name }) => name));
}

function files({ principal }: ConnectorModel, secretsDir: string): ClientFiles {
  const keystore = principal === undefined ? 'worker' : `user-${principal}`;
  return { secretsDir, truststore: TRUSTSTORE, keystore: `${KEYSTORES}/${keystore}.pem` };
}
