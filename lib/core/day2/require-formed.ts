import { Failure } from '../issue';
import type { TargetLock } from '../lock';
import type { EnvironmentModel } from '../model';

/** Controllers are added to a quorum that is there. */
export function requireFormed({ name }: EnvironmentModel, before: TargetLock): void {
  if (before.formed) return;
  throw new Failure(
    'DAY2-NOT-FORMED',
    'the lock does not say that the cluster was formed, got formed: false; a controller that is added would form another one.',
    `Run kdk lock ${name} --formed once the cluster runs, and render again.`,
  );
}
