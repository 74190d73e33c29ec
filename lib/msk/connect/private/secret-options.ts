import { secretPlaceholder } from '../../../core/msk-connect';
import type { IamStatement } from '../../private/iam-statements';
import type { MskConnectorSecret } from '../msk-connector-secret';

type Secrets = Readonly<Record<string, MskConnectorSecret>>;

/** What a role needs to look the secrets up. */
export function secretStatements(secrets: Secrets): IamStatement[] {
  const used = [...new Map(Object.values(secrets).map(({ secret }) => [secret.secretArn, secret])).values()];
  if (used.length === 0) return [];
  const keys = used.flatMap(({ encryptionKey }) => (encryptionKey === undefined ? [] : [encryptionKey.keyArn]));
  return [
    {
      actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
      // An ARN by name lacks the six characters that Secrets Manager adds.
      resources: used.map(({ secretArn, secretFullArn }) => secretFullArn ?? `${secretArn}-??????`),
    },
    { actions: ['kms:Decrypt'], resources: [...new Set(keys)] },
  ];
}

/** The options with references in place of values. */
export function placeholders(secrets: Secrets, config: Readonly<Record<string, string>>): Record<string, string> {
  const options = Object.entries(secrets);
  if (options.length === 0) return {};
  return {
    // With a provider the service restarts connectors again and again, unless told that values do not expire: "Tutorial: Externalizing
    // sensitive information using config providers".
    ...(config['config.action.reload'] === undefined ? { 'config.action.reload': 'none' } : {}),
    ...Object.fromEntries(
      options.map(([option, { secret, key }]) => [option, secretPlaceholder(secret.secretName, key)]),
    ),
  };
}
