import {
  iamRoleArn,
  type ConnectorModel,
  type EnvironmentModel,
  type ListenerModel,
  type PrincipalModel,
} from '../model';
import { bootstrapServers } from './bootstrap-servers';
import { clientSecurity, type ClientFiles, type ClientIdentity } from './client-security';
import { connectListener } from './connect-worker';
import { principalIdentity } from './client-files';
import { bootstrapPlaceholder } from './worker-files';

/**
 * The `config` of a connector as the REST interface of Connect takes it: options in the order of their names, secrets as placeholders
 * that the workers resolve.
 */
export function connectorConfig(
  model: EnvironmentModel,
  connector: ConnectorModel,
  files: ClientFiles,
): Record<string, string> {
  const secrets = Object.entries(connector.secretConfig).map(([option, { secret, key }]) => [
    option,
    `\${dir:${files.secretsDir}/${secret}:${key}}`,
  ]);
  const config = Object.fromEntries([
    ['connector.class', connector.className],
    ['tasks.max', String(connector.tasksMax)],
    ...Object.entries(connector.config),
    ...secrets,
    ...principalOverrides(model, connector, files),
  ]) as Record<string, string>;
  return Object.fromEntries(Object.entries(config).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The clients of the connector log in as its principal instead of as the workers. */
function principalOverrides(
  model: EnvironmentModel,
  connector: ConnectorModel,
  files: ClientFiles,
): (readonly [string, string])[] {
  const principal = model.principals.find(({ name }) => name === connector.principal);
  const listener = model.listeners.find(({ name }) => name === principal?.listener);
  if (principal === undefined || listener === undefined) return [];
  const connection = clientSecurity(model, listener, identityOf(model, principal), files).filter(
    ([name]) => !name.startsWith('config.providers'),
  );
  const elsewhere =
    listener.name === connectListener(model).name ? [] : [['bootstrap.servers', serversOf(model, listener)] as const];
  return ['producer', 'consumer', 'admin'].flatMap((client) =>
    [...elsewhere, ...connection].map(([name, value]) => [`${client}.override.${name}`, value] as const),
  );
}

/** On a listener with authentication iam it takes on the role of its principal: the worker has one role, whoever its connectors are. */
function identityOf(model: EnvironmentModel, principal: PrincipalModel): ClientIdentity {
  const role = model.spec.principals?.[principal.name]?.iamRole;
  const roleArn = role === undefined ? undefined : iamRoleArn(model, role);
  return { ...principalIdentity(principal), ...(roleArn === undefined ? {} : { roleArn }) };
}

function serversOf(model: EnvironmentModel, listener: ListenerModel): string {
  return model.brokersElsewhere === undefined
    ? bootstrapServers(model, listener.name)
    : bootstrapPlaceholder(model, listener);
}
