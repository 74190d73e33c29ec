import type { WatchedCluster } from '../expression';

/** What alarms of a cluster on EC2 are worked out from: of an environment, or of the properties of constructs. */
export interface Ec2Watched extends WatchedCluster {
  readonly controllers: number;
  readonly brokers: number;
  /** By what topics declare; absent where all are so. */
  readonly partitionsWithoutSpare?: number;
  readonly nodes: readonly Ec2WatchedNode[];
  /** Whether nodes have a JMX exporter, and so the cluster a function that publishes its metrics. */
  readonly published: boolean;
}

export interface Ec2WatchedNode {
  readonly name: string;
  readonly isBroker: boolean;
  /** Of its Auto Scaling group. */
  readonly groupName: string;
  /** Its instances may do more for minutes than for hours, and have a balance of it. */
  readonly bursts: boolean;
  /** As far as they are known: before anything is deployed, by what stands for them. */
  readonly volumeIds: readonly string[];
}
