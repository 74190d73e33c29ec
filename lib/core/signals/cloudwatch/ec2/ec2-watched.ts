import type { DeclaredLoad, LagLimit } from '../msk-watched';

/** What alarms of a cluster on EC2 are worked out from: of an environment, or of the properties of constructs. */
export interface Ec2Watched {
  readonly clusterName: string;
  readonly controllers: number;
  readonly brokers: number;
  readonly nodes: readonly Ec2WatchedNode[];
  /** Whether nodes have a JMX exporter, and so the cluster a function that publishes its metrics. */
  readonly published: boolean;
  /** Share of the brokers that is left after the loss that is to be survived: 1 where none is. */
  readonly shareLeft: number;
  /** Share of a volume that is planned to fill. */
  readonly maxDiskUtilization: number;
  /** What topics say that they carry; absent where none says it. */
  readonly load?: DeclaredLoad;
  /** Promises of consumer groups. */
  readonly lag: Readonly<Record<string, LagLimit>>;
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
