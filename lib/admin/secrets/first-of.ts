import { Failure } from '../../core/issue';
import { secretName, type SecretStore } from './store';

/** Asks one store after the other until one has the secret. */
export function firstOf(...stores: readonly SecretStore[]): SecretStore {
  return {
    read: async (reference) => {
      const missing: Failure[] = [];
      for (const store of stores) {
        try {
          return await store.read(reference);
        } catch (error) {
          if (!(error instanceof Failure) || error.code !== 'SECRET-MISSING') throw error;
          missing.push(error);
        }
      }
      if (missing.length === 1) throw missing[0]!;
      throw new Failure(
        'SECRET-MISSING',
        `the secret ${secretName(reference)} is nowhere, got nothing in ${missing.length} places; a value that is not empty is needed. ` +
          missing.map(({ message }) => /got nothing at ([^;]*);/.exec(message)?.[1] ?? message).join(' and '),
        'Put the value in one of them.',
      );
    },
  };
}
