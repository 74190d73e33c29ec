import { bootstrapServiceName, certificateSource, nodeCertificateName, podDomain } from '../../../lib/core/model';
import type { EnvironmentModel, ListenerModel } from '../../../lib/core/model';
import { CLIENT_LABEL } from '../labels';
import { externalConfiguration, externalPeers, listenerType } from './external';
import { CLUSTER_LABEL, namespaceOf, plainObject, present, type StrimziObject } from './object';
import { oauthOptions } from './options';

/** The client listeners; the operator makes those of the quorum and of replication. */
export function listeners(model: EnvironmentModel): unknown[] {
  return model.listeners.map((listener) => {
    const tls = listener.protocol.endsWith('SSL');
    const inside = { namespaceSelector: {}, podSelector: { matchLabels: { [CLIENT_LABEL]: model.name } } };
    const outside = listener.external === undefined ? [] : externalPeers(listener);
    return present({
      name: listener.name,
      port: listener.port,
      type: listenerType(listener),
      tls,
      ...authentication(model, listener),
      configuration: present(configuration(model, listener, tls)),
      networkPolicyPeers: outside === undefined ? undefined : [inside, ...outside],
    });
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

function configuration(model: EnvironmentModel, listener: ListenerModel, tls: boolean): Record<string, unknown> {
  const external = externalConfiguration(model, listener);
  if (!tls) return external;
  const own = listener.external?.settings.certificate;
  const given = own ?? (certificateSource(model.spec) === 'secret' ? nodeCertificateName(model) : undefined);
  const chain = given === undefined ? {} : { secretName: given, certificate: 'tls.crt', key: 'tls.key' };
  const bootstrap = external['bootstrap'] as { readonly alternativeNames?: readonly string[] } | undefined;
  return {
    ...external,
    ...(given === undefined
      ? {
          bootstrap: {
            ...bootstrap,
            alternativeNames: [...insideNames(model, listener), ...(bootstrap?.alternativeNames ?? [])],
          },
        }
      : { brokerCertChainAndKey: chain }),
  };
}

function insideNames(model: EnvironmentModel, listener: ListenerModel): string[] {
  const service = bootstrapServiceName(model, listener);
  const name = `${service}.${namespaceOf(model)}`;
  return [service, name, `${name}.svc`, podDomain(model.spec, service)];
}
