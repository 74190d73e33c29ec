import type {
  Acl,
  ClusterDescription,
  ConfigEntry,
  QuotaDescription,
  Reassignment,
  ScramCredential,
  TopicDescription,
} from '../cluster';

/** What a cluster was seen to be. Sections that were not asked for are absent, which never means that there is nothing. */
export interface ObservedState {
  readonly cluster: ClusterDescription;
  /** Milliseconds since 1970. */
  readonly readAtMs: number;
  /** Every topic, declared or not. */
  readonly topics: ReadonlyMap<string, TopicDescription>;
  /** Options of the declared topics that are there. */
  readonly topicConfigs: ReadonlyMap<string, readonly ConfigEntry[]>;
  readonly reassignments: readonly Reassignment[];
  /** Every ACL. */
  readonly acls?: readonly Acl[];
  readonly users?: readonly ScramCredential[];
  /**
   * Whether a user could log in with the password that its secret holds now. Absent users were not tried (their secret or listener is out
   * of reach from here).
   */
  readonly logins?: ReadonlyMap<string, boolean>;
  readonly quotas?: readonly QuotaDescription[];
  /** Dynamic defaults of all brokers. */
  readonly clusterOptions?: readonly ConfigEntry[];
  /** Options of each broker: those that are declared, those that give topics their defaults, and the replication throttles. Brokers that do not answer are absent. */
  readonly brokerOptions?: ReadonlyMap<number, readonly ConfigEntry[]>;
  readonly connectors?: ReadonlyMap<string, ObservedConnector>;
}

export interface ObservedConnector {
  readonly name: string;
  readonly config: Readonly<Record<string, string>>;
  /** In Connect's words, lower case: `running`, `paused`, `stopped`, `failed`, `unassigned`. */
  readonly state: string;
  readonly tasks: readonly { readonly id: number; readonly state: string; readonly trace?: string }[];
}

/** What is asked of single topics once it is known what would change: sizes, times, readers. */
export interface Evidence {
  /** For topics that lose records, or whose replicas move. */
  readonly sizes: ReadonlyMap<string, TopicSize>;
  /** For topics whose retention is cut. */
  readonly cuts: ReadonlyMap<string, RetentionCut>;
  /** For topics that are to be deleted. */
  readonly usage: ReadonlyMap<string, TopicUsage>;
  /** For principals that lose rights: groups with members that they may be. */
  readonly activeGroups: ReadonlyMap<string, number>;
}

export interface TopicSize {
  /** Of the leaders' logs, without replication. */
  readonly bytes: number;
  /** Of each partition. */
  readonly partitions: ReadonlyMap<number, number>;
}

/** What a shorter retention would remove at once, an estimate from sizes and offsets. */
export interface RetentionCut {
  readonly bytes: number;
  /** Records before this time go, milliseconds since 1970; absent where size decides. */
  readonly beforeMs?: number;
}

export interface TopicUsage {
  readonly records: number;
  /** Timestamp of the newest record; absent where the topic is empty. */
  readonly lastWrittenMs?: number;
  /** Groups that have committed offsets for it: Kafka forgets them a while after the last member has left. */
  readonly groups: readonly { readonly group: string; readonly members: number }[];
}

/** What evidence a plan needs before it can be made. */
export interface EvidenceRequest {
  readonly sizes: readonly string[];
  /** Topic and the retention that it would have, milliseconds and bytes a partition; -1: unlimited. */
  readonly cuts: readonly {
    readonly topic: string;
    readonly retentionMs: number;
    readonly retentionBytes: number;
  }[];
  readonly usage: readonly string[];
  readonly groups: readonly string[];
}
