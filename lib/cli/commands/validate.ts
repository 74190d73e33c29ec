import { Failure, sortIssues, type Issue } from '../../core/issue';
import { child, type Located } from '../../core/spec';
import { openEnvironment } from '../../environment/open';
import { overlapsWith } from '../../environment/overlaps';
import { findEnvironment, listEnvironments } from '../environment-argument';
import { targetOption } from '../open-valid';
import type { CommonOptions, Outcome } from '../outcome';
import { readText } from '../read-text';

interface Validated {
  readonly environment: string;
  readonly path: string;
  readonly target: string | null;
  readonly errors: number;
  readonly warnings: number;
}

/** `kdk validate [ENV...]`: every issue of each environment. */
export function validate(names: readonly string[], options: CommonOptions): Outcome {
  const target = targetOption(options.target);
  const wanted = names.length > 0 ? names.map(findEnvironment) : listEnvironments();
  if (wanted.length === 0) {
    throw new Failure(
      'ENVIRONMENT-UNKNOWN',
      'there is nothing to validate; the folder environments/ here holds no environment.',
      'Change to the folder of the project, or give a path.',
      2,
    );
  }
  const opened = wanted.map(({ argument, path }) => ({
    argument,
    environment: openEnvironment({ path, read: readText, ...target }),
  }));
  const all = opened.map(({ environment }) => environment);
  const found = opened.map(({ argument, environment }) => {
    const { path, located, spec } = environment;
    const issues = sortIssues([...environment.issues, ...overlapsWith(environment, all)]);
    const errors = issues.filter((issue) => issue.level === 'error').length;
    const validated: Validated = {
      environment: textIn(located, 'owner') ?? textIn(located, 'name') ?? argument,
      path,
      target: spec?.target ?? null,
      errors,
      warnings: issues.length - errors,
    };
    return { validated, issues };
  });
  const environments = found.map(({ validated }) => validated);
  return {
    ...(environments.length === 1 ? { environment: environments[0]!.environment } : {}),
    issues: unique(found.flatMap(({ issues }) => issues)),
    result: { environments },
    lines: environments.map(summary),
  };
}

function textIn(located: Located | undefined, key: string): string | undefined {
  const value = child(located, key);
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

function summary({ environment, path, target, errors, warnings }: Validated): string {
  const where = target === null ? path : `${path}, ${target}`;
  const counts = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ];
  return `${environment} (${where}): ${counts.length === 0 ? 'valid' : counts.join(', ')}`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** Environments that share a file share its issues; each is told once. */
function unique(issues: readonly Issue[]): Issue[] {
  const key = (issue: Issue): string => JSON.stringify([issue.code, issue.path, issue.message, issue.at]);
  return [...new Map(issues.map((issue) => [key(issue), issue])).values()];
}
