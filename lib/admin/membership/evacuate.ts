import { Failure, type Issue, type Progress } from '../../core/issue';
import type { Change, DesiredState } from '../../core/plan';
import { planEvacuation, type PlannedMove } from '../../core/plan/placement';
import type { AdminPort, ClusterDescription, TopicDescription } from '../port';
import { underLease } from '../reconcile/lease';
import { moveReplicas } from '../reconcile/moves';
import { Run } from '../reconcile/run';
import { retry, SYSTEM_CLOCK, type Clock, type Patience } from '../wait';

export interface EvacuateOptions {
  /** Ids of the brokers that are to hold nothing any more. */
  readonly brokers: readonly number[];
  /** What each broker may copy at most. */
  readonly bytesPerSecond: number;
  /** @default 50 */
  readonly partitionsPerWave?: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** @default 60000 */
  readonly patienceMs?: number;
  /** How long a move may stand still. @default 300000 */
  readonly stallMs?: number;
  /** @default the machine's */
  readonly clock?: Clock;
}

export interface EvacuationPlan {
  readonly moves: readonly PlannedMove[];
  /** Replicas on the brokers that leave. */
  readonly replicas: number;
  /** Of them, those that neither answer nor hold anything: gone already, or never there. */
  readonly unknown: readonly number[];
}

export interface EvacuationReport {
  /** Partitions that were moved. */
  readonly moved: number;
  /** Replicas that the brokers still hold; 0: they may go. */
  readonly left: number;
  readonly issues: readonly Issue[];
}

/** New topics are placed on brokers that are about to leave as well: so it is looked at again, but not for ever. */
const MOST_ROUNDS = 5;

/** What would be moved; fails where a replication factor cannot be kept. */
export async function planEvacuationOf(admin: AdminPort, brokers: readonly number[]): Promise<EvacuationPlan> {
  const { cluster, topics } = await look(admin, { deadlineMs: 30_000 });
  return planned(cluster, topics, brokers);
}

/**
 * Moves every replica off brokers, wave by wave and throttled, until they hold nothing. Killed at any point, the next one does what is
 * left. Refused before anything moves where fewer brokers than replicas would stay.
 */
export async function evacuate(admin: AdminPort, options: EvacuateOptions): Promise<EvacuationReport> {
  const { brokers, clock = SYSTEM_CLOCK, patienceMs = 60_000, progress } = options;
  const patience: Patience = { deadlineMs: patienceMs, clock };
  progress({ step: 'taking the lease' });
  return underLease(admin, { clock, patienceMs }, async (lost) => {
    const issues: Issue[] = [];
    let moved = 0;
    for (let round = 0; ; round++) {
      const state = await look(admin, patience);
      const { moves, replicas } = planned(state.cluster, state.topics, brokers);
      if (replicas === 0 || round === MOST_ROUNDS || options.signal.aborted) return { moved, left: replicas, issues };
      const changes = changesOf(moves, state.topics);
      const signal = AbortSignal.any([options.signal, lost]);
      const reassignments = await retry(() => admin.listReassignments(), patience);
      const run = new Run(
        {
          ports: { admin, clock },
          desired: asDesired(state.cluster, state.topics, options),
          progress,
          patienceMs,
          stallMs: options.stallMs ?? 300_000,
          signal,
        },
        {
          cluster: state.cluster,
          readAtMs: clock.now(),
          topics: new Map(state.topics.map((topic) => [topic.name, topic])),
          topicConfigs: new Map(),
          reassignments,
        },
      );
      await moveReplicas(run, changes);
      issues.push(...run.issues, ...failures(run, changes));
      if (issues.some(({ level }) => level === 'error')) {
        const after = await look(admin, patience);
        return { moved, left: held(after.topics, brokers), issues };
      }
      moved += moves.length;
    }
  });
}

interface Look {
  readonly cluster: ClusterDescription;
  readonly topics: readonly TopicDescription[];
}

