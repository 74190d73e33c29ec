import { changePhase, prerequisites, type Change, type Operation } from '../../core/plan';
import { groupBy } from '../../core/group-by';
import { createAcls, deleteAcls, deleteUsers, setQuotas, setUsers } from './apply-access';
import { changeConnectors } from './apply-connectors';
import { alterOptions } from './apply-configs';
import { addPartitions, createTopics, deleteTopics } from './apply-topics';
import { awaitRunningMoves, moveReplicas } from './moves';
import type { Run } from './run';

type Perform = (run: Run, changes: readonly Change[], passwords: ReadonlyMap<string, string>) => Promise<void>;
type Kind = Operation['kind'];

/** Each looks for its own kinds among the changes of a phase. */
const PERFORMERS: readonly Perform[] = [
  createTopics,
  addPartitions,
  alterOptions,
  createAcls,
  setUsers,
  setQuotas,
  moveReplicas,
  changeConnectors,
  deleteAcls,
  deleteUsers,
  deleteTopics,
];

const DELETIONS: ReadonlySet<Kind> = new Set<Kind>(['delete-acl', 'delete-user', 'delete-topic', 'delete-connector']);

/**
 * Phase by phase. A change that fails keeps others from being done only where they build on it; but nothing is taken away once something
 * has failed, since what was to replace it may be missing. `planned` is all that was planned, what is not to be done among it.
 */
export async function performChanges(
  run: Run,
  changes: readonly Change[],
  { planned, passwords }: { readonly planned: readonly Change[]; readonly passwords: ReadonlyMap<string, string> },
): Promise<void> {
  const needed = prerequisites(planned);
  const byId = new Map(planned.map((change) => [change.id, change]));
  const phases = [...groupBy(changes, (change) => String(changePhase(change)))].sort(
    ([a], [b]) => Number(a) - Number(b),
  );
  for (const [, ofPhase] of phases) {
    const possible = ofPhase.filter((change) => {
      const missing = (needed.get(change.id) ?? []).map((id) => byId.get(id)!).find((other) => !isDone(run, other));
      if (missing === undefined || run.stopped !== undefined) return true;
      run.settle([change], { outcome: 'skipped', why: `it builds on a change that was not made: ${missing.id}` });
      return false;
    });
    const deletions = possible.filter(isDeletion);
    await performPhase(
      run,
      possible.filter((change) => !isDeletion(change)),
      passwords,
    );
    if (run.failed && run.stopped === undefined)
      run.settle(deletions, { outcome: 'skipped', why: 'something before it failed, and nothing is taken away then' });
    else await performPhase(run, deletions, passwords);
  }
  if (run.stopped === undefined && !changes.some(({ operation }) => operation.kind === 'move-replicas'))
    await awaitRunningMoves(run);
}

function isDone(run: Run, change: Change): boolean {
  const { outcome } = run.outcomeOf(change);
  return outcome === 'done' || outcome === 'unchanged';
}

const isDeletion = ({ operation }: Change): boolean => DELETIONS.has(operation.kind);

async function performPhase(
  run: Run,
  changes: readonly Change[],
  passwords: ReadonlyMap<string, string>,
): Promise<void> {
  if (changes.length === 0) return;
  for (const perform of PERFORMERS) {
    if (run.stopped !== undefined) return;
    await perform(run, changes, passwords);
  }
}
