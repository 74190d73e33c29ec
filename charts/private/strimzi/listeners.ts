import { bootstrapServiceName, certificateSource, nodeCertificateName, podDomain } from '../../../lib/core/model';
import type { EnvironmentModel, ListenerModel } from '../../../lib/core/model';
import { CLIENT_LABEL } from '../labels';
import { CLUSTER_LABEL, namespaceOf, plainObject, type StrimziObject } from './object';
import { oauthOptions } from './options';

/** The client listeners; the operator makes those of the quorum and of replication. */
export function listeners(model: EnvironmentModel): unknown[] {
  return model.listeners.map((listener) => {
    const tls = listener.protocol.endsWith('SSL');
    return {
      name: listener.name,
      port: listener.port,
      type: 'internal',
      tls,
      ...authentication(model, listener),
      ...(tls ? { configuration: certificates(model, listener) } : {}),
      networkPolicyPeers: [{ namespaceSelector: {}, podSelector: { matchLabels: { [CLIENT_LABEL]: model.name } } }],
    };
  });
}

/**
 * The Services that clients of the plain manifests begin at, in front of the operator's brokers: their settings stay as they are. The
 * certificates of the brokers have these names too.
 */
export function bootstrapServices(model: EnvironmentModel): StrimziObject[] {
  return model.listeners.map((listener) =>
    plainObject(model, 'Service', bootstrapServiceName(model, listener), {
      spec: {
        selector: {
          [CLUSTER_LABEL]: model.name,
          'strimzi.io/kind': 'Kafka',
          'strimzi.io/broker-role': 'true',
        },
        ports: [{ name: `client-${listener.port}`, port: listener.port }],
      },
    }),
  );
}

function authentication(model: EnvironmentModel, listener: ListenerModel): Record<string, unknown> {
  switch (listener.authentication) {
    case 'scram-sha-512':
      return { authentication: { type: 'scram-sha-512' } };
    case 'mtls':
      return { authentication: { type: 'tls' } };
    case 'oauthbearer':
      return { authentication: { type: 'custom', sasl: true, listenerConfig: oauth(model) } };
    default:
      return {};
  }
}

/** The operator puts `listener.name.<name>-<port>.` before each. */
function oauth(model: EnvironmentModel): Record<string, string> {
  return {
    'oauthbearer.sasl.jaas.config': 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;',
    'oauthbearer.sasl.server.callback.handler.class':
      'org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler',
    'sasl.enabled.mechanisms': 'OAUTHBEARER',
    ...oauthOptions(model),
  };
}

function certificates(model: EnvironmentModel, listener: ListenerModel): Record<string, unknown> {
  const service = bootstrapServiceName(model, listener);
  const name = `${service}.${namespaceOf(model)}`;
  if (certificateSource(model.spec) === 'secret') {
    return {
      brokerCertChainAndKey: {
        secretName: nodeCertificateName(model),
        certificate: 'tls.crt',
        key: 'tls.key',
      },
    };
  }
  return { bootstrap: { alternativeNames: [service, name, `${name}.svc`, podDomain(model.spec, service)] } };
}
