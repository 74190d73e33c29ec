export type CheckStatus = 'ok' | 'warning' | 'error';

/** One thing that was looked at on a live cluster. */
export interface VerifyCheck {
  /** Never changes once released, for example `QUORUM-LEADER`. */
  readonly id: string;
  /** What was looked at, where there are several: a server, a broker, a topic. */
  readonly subject?: string;
  readonly status: CheckStatus;
  /** What was seen. */
  readonly evidence: string;
  /** What to do; empty where nothing is wrong. */
  readonly hint: string;
}

export interface VerifyReport {
  /** The worst of the checks. */
  readonly status: CheckStatus;
  readonly checks: readonly VerifyCheck[];
}

export interface Finding {
  readonly id: string;
  readonly subject?: string;
  readonly evidence: string;
}

export function ok(finding: Finding): VerifyCheck {
  return { ...finding, status: 'ok', hint: '' };
}

export function warning(finding: Finding, hint: string): VerifyCheck {
  return { ...finding, status: 'warning', hint };
}

export function wrong(finding: Finding, hint: string): VerifyCheck {
  return { ...finding, status: 'error', hint };
}

export function verifyReport(checks: readonly VerifyCheck[]): VerifyReport {
  const has = (status: CheckStatus): boolean => checks.some((check) => check.status === status);
  return { status: has('error') ? 'error' : has('warning') ? 'warning' : 'ok', checks };
}

const SHOWN = 5;

/** `a, b, c and 12 more` */
export function listSome(items: readonly string[]): string {
  const shown = items.slice(0, SHOWN).join(', ');
  return items.length > SHOWN ? `${shown} and ${items.length - SHOWN} more` : shown;
}

/** `1 topic`, `12 topics` */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
