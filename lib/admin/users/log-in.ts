import { createHash } from 'node:crypto';
import { Failure } from '../../core/issue';
import type { Connect, ScramMechanism, TlsOptions } from '../port';

/** True: the password is right; false: it is not; undefined: nobody could be asked. */
export type TryLogIn = (user: string, password: string) => Promise<boolean | undefined>;

export interface LogInOptions {
  readonly connect: Connect;
  /** Of a listener with SCRAM. */
  readonly bootstrapServers: readonly string[];
  readonly mechanism: ScramMechanism;
  readonly tls?: TlsOptions;
  /** How long one log-in may take. @default 10000 */
  readonly timeoutMs?: number;
  /** Log-ins at a time. @default 8 */
  readonly concurrency?: number;
}

/** Tries real log-ins. One that succeeded is not tried again; one that failed is, since brokers hear of a new password in their own time. */
export function logInTrier({ concurrency = 8, ...options }: LogInOptions): TryLogIn {
  const succeeded = new Set<string>();
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (user, password) => {
    const key = createHash('sha256')
      .update(JSON.stringify([user, password]))
      .digest('base64');
    if (succeeded.has(key)) return true;
    if (running >= concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      const outcome = await logIn(options, user, password);
      if (outcome === true) succeeded.add(key);
      return outcome;
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}

async function logIn(
  { connect, bootstrapServers, mechanism, tls, timeoutMs = 10_000 }: LogInOptions,
  username: string,
  password: string,
): Promise<boolean | undefined> {
  try {
    const client = await connect({
      bootstrapServers,
      sasl: { mechanism, username, password },
      ...(tls === undefined ? {} : { tls }),
      timeoutMs,
    });
    await client.close();
    return true;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.code === 'KAFKA-AUTHENTICATION' ? false : undefined;
  }
}
