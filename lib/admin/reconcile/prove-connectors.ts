import type { ConnectWorkersPort } from '../port';
import { inParallel } from '../parallel';
import type { ChangeOf } from './operations';

/** Connect checks a configuration with the code of the plugin, up to a log-in at the database. */
export async function proveConnectors(
  connect: ConnectWorkersPort,
  changes: readonly ChangeOf<'put-connector'>[],
  verdicts: Map<string, string | undefined>,
): Promise<void> {
  await inParallel(changes, async ({ id, operation: { connector, config } }) => {
    const problems = await connect.validate({ name: connector, config });
    const errors = problems.filter(({ level }) => level === 'error');
    const told = errors.map(({ option, message }) => `${option}: ${message}`).join(' ');
    verdicts.set(id, errors.length === 0 ? undefined : told);
  });
}
