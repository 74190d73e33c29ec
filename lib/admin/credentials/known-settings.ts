import { nearest } from '../../core/issue';
import type { Problems } from './problems';

/** Settings of security that the kit honours. */
const HONOURED = [
  'security.protocol',
  'sasl.mechanism',
  'sasl.jaas.config',
  'sasl.client.callback.handler.class',
  'sasl.login.callback.handler.class',
  'sasl.oauthbearer.client.credentials.client.id',
  'sasl.oauthbearer.client.credentials.client.secret',
  'sasl.oauthbearer.header.urlencode',
  'sasl.oauthbearer.scope',
  'sasl.oauthbearer.token.endpoint.url',
  'ssl.endpoint.identification.algorithm',
  'ssl.key.password',
  'ssl.keystore.certificate.chain',
  'ssl.keystore.key',
  'ssl.keystore.location',
  'ssl.keystore.type',
  'ssl.truststore.certificates',
  'ssl.truststore.location',
  'ssl.truststore.type',
];

/** Settings that change nothing of where and as whom the kit logs in: pace, Java's own matters, checks of other mechanisms. */
const INDIFFERENT: readonly RegExp[] = [
  /^ssl\.(protocol|enabled\.protocols|keymanager\.algorithm|trustmanager\.algorithm|secure\.random\.implementation)$/,
  /^ssl\.(keystore|truststore)\.password$/,
  /^sasl\.login\.(connect|read|refresh|retry)\./,
  /^sasl\.kerberos\./,
  /^sasl\.oauthbearer\.(clock\.skew|expected|iat|jwks|scope\.claim|sub\.claim)\b/,
];

/** Kafka has them, and the kit cannot do what they say. */
const BEYOND: readonly string[] = [
  'sasl.login.class',
  'sasl.oauthbearer.jwt.retriever.class',
  'sasl.oauthbearer.jwt.validator.class',
  'security.providers',
  'ssl.cipher.suites',
  'ssl.engine.factory.class',
  'ssl.provider',
];

/** Settings of security are all understood or refused; those of other matters, such as `client.id`, are none of the log-in's business. */
export function checkSettings(properties: ReadonlyMap<string, string>, problems: Problems): void {
  for (const [name, value] of properties) {
    if (!/^(sasl|security|ssl)\./.test(name)) continue;
    if (HONOURED.includes(name) || INDIFFERENT.some((pattern) => pattern.test(name))) continue;
    if (BEYOND.includes(name) || name.startsWith('sasl.oauthbearer.assertion.')) {
      problems.add({
        name,
        got: value,
        allowed: 'the kit does not honour it',
        hint: `Leave ${name} out, or use a listener that does without.`,
      });
      continue;
    }
    const meant = nearest(name, HONOURED);
    problems.add({
      name,
      got: value,
      allowed: 'settings that clients of Kafka have are allowed',
      hint: meant === undefined ? `Leave ${name} out.` : `Did you mean ${meant}?`,
    });
  }
}
