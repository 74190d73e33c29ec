import { formatPath, type Issue, type Path } from '../issue';
import type { EnvironmentModel } from '../model';
import { isChangeCode } from '../plan/change-codes';
import { RULES } from './catalogue';
import type { Rule } from './rule';

/** An issue that still knows its path as segments, so that a position can be found. */
export interface CheckedIssue extends Issue {
  readonly segments: Path;
}

/**
 * All that is wrong with a model. Where many topics inherit one bad default, it is reported once, at the default: the first finding of
 * each code and path counts.
 */
export function check(model: EnvironmentModel, rules: readonly Rule[] = RULES): CheckedIssue[] {
  return applyAcknowledgements(model, findings(model, rules));
}

/** The findings of some rules, without a look at acknowledgements. */
export function findings(model: EnvironmentModel, rules: readonly Rule[]): CheckedIssue[] {
  const issues = new Map<string, CheckedIssue>();
  for (const rule of rules) {
    rule.check(model, ({ path, message, hint, from, to, level }) => {
      const text = formatPath(path);
      const key = `${rule.code} ${text}`;
      if (issues.has(key)) return;
      issues.set(key, {
        code: rule.code,
        level: level ?? rule.level,
        path: text,
        segments: path,
        message,
        hint,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      });
    });
  }
  return [...issues.values()];
}

/** Takes away what is acknowledged, and says which acknowledgements match nothing any more. */
function applyAcknowledgements(model: EnvironmentModel, issues: CheckedIssue[]): CheckedIssue[] {
  const entries = model.spec.acknowledge ?? [];
  if (entries.length === 0) return issues;
  const rest = [...issues];
  for (const [index, entry] of entries.entries()) {
    const match = rest.findIndex(
      (issue) =>
        issue.code === entry.code &&
        issue.path === entry.path &&
        issue.from === String(entry.from) &&
        issue.to === String(entry.to),
    );
    if (match !== -1) {
      rest.splice(match, 1);
      continue;
    }
    // A change of the running cluster: whether it is still there, a plan says.
    if (isChangeCode(entry.code)) continue;
    rest.push({
      code: 'ACKNOWLEDGEMENT-UNUSED',
      level: 'warning',
      path: formatPath(['acknowledge', index]),
      segments: ['acknowledge', index],
      message: `the acknowledgement matches no change, got ${entry.code} at ${entry.path} from ${String(entry.from)} to ${String(entry.to)}; each allows one change and then has done its work.`,
      hint: 'Remove it.',
    });
  }
  return rest;
}
