import type { Issue } from '../../core/issue';

/** What was seen of the running cluster; whoever asked it fills this in. */
export interface RunningSection {
  /** When it was looked at, ISO 8601. */
  readonly seenAt: string;
  readonly clusterId: string;
  readonly brokers: readonly RunningBroker[];
  readonly topics: { readonly total: number; readonly declared: number; readonly missing: number };
  readonly partitions: {
    readonly total: number;
    readonly offline: number;
    readonly underMinIsr: number;
    readonly underReplicated: number;
  };
  /** Topics that keep most; empty where disks cannot be seen. */
  readonly largest: readonly { readonly topic: string; readonly bytes: number }[];
  /** Groups that are furthest behind, topic by topic. */
  readonly lags: readonly { readonly group: string; readonly topic: string; readonly lag: number }[];
  /** What is not as it should be. */
  readonly wrong: readonly Pick<Issue, 'code' | 'level' | 'message' | 'hint'>[];
}

export interface RunningBroker {
  readonly id: number;
  readonly state: string;
  readonly leaders: number;
  readonly replicas: number;
  /** Of all replicas on it; absent where disks cannot be seen. */
  readonly dataBytes?: number;
  /** The fullest file system. */
  readonly disk?: { readonly usedBytes: number; readonly totalBytes: number };
}
