import type { EnvironmentModel } from '../../core/model';
import { Refused } from '../failures';
import type {
  AdminPort,
  ClusterDescription,
  LogDirDescription,
  QuorumDescription,
  Reassignment,
  TopicDescription,
} from '../port';
import { topicSizes } from '../topic-sizes';
import { declaredMinIsr, partitionHealth } from '../verify/partitions';
import { reachBrokers } from '../verify/reach';
import { diskStatus } from './disk';
import { groupsStatus } from './lags';
import { movesStatus } from './moves';
import type { BrokerStatus, GroupsStatus, StatusReport, ThrottlesStatus, Unseen } from './report';
import { see } from './see';
import { throttlesStatus } from './throttles';

const SHOWN = 5;
const NO_QUORUM: QuorumDescription = { leaderId: -1, epoch: -1, voters: [], observers: [] };

/** Looks at everything at once; what may not be seen is left out and said. */
export async function clusterStatus(admin: AdminPort, model: EnvironmentModel): Promise<StatusReport> {
  const [cluster, topics] = await Promise.all([admin.describeCluster(), admin.describeTopics('all')]);
  const { reached } = await reachBrokers(admin, cluster);
  const names = topics.map(({ name }) => name);
  const [quorum, disk, groups, moves, throttles] = await Promise.all([
    see('quorum', () => admin.describeQuorum()),
    see('disk', () => logDirs(admin, reached)),
    see('groups', () => groupsStatus(admin)),
    see('moves', () => admin.listReassignments()),
    see('throttles', () => throttlesStatus(admin, { brokers: reached, topics: names })),
  ]);
  // Brokers pass this question on to the controllers: brokers that answer all but this one have no quorum behind them. Services hide theirs.
  const isSilent = model.managedBy === 'self' && 'unseen' in quorum && quorum.unseen.reason.startsWith('no answer');
  const sections = [isSilent ? { seen: NO_QUORUM } : quorum, disk, groups, moves, throttles];
  return statusReport(model, {
    cluster,
    topics,
    reached,
    ...('seen' in quorum ? { quorum: quorum.seen } : isSilent ? { quorum: NO_QUORUM } : {}),
    ...('seen' in disk ? { logDirs: disk.seen } : {}),
    ...('seen' in groups ? { groups: groups.seen } : {}),
    ...('seen' in moves ? { reassignments: moves.seen } : {}),
    ...('seen' in throttles ? { throttles: throttles.seen } : {}),
    unseen: sections.flatMap((section) => ('unseen' in section ? [section.unseen] : [])),
  });
}

/** Of the brokers that answer. Where every broker refuses it, the right is missing. */
async function logDirs(admin: AdminPort, brokers: readonly number[]): Promise<readonly LogDirDescription[]> {
  const answers = await admin.describeLogDirs(brokers);
  const refused = answers.find(({ error }) => error?.name.endsWith('AUTHORIZATION_FAILED') === true);
  if (refused !== undefined) throw new Refused('describe log directories', refused.error!);
  return answers.flatMap((answer) => answer.logDirs);
}

/** What was seen of a cluster; sections that may not be seen are absent. */
export interface ClusterFacts {
  readonly cluster: ClusterDescription;
  readonly topics: readonly TopicDescription[];
  /** Ids of the brokers that answered at the address they give to clients. */
  readonly reached: readonly number[];
  readonly quorum?: QuorumDescription;
  readonly logDirs?: readonly LogDirDescription[];
  readonly groups?: GroupsStatus;
  readonly reassignments?: readonly Reassignment[];
  readonly throttles?: Omit<ThrottlesStatus, 'leftBehind'>;
  readonly unseen?: readonly Unseen[];
}

export function statusReport(model: EnvironmentModel, facts: ClusterFacts): StatusReport {
  const { cluster, quorum, topics, groups, reassignments, throttles, unseen = [] } = facts;
  const health = partitionHealth(topics, declaredMinIsr(model));
  const present = new Set(topics.map(({ name }) => name));
  return {
    clusterId: cluster.clusterId,
    brokers: brokerStatuses(model, facts),
    ...(quorum === undefined
      ? {}
      : {
          quorum: {
            leaderId: quorum.leaderId,
            voters: quorum.voters.map(({ id }) => id),
            maxLag: Math.max(0, ...quorum.voters.map(({ lag }) => lag)),
          },
        }),
    topics: {
      total: topics.filter(({ internal }) => !internal).length,
      declared: model.topics.length,
      missing: model.topics.filter(({ name }) => !present.has(name)).length,
    },
    partitions: {
      total: health.total,
      offline: health.offline.length,
      underMinIsr: health.underMinIsr.length,
      underReplicated: health.underReplicated.length,
      names: { offline: health.offline.slice(0, SHOWN), underMinIsr: health.underMinIsr.slice(0, SHOWN) },
    },
    ...(facts.logDirs === undefined ? {} : { largest: topicSizes(facts.logDirs).slice(0, SHOWN) }),
    ...(groups === undefined ? {} : { groups }),
    ...(reassignments === undefined ? {} : { moves: movesStatus(reassignments, topics, facts.logDirs) }),
    ...(throttles === undefined ? {} : { throttles: { ...throttles, leftBehind: isLeftBehind(facts, throttles) } }),
    unseen,
  };
}

/** While something moves, throttles are in use; where moves cannot be seen, nothing is claimed. */
function isLeftBehind(
  { reassignments }: ClusterFacts,
  { brokers, topics }: Omit<ThrottlesStatus, 'leftBehind'>,
): boolean {
  return reassignments?.length === 0 && brokers.length + topics.length > 0;
}

function brokerStatuses(
  model: EnvironmentModel,
  { cluster, topics, reached, logDirs: dirs }: ClusterFacts,
): BrokerStatus[] {
  const counts = replicaCounts(topics);
  const declared = new Set(model.nodes.filter(({ roles }) => roles.includes('broker')).map(({ id }) => id));
  const up = new Map(cluster.brokers.map((broker) => [broker.id, broker]));
  return [...new Set([...declared, ...up.keys()])]
    .sort((a, b) => a - b)
    .map((id) => {
      const broker = up.get(id);
      const expected = declared.has(id) || model.managedBy === 'service';
      const own = dirs?.filter((dir) => dir.broker === id) ?? [];
      return {
        id,
        ...(broker === undefined ? {} : { address: `${broker.host}:${broker.port}` }),
        ...(broker?.rack === undefined ? {} : { rack: broker.rack }),
        state: broker === undefined ? 'missing' : !reached.includes(id) ? 'silent' : expected ? 'up' : 'not declared',
        leaders: counts.leaders.get(id) ?? 0,
        replicas: counts.replicas.get(id) ?? 0,
        ...(own.length === 0 ? {} : { disk: diskStatus(own) }),
      };
    });
}

function replicaCounts(
  topics: readonly TopicDescription[],
): Record<'leaders' | 'replicas', ReadonlyMap<number, number>> {
  const leaders = new Map<number, number>();
  const replicas = new Map<number, number>();
  const add = (counts: Map<number, number>, id: number): unknown => counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const { leader, replicas: holders } of topics.flatMap(({ partitions }) => partitions)) {
    add(leaders, leader);
    for (const id of holders) add(replicas, id);
  }
  return { leaders, replicas };
}
