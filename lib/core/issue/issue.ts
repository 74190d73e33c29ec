/** Where a value stands in a file; lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type IssueLevel = 'error' | 'warning';

/**
 * One thing that is wrong with an environment, as data. Printing, throwing and annotating are callers of it.
 * `message` reads `<what is wrong>, got <value>; <what is allowed>.` and `hint` says what to do.
 */
export interface Issue {
  /** Never changes once released, for example `TOPIC-REPLICATION-FACTOR`. */
  readonly code: string;
  readonly level: IssueLevel;
  /** As written by `formatPath`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  readonly hint: string;
  readonly at?: Position;
  /** For changes against the lock: what stands there and what is wanted, so that an acknowledgement can match. */
  readonly from?: string;
  readonly to?: string;
}

export function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.level === 'error');
}

/** `environments/prod.yaml:12:5 error CODE topics.orders: message hint` on one line. */
export function formatIssue(issue: Issue): string {
  const where = issue.at === undefined ? '' : `${issue.at.file}:${issue.at.line}:${issue.at.column} `;
  const path = issue.path === '' ? '' : ` ${issue.path}:`;
  const hint = issue.hint === '' ? '' : ` ${issue.hint}`;
  return `${where}${issue.level} ${issue.code}${path} ${issue.message}${hint}`;
}

/** In the order of a reader: by file, line and column, then by code; issues without a position come last. */
export function sortIssues(issues: readonly Issue[]): Issue[] {
  const key = (issue: Issue): [string, number, number, string, string] => [
    issue.at?.file ?? '\uffff',
    issue.at?.line ?? 0,
    issue.at?.column ?? 0,
    issue.code,
    issue.path,
  ];
  return [...issues].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    for (let i = 0; i < left.length; i++) {
      if (left[i]! < right[i]!) return -1;
      if (left[i]! > right[i]!) return 1;
    }
    return 0;
  });
}
