import { Failure } from '../../core/issue';
import type { DesiredUsers } from '../../core/plan';
import type { ScramCredential } from '../port';
import { readSecrets, secretName } from '../secrets';
import type { ReconcilePorts } from './ports';

/**
 * Tries the password of each declared user that is there, since Kafka tells nothing of passwords. Absent where it cannot be tried from
 * here; users whose secret is out of reach are left out.
 */
export async function observeLogins(
  { tryLogIn, secrets }: ReconcilePorts,
  wanted: DesiredUsers | undefined,
  present: readonly ScramCredential[] | undefined,
): Promise<ReadonlyMap<string, boolean> | undefined> {
  if (tryLogIn === undefined || secrets === undefined || wanted === undefined || present === undefined)
    return undefined;
  const there = new Set(present.filter(({ mechanism }) => mechanism === wanted.mechanism).map(({ user }) => user));
  const outcomes = await Promise.all(
    wanted.users
      .filter(({ name }) => there.has(name))
      .map(async ({ name, secret }) => {
        const password = await readSecrets(secrets, [secret]).catch(outOfReach);
        const value = password?.get(secretName(secret));
        return [name, value === undefined ? undefined : await tryLogIn(name, value)] as const;
      }),
  );
  return new Map(outcomes.flatMap(([name, outcome]) => (outcome === undefined ? [] : [[name, outcome] as const])));
}

/** A plan can be made where secrets may not be read; applying needs them. */
function outOfReach(error: unknown): undefined {
  if (!(error instanceof Failure)) throw error;
  return undefined;
}
