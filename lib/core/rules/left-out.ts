import type { Path } from '../issue';
import type { Report } from './rule';

/** Reports what an environment says and the resources of Strimzi cannot. */
export function leftOut(report: Report, path: Path, why: string, value: unknown, hint: string): void {
  report({
    path,
    message: `not in the resources of Strimzi: ${why}, got ${String(value)}; what has a field there is allowed.`,
    hint,
  });
}
