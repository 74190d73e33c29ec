import type { MskConnectProblem } from './problem';

/**
 * The config provider that AWS documents for MSK Connect (aws-samples/msk-config-providers). Workers bring none for Secrets Manager: its
 * jars have to be in the plugin, and no public Maven repository has them.
 */
export const DEFAULT_SECRETS_PROVIDER_CLASS = 'com.amazonaws.kafka.config.providers.SecretsManagerConfigProvider';

/** The name of the provider in the worker configuration. */
const NAME = 'secretsmanager';

/** Worker properties that set the provider up. */
export function secretsProviderProperties(providerClass: string, region: string): Record<string, string> {
  return {
    'config.providers': NAME,
    [`config.providers.${NAME}.class`]: providerClass,
    [`config.providers.${NAME}.param.region`]: region,
  };
}

/** The value of an option whose secret a worker looks up when a task starts. */
export function secretPlaceholder(secret: string, key: string): string {
  return `\${${NAME}:${secret}:${key}}`;
}

/** Kafka's parser of placeholders ends the name at the first colon, so that an ARN is cut in two (KIP-297). */
export function secretIdProblem(property: string, id: string): MskConnectProblem | undefined {
  if (!/[:}]/.test(id)) return undefined;
  return {
    property,
    message: `a worker cannot look the secret up by its ARN, got "${id}"; a name without colons is allowed.`,
    hint: 'Give the name of the secret.',
  };
}
