import { REPLICATION_LISTENER, type EnvironmentModel } from '../model';
import { secretsProvider } from './client-security';
import { adminCommonName, nodeCommonName } from './identity';
import type { PropertyEntry } from './properties';

/**
 * Secrets with the passwords of the nodes and of the administrator, and the key in them. No secret of an environment can be called that:
 * names begin with a letter or a digit.
 */
export const NODE_SECRETS = { nodes: '.nodes', admin: '.admin', key: 'password' } as const;

/**
 * How nodes log in at each other where they have no certificates. SCRAM cannot do it, since its credentials are in the log that the
 * controllers guard. The listener of the controllers is there on brokers too, which are its clients.
 */
export function nodePasswords(
  model: EnvironmentModel,
  { secretsDir }: { readonly secretsDir?: string },
): PropertyEntry[] {
  const internal = model.internalListeners;
  if (internal?.controller.authentication !== 'plain' || secretsDir === undefined) return [];
  const password = (secret: string): string => `"\${dir:${secretsDir}/${secret}:${NODE_SECRETS.key}}"`;
  const [node, admin] = [nodeCommonName(model), adminCommonName(model)];
  const nodes = `org.apache.kafka.common.security.plain.PlainLoginModule required username="${node}" password=${password(NODE_SECRETS.nodes)} "user_${node}"=${password(NODE_SECRETS.nodes)}`;
  // The administrator may log in where brokers serve, not at the quorum.
  const withAdmin = `${nodes} "user_${admin}"=${password(NODE_SECRETS.admin)}`;
  return [
    ...secretsProvider({ secretsDir }),
    ['sasl.mechanism.inter.broker.protocol', 'PLAIN'],
    ['sasl.mechanism.controller.protocol', 'PLAIN'],
    ...[internal.replication, internal.controller].flatMap(({ kafkaName }): PropertyEntry[] => {
      const prefix = `listener.name.${kafkaName.toLowerCase()}`;
      return [
        [`${prefix}.sasl.enabled.mechanisms`, 'PLAIN'],
        [`${prefix}.plain.sasl.jaas.config`, `${kafkaName === REPLICATION_LISTENER ? withAdmin : nodes};`],
      ];
    }),
  ];
}