async function look(admin: AdminPort, patience: Patience): Promise<Look> {
  const cluster = await retry(() => admin.describeCluster(), patience);
  return { cluster, topics: await retry(() => admin.describeTopics('all'), patience) };
}

function planned(
  { brokers }: ClusterDescription,
  topics: readonly TopicDescription[],
  leaving: readonly number[],
): EvacuationPlan {
  const partitions = topics.flatMap(({ name, partitions: all }) =>
    all.map(({ partition, replicas }) => ({ topic: name, partition, replicas })),
  );
  const { moves, stuck } = planEvacuation({ brokers, leaving, partitions });
  if (stuck.length > 0) {
    const { topic, partition } = stuck[0]!;
    const staying = brokers.filter(({ id }) => !leaving.includes(id)).length;
    throw new Failure(
      'EVACUATION-IMPOSSIBLE',
      `brokers ${leaving.join(', ')} cannot be emptied, got ${stuck.length} partitions with more replicas than brokers that stay (${staying}), ${topic}-${partition} among them; the replication factor of each must fit.`,
      'Keep more brokers, or cut the replication factor of these topics first.',
    );
  }
  const unknown = leaving.filter((id) => !brokers.some((broker) => broker.id === id) && held(topics, [id]) === 0);
  return { moves, replicas: held(topics, leaving), unknown };
}

function held(topics: readonly TopicDescription[], brokers: readonly number[]): number {
  const gone = new Set(brokers);
  return topics
    .flatMap(({ partitions }) => partitions.flatMap(({ replicas }) => replicas))
    .filter((broker) => gone.has(broker)).length;
}

function changesOf(moves: readonly PlannedMove[], topics: readonly TopicDescription[]): Change[] {
  const ids = new Map(topics.map(({ name, topicId }) => [name, topicId]));
  const byTopic = new Map<string, PlannedMove[]>();
  for (const move of moves) byTopic.set(move.topic, [...(byTopic.get(move.topic) ?? []), move]);
  return [...byTopic].map(([topic, own]): Change => ({
    id: `move-replicas ${topic} evacuation`,
    code: 'TOPIC-SPREAD',
    path: '',
    subject: `topic ${topic}`,
    summary: `${own.length} partitions leave`,
    from: 'none',
    to: 'none',
    grade: 'safe',
    reason: 'Brokers leave.',
    status: 'ready',
    operation: {
      kind: 'move-replicas',
      topic,
      topicId: ids.get(topic)!,
      replicationFactor: 'kept',
      moves: own.map(({ partition, from, to }) => ({ partition, from, to })),
    },
  }));
}

function failures(run: Run, changes: readonly Change[]): Issue[] {
  return changes.flatMap((change): Issue[] => {
    const outcome = run.outcomeOf(change);
    if (outcome.outcome === 'done' || outcome.outcome === 'unchanged') return [];
    const why = outcome.outcome === 'failed' ? outcome.error : outcome.why;
    return [
      {
        code: 'MOVE-FAILED',
        level: 'error',
        path: '',
        message: `replicas of ${change.subject} are not where they were to be, got ${why}; all must have moved.`,
        hint: 'See kdk status, and run it again: it does what is left.',
      },
    ];
  });
}

/** What moving asks of a desired state: all topics are its business here. */
function asDesired(
  { clusterId }: ClusterDescription,
  topics: readonly TopicDescription[],
  { bytesPerSecond, partitionsPerWave = 50 }: EvacuateOptions,
): DesiredState {
  return {
    schemaVersion: 1,
    environment: 'cluster',
    owner: 'cluster',
    target: 'kubernetes',
    kafkaVersion: '',
    clusterId,
    owns: {},
    topicsManagedBy: 'reconciler',
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.length,
      replicationFactor: partitions[0]?.replicas.length ?? 1,
      config: {},
      paths: {},
    })),
    deletedTopics: [],
    reconcile: {
      quietBeforeDeleteMs: 0,
      replicationThrottleBytesPerSecond: bytesPerSecond,
      partitionsPerWave,
      scramIterations: 8192,
    },
    acknowledgements: [],
  };
}
