import type { Size } from 'aws-cdk-lib/core';
import type { KafkaAlarmOptions, KafkaLagPromise } from '../../aws/alarms';
import type { MskConnector } from '../connect';
import type { MskBrokers } from '../msk-brokers';
import type { IMskCluster } from '../msk-cluster-base';
import type { MskMonitoringLevel } from '../msk-monitoring-level';
import type { MskReplicator } from '../replicator';

/** What the topics of a cluster carry together. */
export interface MskDeclaredLoad {
  /** What producers write, MiB a second. */
  readonly ingressMiBps: number;
  /**
   * What consumers read, MiB a second.
   *
   * @default - not known
   */
  readonly egressMiBps?: number;
  /**
   * One copy of all that is kept.
   *
   * @default - not known
   */
  readonly retained?: Size;
}

/** Properties of the alarms of a cluster. */
export interface MskAlarmsProps extends KafkaAlarmOptions {
  /** The cluster. */
  readonly cluster: IMskCluster;
  /**
   * Promises of consumer groups, by group id. A group whose name is not ASCII has no metrics of its lag.
   *
   * @default - none
   */
  readonly lag?: Record<string, KafkaLagPromise>;
  /**
   * What the topics carry together.
   *
   * @default - not known; alarms that compare with it are left out
   */
  readonly load?: MskDeclaredLoad;
  /**
   * Brokers that may go while the others carry everything.
   *
   * @default - those of a zone
   */
  readonly brokersLost?: number;
  /**
   * Share of a volume that is planned to fill, above 0 and up to 1.
   *
   * @default 0.7
   */
  readonly maxDiskUtilization?: number;
  /**
   * Connectors that are watched, too.
   *
   * @default - none
   */
  readonly connectors?: MskConnector[];
  /**
   * Replicators that are watched, too.
   *
   * @default - none
   */
  readonly replicators?: MskReplicator[];
  /**
   * What the brokers of an imported cluster are; needed for one that is provisioned.
   *
   * @default - what is known of the cluster
   */
  readonly brokers?: MskBrokers;
  /**
   * The monitoring level of an imported cluster.
   *
   * @default - what is known of the cluster, else DEFAULT
   */
  readonly monitoringLevel?: MskMonitoringLevel;
}
