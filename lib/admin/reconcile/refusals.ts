import { Failure } from '../../core/issue';
import type { Change, Plan } from '../../core/plan';

const SHOWN = 5;

export function planHeld(changes: readonly Change[]): Failure {
  const shown = changes.slice(0, SHOWN).map(({ path, summary, grade }) => `${path}: ${summary} (${grade})`);
  const { code, path, from, to } = changes[0]!;
  return new Failure(
    'PLAN-HELD',
    `${changes.length === 1 ? 'a change needs' : `${changes.length} changes need`} an acknowledgement, got none for ${some(shown, changes.length)}; nothing was done.`,
    `Where it is wanted, add to acknowledge in the environment: { code: ${code}, path: ${path}, from: ${quoted(from)}, to: ${quoted(to)}, reason: … }.`,
  );
}

export function planStale(plan: Plan, sections: readonly string[]): Failure {
  return new Failure(
    'PLAN-STALE',
    `the plan of ${plan.readAt} is not true any more, got changes since then in ${some(sections.slice(0, SHOWN), sections.length)}; a plan is carried out as it was read, or not at all.`,
    'Plan again, and apply the new plan. Nothing was done.',
  );
}

function some(shown: readonly string[], total: number): string {
  return `${shown.join('; ')}${total > shown.length ? ` and ${total - shown.length} more` : ''}`;
}

/** As in YAML, where a value might be read as another kind. */
const quoted = (value: string): string => JSON.stringify(value);
