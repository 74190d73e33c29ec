import type { Issue } from '../../core/issue';
import type { EnvironmentModel } from '../../core/model';
import { isChangeCode } from '../../core/plan/change-codes';
import { findings, RULES } from '../../core/rules';

export interface OpenFinding {
  readonly code: string;
  readonly level: Issue['level'];
  readonly path: string;
  readonly message: string;
  readonly hint: string;
  /** `environments/prod.yaml:12` */
  readonly at?: string;
}

export interface AcknowledgedFinding {
  readonly code: string;
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  /**
   * `in effect`: it silences something that is still so. `for a plan`: it is about the running cluster, and a plan says whether it is still
   * needed. `unused`: there is nothing that it would be about.
   */
  readonly state: 'in effect' | 'for a plan' | 'unused';
  /** What is silenced. */
  readonly message?: string;
}

export interface FindingsSection {
  readonly open: readonly OpenFinding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
}

/** What the rules say of an environment, and what somebody took a decision about. */
export function findingsSection(model: EnvironmentModel, issues: readonly Issue[]): FindingsSection {
  return {
    open: issues.map(({ code, level, path, message, hint, at }) => ({
      ...{ code, level, path, message, hint },
      ...(at === undefined ? {} : { at: `${at.file}:${at.line}` }),
    })),
    acknowledged: acknowledgedFindings(model),
  };
}

function acknowledgedFindings(model: EnvironmentModel): AcknowledgedFinding[] {
  const entries = model.spec.acknowledge ?? [];
  if (entries.length === 0) return [];
  const all = findings(model, RULES);
  return entries.map(({ code, path, reason, ...change }) => {
    const [from, to] = [String(change.from), String(change.to)];
    const found = all.find(
      (issue) => issue.code === code && issue.path === path && issue.from === from && issue.to === to,
    );
    return {
      ...{ code, path, from, to, reason },
      state: found !== undefined ? 'in effect' : isChangeCode(code) ? 'for a plan' : 'unused',
      ...(found === undefined ? {} : { message: found.message }),
    };
  });
}
