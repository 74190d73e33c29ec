import type { Issue } from '../../issue';
import type { Change } from '../change';
import { finding, listSome } from '../diff/differences';

/** Takes out the changes that would change no value, and tells of them in one finding. */
export function reportUnpinned(changes: readonly Change[]): { readonly changes: Change[]; readonly findings: Issue[] } {
  const left = changes.filter((change) => !changesNoValue(change));
  const told = changes.filter(changesNoValue);
  if (told.length === 0) return { changes: left, findings: [] };
  const names = told.flatMap(({ operation }) =>
    operation.kind === 'set-topic-option' ? [`${operation.option} of ${operation.topic}`] : [],
  );
  return {
    changes: left,
    findings: [
      finding(
        'TOPIC-OPTION-UNPINNED',
        'reconcile.unpinned',
        `values of topics hold because of the default of the brokers, got ${listSome(names)}; they are left so.`,
        'Say reconcile.unpinned: pin, and they are set on the topics, so that they stay when the default changes.',
      ),
    ],
  };
}

function changesNoValue({ code, from, to }: Change): boolean {
  return code === 'TOPIC-OPTION-PIN' || (code === 'TOPIC-OPTION-UNDECLARED' && from === to);
}
