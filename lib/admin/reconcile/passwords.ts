import { Failure } from '../../core/issue';
import type { Change } from '../../core/plan';
import { readSecrets, type SecretStore } from '../secrets';
import { ofKind } from './operations';

/** Passwords that changes need, by `secretName`: read before anything is changed, so that a missing one leaves nothing half done. */
export async function readPasswords(
  secrets: SecretStore | undefined,
  changes: readonly Change[],
): Promise<ReadonlyMap<string, string>> {
  const users = ofKind(changes, 'set-user');
  if (users.length === 0) return new Map();
  if (secrets === undefined)
    throw new Failure(
      'SECRETS-UNKNOWN',
      `passwords of users are needed, got no place to read them from for ${users[0]!.operation.user}${users.length > 1 ? ` and ${users.length - 1} more` : ''}; their secrets must be readable from here.`,
      'Say where secrets are kept. Nothing was done.',
    );
  return readSecrets(
    secrets,
    users.map(({ operation }) => operation.secret),
  );
}
