import type { Duration } from 'cdk8s';

/** Who sets the number of pods. */
export enum StreamAppScaler {
  /** KEDA, which has to be there, and asks the brokers for the lag itself. */
  KEDA = 'keda',
  /** Kubernetes alone; lag comes from an external metric that an adapter serves. */
  HORIZONTAL_POD_AUTOSCALER = 'horizontal-pod-autoscaler',
}

/** Between how many pods an application is scaled, and by what: lag, processor time, or the greater need of both. */
export interface StreamAppScaling {
  /** Pods at most: no more than its largest topic has partitions. */
  readonly maxReplicas: number;
  /**
   * Pods at least; 0 only with KEDA and lag.
   *
   * @default - 2, or `maxReplicas` if that is 1
   */
  readonly minReplicas?: number;
  /**
   * Records that its group may be behind for each pod; more add pods.
   *
   * @default - not by lag
   */
  readonly lag?: number;
  /**
   * Processor time that pods use, as a share of what they ask for, such as 0.7; more add pods.
   *
   * @default - not by processor time
   */
  readonly cpu?: number;
  /**
   * How long it is calm before pods are taken away.
   *
   * @default - five minutes
   */
  readonly cooldown?: Duration;
  /**
   * Who scales.
   *
   * @default StreamAppScaler.HORIZONTAL_POD_AUTOSCALER
   */
  readonly scaler?: StreamAppScaler;
  /**
   * External metric of the lag of a group, where Kubernetes scales.
   *
   * @default kafka_consumergroup_lag
   */
  readonly lagMetric?: string;
  /**
   * Label of that metric that holds the group.
   *
   * @default consumergroup
   */
  readonly groupLabel?: string;
}
