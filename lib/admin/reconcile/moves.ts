import type { PartitionPlacement } from '../../core/cluster';
import { Failure } from '../../core/issue';
import { addedBrokers, type Change } from '../../core/plan';
import { retry } from '../wait';
import { partitionKey } from './evidence-offsets';
import { troubleOf, type ItemAnswer } from './items';
import { awaitMoves } from './move-progress';
import { ofKind, type ChangeOf } from './operations';
import type { Run } from './run';
import { setThrottles, type CopiedPartition } from './throttles';
import { waveObstacles } from './wave-obstacles';
import { movesOfChanges, waves, type Move } from './waves';

/** Why a partition is not where it was to be, by `partitionKey`; those that are missing have moved. */
type Troubles = Map<string, string>;

const STEP = 'moving replicas';

/**
 * Moves replicas wave by wave: the brokers that take part are throttled for the partitions of the wave, the wave is waited for, and its
 * throttles are removed whatever happens. Killed in between, the next apply waits for what is still copied, and does the rest.
 */
export async function moveReplicas(run: Run, changes: readonly Change[]): Promise<void> {
  const ours = ofKind(changes, 'move-replicas');
  const moves = movesOfChanges(ours);
  if (moves.length > 0) await awaitRunningMoves(run);
  const troubles: Troubles = new Map(moves.map((move) => [partitionKey(move), NOT_REACHED]));
  let done = 0;
  const { partitionsPerWave, replicationThrottleBytesPerSecond } = run.options.desired.reconcile;
  const limits = { partitions: partitionsPerWave, bytesPerSecond: replicationThrottleBytesPerSecond };
  for (const wave of waves(moves, limits)) {
    if (run.stopped !== undefined) break;
    const possible = await withoutObstacles(run, wave, troubles);
    const stalled = possible.length > 0 && (await moveWave(run, possible, { troubles, done, total: moves.length }));
    done += wave.length;
    if (stalled) break;
  }
  for (const change of ours) settle(run, change, troubles);
}

const NOT_REACHED = 'not reached';

/** Those that can still be moved. */
async function withoutObstacles(run: Run, wave: readonly Move[], troubles: Troubles): Promise<readonly Move[]> {
  const obstacles = await waveObstacles(run, wave);
  for (const [key, why] of obstacles) troubles.set(key, why);
  return wave.filter((move) => !obstacles.has(partitionKey(move)));
}

/** What a run that was killed, or somebody else, has begun: moves on top of moves would only copy twice. */
export async function awaitRunningMoves(run: Run): Promise<void> {
  const declared = new Set(run.options.desired.topics.map(({ name }) => name));
  const running = run.observed.reassignments.filter(({ topic }) => declared.has(topic));
  if (running.length === 0) return;
  const left = await awaitMoves(run, running, { step: 'waiting for moves that were under way' });
  if (left.length === 0 || run.stopped !== undefined) return;
  run.note({
    code: 'MOVE-STALLED',
    level: 'error',
    path: '',
    message: `moves that were under way before stand still, got ${told(left.map(partitionKey))} not moved for ${seconds(run)} s; they must end before others begin.`,
    hint: 'See kdk status for brokers that do not answer, and run it again.',
  });
}

interface WaveProgress {
  readonly troubles: Troubles;
  readonly done: number;
  readonly total: number;
}

/** Whether copying stands still, so that further waves would only add to it. */
async function moveWave(run: Run, wave: readonly Move[], { troubles, done, total }: WaveProgress): Promise<boolean> {
  const fail = (moves: readonly Move[], why: string): void =>
    moves.forEach((move) => troubles.set(partitionKey(move), why));
  const copied = wave.map(copiedPartition).filter(({ adding }) => adding.length > 0);
  const throttles = await orFailure(() => setThrottles(run, copied));
  if (throttles instanceof Failure) {
    fail(wave, `it may not be copied without a throttle: ${throttles.message}`);
    return false;
  }
  try {
    const begun = await begin(run, wave, troubles);
    const left = await awaitMoves(run, begun, { step: STEP, done, total });
    const unfinished = new Set(left.map(partitionKey));
    for (const move of begun) troubles.delete(partitionKey(move));
    const why = run.stopped ?? `nothing has moved for ${seconds(run)} s`;
    fail(
      wave.filter((move) => unfinished.has(partitionKey(move))),
      `${why}; it is still being copied`,
    );
    await electLeaders(
      run,
      begun.filter((move) => !unfinished.has(partitionKey(move))),
    );
    return left.length > 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    fail(
      wave.filter((move) => troubles.has(partitionKey(move))),
      error.message,
    );
    return true;
  } finally {
    await throttles.release();
  }
}

