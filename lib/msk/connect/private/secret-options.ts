import { secretPlaceholder } from '../../../core/msk-connect';
import type { IamStatement } from '../../private/iam-statements';
import type { MskConnectorSecret } from '../msk-connector-secret';

type Secrets = Readonly<Record<string, MskConnectorSecret>>;

/** What a role needs to look the secrets up. */
export function secretStatements(secrets: Secrets): IamStatement[] {
  const values = Object.values(secrets);
  if (values.length === 0) return [];
  // An ARN by name lacks the six characters that Secrets Manager adds.
  const arns = values.map(({ secret: { secretArn, secretFullArn } }) => secretFullArn ?? `${secretArn}-??????`);
  const keys = values.flatMap(({ secret, encryptionKey = secret.encryptionKey }) =>
    encryptionKey === undefined ? [] : [encryptionKey.keyArn],
  );
  return [
    { actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], resources: [...new Set(arns)] },
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
