import type { InternalListenerModel, ListenerModel } from '../model';
import type { PropertyEntry } from './properties';

const SASL_MECHANISMS: Partial<Record<(ListenerModel | InternalListenerModel)['authentication'], string>> = {
  'scram-sha-512': 'SCRAM-SHA-512',
  oauthbearer: 'OAUTHBEARER',
};

/** What a listener needs to tell its clients apart; passwords of nodes are `nodePasswords`. Kafka's own names: `listener.name.<lower-case name>.` before the option. */
export function listenerSecurity(listener: ListenerModel | InternalListenerModel): PropertyEntry[] {
  const prefix = `listener.name.${listener.kafkaName.toLowerCase()}`;
  if (listener.authentication === 'mtls') return [[`${prefix}.ssl.client.auth`, 'required']];
  const mechanism = SASL_MECHANISMS[listener.authentication];
  if (mechanism === undefined) return [];
  const login = `${prefix}.${mechanism.toLowerCase()}`;
  const enabled: PropertyEntry = [`${prefix}.sasl.enabled.mechanisms`, mechanism];
  if (mechanism === 'SCRAM-SHA-512') {
    return [
      enabled,
      [`${login}.sasl.jaas.config`, 'org.apache.kafka.common.security.scram.ScramLoginModule required;'],
    ];
  }
  return [
    enabled,
    [`${login}.sasl.jaas.config`, 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;'],
    [
      `${login}.sasl.server.callback.handler.class`,
      'org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler',
    ],
  ];
}
