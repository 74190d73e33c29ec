import type { GetSecretValueCommandOutput, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Failure } from '../../../core/issue';
import type { SecretReference } from '../../../core/model';
import { secretMissing, type SecretStore } from '../../secrets';
import { loadSdk } from './sdk';

export interface AwsSecretsOptions {
  readonly region: string;
  /** Name or ARN at the service, by the name of the secret in the environment. @default the name itself */
  readonly ids?: Readonly<Record<string, string>>;
}

const CONNECT_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 15_000;

/** Secrets in AWS Secrets Manager, each a JSON object of keys and values. Call `close` at the end. */
export function awsSecrets({ region, ids = {} }: AwsSecretsOptions): SecretStore & { close(): void } {
  let client: SecretsManagerClient | undefined;
  /** Requests that are under way, by id: several keys of one secret are one request. */
  const asked = new Map<string, Promise<Readonly<Record<string, unknown>> | undefined>>();

  const values = (id: string): Promise<Readonly<Record<string, unknown>> | undefined> => {
    const sdk = loadSdk('@aws-sdk/client-secrets-manager', '');
    client ??= new sdk.SecretsManagerClient({
      region,
      maxAttempts: 5,
      requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    });
    const answer =
      asked.get(id) ??
      client
        .send(new sdk.GetSecretValueCommand({ SecretId: id }))
        .then(
          (output) => valuesOf(id, output),
          (error: Error) => {
            if (error.name === 'ResourceNotFoundException') return undefined;
            throw awsFailure(id, error, region);
          },
        )
        .finally(() => asked.delete(id));
    asked.set(id, answer);
    return answer;
  };

  return {
    read: async (reference: SecretReference) => {
      const id = ids[reference.secret] ?? reference.secret;
      const value = (await values(id))?.[reference.key];
      if (typeof value !== 'string' || value === '')
        throw secretMissing(reference, `key ${reference.key} of ${id} in AWS Secrets Manager, ${region}`);
      return value;
    },
    close: () => client?.destroy(),
  };
}

/** Neither the text nor what the parser says of it is told: it is the secret. */
function valuesOf(id: string, { SecretString }: GetSecretValueCommandOutput): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(SecretString ?? '');
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Not JSON.
  }
  throw new Failure(
    'SECRET-UNREADABLE',
    `a secret in AWS Secrets Manager has no keys, got other text than a JSON object in ${id}; { "key": "value" } is needed.`,
    'Write it as key/value pairs.',
  );
}

const DENIED = new Set(['AccessDeniedException', 'AccessDenied', 'DecryptionFailure']);

function awsFailure(id: string, error: Error, region: string): Failure {
  if (DENIED.has(error.name))
    return new Failure(
      'SECRET-UNREADABLE',
      `the secret ${id} may not be read, got ${error.name} in ${region}; secretsmanager:GetSecretValue, and kms:Decrypt on its key, are needed.`,
      'Give this role both rights on it.',
      3,
    );
  return new Failure(
    'AWS-UNREACHABLE',
    `AWS Secrets Manager in ${region} did not answer, got ${error.name} for ${id}; credentials and a way to the service are needed.`,
    'Check the credentials (aws sts get-caller-identity) and the network.',
    3,
  );
}
