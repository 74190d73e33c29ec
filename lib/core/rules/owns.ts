import type { Path } from '../issue';
import type { EnvironmentModel } from '../model';
import { covers } from './patterns';
import type { Report, Rule } from './rule';

/** Operations of ACLs that change something. */
const CHANGING = ['all', 'write', 'create', 'delete', 'alter', 'alter-configs'];

/** Files that say what of a cluster belongs to them. */
export const OWNS_RULES: readonly Rule[] = [
  {
    code: 'OWNS-TOPICS',
    level: 'error',
    what: 'A file that says which topics belong to it declares no other.',
    why: 'Several files share a cluster because each stays inside its own scope; a topic outside of it may be that of another.',
    source: 'docs/decisions/0050-files-that-share-a-cluster.md',
    check(model, report) {
      inScope('topics', model, report);
    },
  },
  {
    code: 'OWNS-PRINCIPALS',
    level: 'error',
    what: 'A file that says which principals belong to it declares no other.',
    why: 'Rights of a principal that two files declare would come and go with whichever was applied last.',
    source: 'docs/decisions/0050-files-that-share-a-cluster.md',
    check(model, report) {
      inScope('principals', model, report);
    },
  },
  {
    code: 'OWNS-RIGHTS',
    level: 'warning',
    what: 'In a file that adds to the cluster of another, principals write only to topics of that file, and have no rights on the cluster.',
    why: 'Who may write to a topic is for its owner to say; a right on the cluster reaches into what belongs to everybody.',
    source: 'docs/decisions/0050-files-that-share-a-cluster.md',
    check(model, report) {
      if (model.owner === model.name) return;
      const own = model.owns.topics ?? model.topics.map(({ name }) => name);
      for (const { pattern, path } of written(model)) {
        if (own.some((scope) => within(pattern, scope))) continue;
        report({
          path,
          message: `the topics do not belong to this file, got a right to change ${pattern}; ${own.length === 0 ? 'it owns none' : `${own.slice(0, 8).join(', ')} belong to it`}.`,
          hint: `Give the right in the file that owns them.`,
        });
      }
      for (const { name, acls } of model.principals) {
        for (const [index, { cluster, permission }] of acls.entries()) {
          if (!cluster || permission === 'deny') continue;
          report({
            path: ['principals', name, 'acls', index, 'cluster'],
            message: `the cluster does not belong to this file, got a right on it; topics, groups and transactional ids are its own.`,
            hint: `Give the right in the file of the cluster.`,
          });
        }
      }
    },
  },
];

function inScope(section: 'topics' | 'principals', { spec, owns }: EnvironmentModel, report: Report): void {
  const scope = owns[section];
  if (scope === undefined) return;
  for (const name of Object.keys(spec[section] ?? {})) {
    if (scope.some((pattern) => covers(pattern, name))) continue;
    report({
      path: [section, name],
      message: `${section === 'topics' ? 'the topic' : 'the principal'} is outside of what belongs to this file, got ${name}; owns.${section} has ${scope.length === 0 ? 'nothing' : scope.slice(0, 8).join(', ')}.`,
      hint: `Rename it, or add it to owns.${section}.`,
    });
  }
}

function* written(model: EnvironmentModel): Iterable<{ pattern: string; path: Path }> {
  for (const { name, produce, acls } of model.principals) {
    for (const [index, pattern] of (produce?.topics ?? []).entries()) {
      yield { pattern, path: ['principals', name, 'produce', 'topics', index] };
    }
    for (const [at, { topics, operations, permission }] of acls.entries()) {
      if (permission === 'deny' || !operations.some((operation) => CHANGING.includes(operation))) continue;
      for (const [index, pattern] of topics.entries()) {
        yield { pattern, path: ['principals', name, 'acls', at, 'topics', index] };
      }
    }
  }
}

/** Whether everything that `pattern` covers is covered by `scope`. */
function within(pattern: string, scope: string): boolean {
  return pattern.endsWith('*') ? scope.endsWith('*') && covers(scope, pattern.slice(0, -1)) : covers(scope, pattern);
}
