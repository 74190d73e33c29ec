import { didYouMean, oneOf } from './hint';
import { covers } from './patterns';
import type { Rule } from './rule';

/** What is promised about consumer groups. */
export const MONITORING_RULES: readonly Rule[] = [
  {
    code: 'MONITORING-LAG',
    level: 'error',
    what: 'A promise about a consumer group says how far it may fall behind, in time, in records, or both.',
    why: 'With neither there is nothing to watch.',
    source: 'the environment schema',
    check(model, report) {
      for (const [group, promise] of Object.entries(model.spec.monitoring?.lag ?? {})) {
        if (promise.maxTimeLag !== undefined || promise.maxOffsetLag !== undefined) continue;
        report({
          path: ['monitoring', 'lag', group],
          message: 'the promise says nothing, got neither maxTimeLag nor maxOffsetLag; at least one is needed.',
          hint: 'Add maxTimeLag: 5m, for example.',
        });
      }
    },
  },
  {
    code: 'MONITORING-LAG-GROUP',
    level: 'warning',
    what: 'A promise is about a group that a principal may join.',
    why: 'An alarm on a group that never exists is silent for ever, most often because the group was mistyped.',
    source: 'the environment schema',
    check(model, report) {
      const groups = model.principals.flatMap(({ consume }) => consume?.groups ?? []);
      if (groups.length === 0) return;
      for (const group of Object.keys(model.spec.monitoring?.lag ?? {})) {
        if (groups.some((pattern) => covers(pattern, group))) continue;
        report({
          path: ['monitoring', 'lag', group],
          message: `no principal may join this group, got ${group}; ${oneOf(groups)}.`,
          hint: didYouMean(group, groups, 'Give a principal the right, or remove the promise.'),
        });
      }
    },
  },
];
