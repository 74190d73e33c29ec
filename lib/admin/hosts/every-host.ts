import { Failure, type Progress } from '../../core/issue';
import { inParallel } from '../parallel';

/** Hosts that are worked on at once: sixty are a minute, and a network or an authentication service is not flooded. */
const AT_A_TIME = 8;

/** Does something on every host, whatever happens on one, and fails with all that is wrong at once. */
export async function onEveryHost<Host extends { readonly name: string }, T>(
  hosts: readonly Host[],
  { step, progress }: { readonly step: string; readonly progress: Progress },
  work: (host: Host) => Promise<T>,
): Promise<readonly T[]> {
  const answers = new Map<Host, T>();
  const failed = new Map<Host, Failure>();
  const total = hosts.length;
  progress({ step, done: 0, total });
  await inParallel(
    hosts,
    async (host) => {
      try {
        answers.set(host, await work(host));
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        failed.set(host, error);
      }
      progress({ step, done: answers.size + failed.size, total, detail: host.name });
    },
    AT_A_TIME,
  );
  const failures = hosts.flatMap((host) => failed.get(host) ?? []);
  if (failures.length > 0) throw allFailures(failures);
  return hosts.map((host) => answers.get(host)!);
}

/** One failure that says all; the code and the status are those of the first. */
export function allFailures(failures: readonly Failure[]): Failure {
  const [first] = failures;
  if (failures.length === 1) return first!;
  const hints = [...new Set(failures.map(({ hint }) => hint))];
  return new Failure(
    first!.code,
    `${failures.length} things are wrong on hosts, and nothing was restarted: ${failures.map(({ message }) => message).join(' ')}`,
    hints.join(' '),
    first!.status,
  );
}
