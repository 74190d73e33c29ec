import type { TopicSize } from '../topic-sizes';

/** A cluster on one screen. Sections that could not be seen are absent; `unseen` says why. */
export interface StatusReport {
  readonly clusterId: string;
  /** Declared brokers, whether up or not, and any others that are there. */
  readonly brokers: readonly BrokerStatus[];
  readonly quorum?: QuorumStatus;
  /** Kafka's own topics are not counted. */
  readonly topics: { readonly total: number; readonly declared: number; readonly missing: number };
  readonly partitions: PartitionsStatus;
  /** Topics that keep most, the largest first; absent where disks cannot be seen. */
  readonly largest?: readonly TopicSize[];
  readonly groups?: GroupsStatus;
  readonly moves?: MovesStatus;
  readonly throttles?: ThrottlesStatus;
  readonly unseen: readonly Unseen[];
}

export interface QuorumStatus {
  /** The active controller; -1 while there is none. */
  readonly leaderId: number;
  readonly voters: readonly number[];
  /** Records that the slowest voter has yet to fetch. */
  readonly maxLag: number;
}

export interface PartitionsStatus {
  readonly total: number;
  readonly offline: number;
  readonly underMinIsr: number;
  readonly underReplicated: number;
  /** The first of those that are offline or under min ISR, as `topic-partition`. */
  readonly names: { readonly offline: readonly string[]; readonly underMinIsr: readonly string[] };
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
  /** Absent where it cannot be seen. */
  readonly disk?: DiskStatus;
}

export interface DiskStatus {
  /** Of all replicas on the broker. */
  readonly dataBytes: number;
  /** The log directory whose file system is fullest; absent where Kafka does not tell sizes. */
  readonly fullest?: { readonly path: string; readonly usedBytes: number; readonly totalBytes: number };
  /** Log directories that the broker has lost. */
  readonly offline: readonly string[];
}

export interface GroupsStatus {
  readonly total: number;
  /** With members. */
  readonly active: number;
  /** The largest, largest first. */
  readonly lags: readonly { readonly group: string; readonly topic: string; readonly lag: number }[];
}

export interface MovesStatus {
  /** Partitions whose replicas are being moved. */
  readonly partitions: number;
  /** Yet to be copied; absent where sizes cannot be seen. */
  readonly bytesLeft?: number;
  /** The first of them, as `topic-partition`. */
  readonly names: readonly string[];
}

export interface ThrottlesStatus {
  /** Bytes per second, by broker; the lower of its two rates. */
  readonly brokers: readonly { readonly broker: number; readonly bytesPerSecond: number }[];
  /** Topics with lists of throttled replicas. */
  readonly topics: readonly string[];
  /** Nothing is being moved: a move that ended has left them, and replicas that fall behind are slowed down. */
  readonly leftBehind: boolean;
}

export interface Unseen {
  readonly section: 'quorum' | 'disk' | 'groups' | 'moves' | 'throttles';
  readonly reason: string;
}
