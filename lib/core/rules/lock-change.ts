import type { Path } from '../issue';
import type { Report } from './rule';

const ACKNOWLEDGE = 'If it is meant, acknowledge it with code, path, from, to and reason, deploy, and run kdk lock';

export interface LockedChange {
  readonly path: Path;
  /** What is wrong. */
  readonly what: string;
  /** As the lock has it. */
  readonly from: string | number;
  readonly to: string | number;
  /** How else to get what was wanted, as sentences. */
  readonly wayOut?: string | undefined;
}

/** Says that something is not as the lock has it. */
export function change(report: Report, { path, what, from, to, wayOut }: LockedChange): void {
  report({
    path,
    message: `${what}, got ${to} where the lock says ${from}; it stays as it is.`,
    hint: `${from === 'none' ? 'Leave it out' : `Write ${from}`} again. ${wayOut === undefined ? '' : `${wayOut} `}${ACKNOWLEDGE}.`,
    from: String(from),
    to: String(to),
  });
}
