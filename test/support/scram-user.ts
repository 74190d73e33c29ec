import { pbkdf2Sync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAdmin, type ConnectOptions, type KafkaClient, type UserChange } from '../../lib/admin';
import type { ScramMechanism } from '../../lib/core/cluster';

/** The change that makes a user who logs in with this password. */
export function scramUser(user: string, password: string, mechanism: ScramMechanism = 'SCRAM-SHA-512'): UserChange {
  const salt = Buffer.from('a salt for tests');
  const [length, hash] = mechanism === 'SCRAM-SHA-256' ? ([32, 'sha256'] as const) : ([64, 'sha512'] as const);
  return { user, mechanism, iterations: 4096, salt, saltedPassword: pbkdf2Sync(password, salt, 4096, length, hash) };
}

/** A client of a user that was just made: a broker need not know at once whom the controller has made. */
export async function logInWhenKnown(options: ConnectOptions, deadlineMs = 20_000): Promise<KafkaClient> {
  for (const end = Date.now() + deadlineMs; ; await sleep(200)) {
    try {
      return await connectAdmin(options);
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
