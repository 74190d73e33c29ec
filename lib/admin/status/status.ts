import type { EnvironmentModel } from '../../core/model';
import type { AdminPort, ClusterDescription, QuorumDescription, TopicDescription } from '../port';
import { declaredMinIsr, partitionHealth } from '../verify/partitions';
import { reachBrokers } from '../verify/reach';

/** A cluster on one screen. */
export interface StatusReport {
  readonly clusterId: string;
  /** Declared brokers, whether up or not, and any others that are there. */
  readonly brokers: readonly BrokerStatus[];
  readonly quorum: { readonly leaderId: number; readonly voters: readonly number[]; readonly maxLag: number };
  /** Kafka's own topics are not counted. */
  readonly topics: { readonly total: number; readonly declared: number; readonly missing: number };
  readonly partitions: {
    readonly total: number;
    readonly offline: number;
    readonly underMinIsr: number;
    readonly underReplicated: number;
  };
}

export interface BrokerStatus {
  readonly id: number;
  /** `host:port` that clients are sent to; absent while it is down. */
  readonly address?: string;
  readonly rack?: string;
  /** `silent`: the cluster still lists it, but it does not answer; a broker that died is listed for some seconds. */
  readonly state: 'up' | 'silent' | 'missing' | 'not declared';
  /** Partitions that it leads, and that it holds a replica of. */
  readonly leaders: number;
  readonly replicas: number;
}

export async function clusterStatus(admin: AdminPort, model: EnvironmentModel): Promise<StatusReport> {
  const [cluster, quorum, listed] = await Promise.all([
    admin.describeCluster(),
    admin.describeQuorum(),
    admin.listTopics(),
  ]);
  const [topics, { reached }] = await Promise.all([
    admin.describeTopics(listed.map(({ name }) => name)),
    reachBrokers(admin, cluster),
  ]);
  return statusReport(model, { cluster, quorum, topics, reached });
}

export interface ClusterFacts {
  readonly cluster: ClusterDescription;
  readonly quorum: QuorumDescription;
  readonly topics: readonly TopicDescription[];
  /** Ids of the brokers that answered at the address they give to clients. */
  readonly reached: readonly number[];
}

export function statusReport(model: EnvironmentModel, facts: ClusterFacts): StatusReport {
  const { cluster, quorum, topics } = facts;
  const health = partitionHealth(topics, declaredMinIsr(model));
  const present = new Set(topics.map(({ name }) => name));
  return {
    clusterId: cluster.clusterId,
    brokers: brokerStatuses(model, facts),
    quorum: {
      leaderId: quorum.leaderId,
      voters: quorum.voters.map(({ id }) => id),
      maxLag: Math.max(0, ...quorum.voters.map(({ lag }) => lag)),
    },
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
    },
  };
}

function brokerStatuses(model: EnvironmentModel, { cluster, topics, reached }: ClusterFacts): BrokerStatus[] {
  const partitions = topics.flatMap((topic) => topic.partitions);
  const declared = new Set(model.nodes.filter(({ roles }) => roles.includes('broker')).map(({ id }) => id));
  const up = new Map(cluster.brokers.map((broker) => [broker.id, broker]));
  return [...new Set([...declared, ...up.keys()])]
    .sort((a, b) => a - b)
    .map((id) => {
      const broker = up.get(id);
      const expected = declared.has(id) || model.managedBy === 'service';
      return {
        id,
        ...(broker === undefined ? {} : { address: `${broker.host}:${broker.port}` }),
        ...(broker?.rack === undefined ? {} : { rack: broker.rack }),
        state: broker === undefined ? 'missing' : !reached.includes(id) ? 'silent' : expected ? 'up' : 'not declared',
        leaders: partitions.filter(({ leader }) => leader === id).length,
        replicas: partitions.filter(({ replicas }) => replicas.includes(id)).length,
      };
    });
}
