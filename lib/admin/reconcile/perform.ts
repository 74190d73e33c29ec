import { changePhase, type Change, type Operation } from '../../core/plan';
import { createAcls, deleteAcls, deleteUsers, setQuotas, setUsers } from './apply-access';
import { changeConnectors } from './apply-connectors';
import { alterOptions } from './apply-configs';
import { addPartitions, createTopics, deleteTopics } from './apply-topics';
import { awaitRunningMoves, moveReplicas } from './moves';
import { groupBy } from './operations';
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
 * Phase by phase. A change that fails keeps no other of its phase, or of a later one, from being done; but nothing is taken away once
 * something has failed, since what was to replace it may be missing.
 */
export async function performChanges(
  run: Run,
  changes: readonly Change[],
  passwords: ReadonlyMap<string, string>,
): Promise<void> {
  const phases = [...groupBy(changes, (change) => String(changePhase(change)))].sort(
    ([a], [b]) => Number(a) - Number(b),
  );
  for (const [, ofPhase] of phases) {
    const [deletions, rest] = [ofPhase.filter(isDeletion), ofPhase.filter((change) => !isDeletion(change))];
    await performPhase(run, rest, passwords);
    if (run.failed)
      run.settle(deletions, { outcome: 'skipped', why: 'something before it failed, and nothing is taken away then' });
    else await performPhase(run, deletions, passwords);
  }
  if (run.stopped === undefined && !changes.some(({ operation }) => operation.kind === 'move-replicas'))
    await awaitRunningMoves(run);
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