async function orFailure<T>(work: () => Promise<T>): Promise<T | Failure> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

function copiedPartition(move: Move): CopiedPartition {
  const { topic, partition, from } = move;
  return { topic, partition, from, adding: addedBrokers(move) };
}

/** The moves that Kafka took on. */
async function begin(run: Run, wave: readonly Move[], troubles: Troubles): Promise<readonly Move[]> {
  // Kafka before 4.0 does not hold a move to the number of replicas; nothing here would ask for another, and this makes sure of it.
  const wrong = wave.filter(
    ({ replicationFactor, from, to }) => replicationFactor === 'kept' && from.length !== to.length,
  );
  for (const move of wrong) troubles.set(partitionKey(move), 'it would change the replication factor');
  const begun: Move[] = [];
  for (const replicationFactor of ['kept', 'may-change'] as const) {
    const moves = wave.filter((move) => move.replicationFactor === replicationFactor && !wrong.includes(move));
    const items = moves.map((move) => ({
      key: partitionKey(move),
      value: { topic: move.topic, partition: move.partition, replicas: move.to },
      changes: [],
    }));
    const outcomes = await run.send<PartitionPlacement>({
      step: STEP,
      batches: items.length === 0 ? [] : [items],
      send: async (placements) =>
        (await run.admin.alterReassignments(placements, { replicationFactor })).map(
          ({ item, ...rest }): ItemAnswer => ({
            key: partitionKey(item),
            ...rest,
          }),
        ),
    });
    for (const move of moves) {
      const trouble = troubleOf(outcomes.get(partitionKey(move))!);
      if (trouble === undefined) begun.push(move);
      else troubles.set(partitionKey(move), trouble);
    }
  }
  return begun;
}

/** Kafka would do so by itself within minutes, where it is set to; until then some brokers would have nothing to do. */
async function electLeaders(run: Run, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  const topics = await retry(
    () => run.admin.describeTopics([...new Set(moves.map(({ topic }) => topic))]),
    run.patience,
  );
  const leaders = new Map(
    topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partition, leader }) => [partitionKey({ topic: name, partition }), leader] as const),
    ),
  );
  const led = moves.filter((move) => leaders.get(partitionKey(move)) !== move.to[0]);
  if (led.length === 0) return;
  const results = await retry(
    () => run.admin.electPreferredLeaders(led.map(({ topic, partition }) => ({ topic, partition }))),
    run.patience,
  );
  const refused = results.flatMap(({ item, error }) => (error === undefined ? [] : [partitionKey(item)]));
  if (refused.length === 0) return;
  run.note({
    code: 'LEADERS-NOT-PREFERRED',
    level: 'warning',
    path: '',
    message: `partitions were moved and are not led by their first broker yet, got ${told(refused)}; each should be.`,
    hint: 'Kafka balances leaders by itself within minutes.',
  });
}

function settle(run: Run, change: ChangeOf<'move-replicas'>, troubles: Troubles): void {
  const { topic, moves } = change.operation;
  const wrong = moves.flatMap(({ partition }) => {
    const why = troubles.get(partitionKey({ topic, partition }));
    return why === undefined ? [] : [{ partition, why }];
  });
  const untouched = wrong.length === moves.length && wrong.every(({ why }) => why === NOT_REACHED);
  if (wrong.length === 0) run.settle([change], { outcome: 'done' });
  else if (untouched) run.settle([change], { outcome: 'skipped', why: run.stopped ?? 'moves before it stand still' });
  else {
    const { partition, why } = wrong[0]!;
    const error = `${wrong.length} of ${moves.length} partitions have not moved, got partition ${partition}: ${why}`;
    run.settle([change], { outcome: 'failed', error });
  }
}

const seconds = (run: Run): number => Math.round(run.options.stallMs / 1000);
const told = (keys: readonly string[]): string =>
  keys.length <= 3 ? keys.join(', ') : `${keys.slice(0, 3).join(', ')} and ${keys.length - 3} more`;
