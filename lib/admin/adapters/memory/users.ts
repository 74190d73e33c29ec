import { pbkdf2Sync } from 'node:crypto';
import type { ItemResult, KafkaError, ScramCredential, ScramMechanism, UserChange } from '../../port';
import { kafkaError } from './errors';
import type { MetadataImage, MetadataLog } from './metadata';

const FEWEST_ITERATIONS = 4096;
const MOST_ITERATIONS = 16384;
const HASHES = {
  'SCRAM-SHA-256': { hash: 'sha256', bytes: 32 },
  'SCRAM-SHA-512': { hash: 'sha512', bytes: 64 },
} as const;

/** SCRAM credentials. */
export class MemoryUsers {
  constructor(private readonly log: MetadataLog) {}

  describe(image: MetadataImage): readonly ScramCredential[] {
    return [...image.users.values()].map(({ user, mechanism, iterations }) => ({ user, mechanism, iterations }));
  }

  alter(changes: readonly UserChange[]): ItemResult<string>[] {
    return changes.map((change) => {
      const error = this.#errorOf(change);
      if (error !== undefined) return { item: change.user, error };
      this.#commit(change);
      return { item: change.user };
    });
  }

  canLogIn(image: MetadataImage, { user, mechanism, password }: LogIn): boolean {
    const state = image.users.get(userKey(user, mechanism));
    if (state === undefined) return false;
    const { hash, bytes } = HASHES[mechanism];
    return pbkdf2Sync(password, state.salt, state.iterations, bytes, hash).equals(state.saltedPassword);
  }

  #errorOf(change: UserChange): KafkaError | undefined {
    if (change.user === '') return kafkaError('UNACCEPTABLE_CREDENTIAL', 'Username must not be empty');
    if ('deleted' in change) {
      return this.log.committed.users.has(userKey(change.user, change.mechanism))
        ? undefined
        : kafkaError('RESOURCE_NOT_FOUND', 'Attempt to delete a user credential that does not exist');
    }
    if (change.iterations < FEWEST_ITERATIONS) return kafkaError('UNACCEPTABLE_CREDENTIAL', 'Too few iterations');
    if (change.iterations > MOST_ITERATIONS) return kafkaError('UNACCEPTABLE_CREDENTIAL', 'Too many iterations');
    return undefined;
  }

  #commit(change: UserChange): void {
    const key = userKey(change.user, change.mechanism);
    if ('deleted' in change) return this.log.commit('users', key, undefined);
    const { user, mechanism, iterations, salt, saltedPassword } = change;
    this.log.commit('users', key, { user, mechanism, iterations, salt, saltedPassword });
  }
}

export interface LogIn {
  readonly user: string;
  readonly mechanism: ScramMechanism;
  readonly password: string;
}

const userKey = (user: string, mechanism: ScramMechanism): string => `${mechanism} ${user}`;
