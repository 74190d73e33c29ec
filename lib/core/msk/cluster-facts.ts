import type { KafkaRelease } from '../versions';
import type { MskBrokerType } from './broker-sizes';

/** The brokers of a provisioned cluster, as they are asked for. */
export interface MskBrokerFacts {
  readonly brokerType: MskBrokerType;
  readonly instanceType: string;
  /** In all zones together. */
  readonly count: number;
  /** Size of each volume; a fraction where it is not whole GiB. */
  readonly volumeGiB?: number;
  readonly throughputMiBps?: number;
  readonly tieredStorage?: boolean;
  readonly autoscaling?: { readonly maxGiB: number; readonly targetPercent: number };
  readonly rebalancing?: 'ACTIVE' | 'PAUSED';
}

/** Where one kind of logs goes; names are undefined where they are only known while deploying. */
export interface MskLogFacts {
  readonly cloudWatch?: { readonly retentionDays?: number };
  readonly s3?: { readonly bucket: string | undefined; readonly prefix?: string };
  readonly firehose?: { readonly deliveryStream: string | undefined };
}

/** What decides whether Amazon MSK makes a provisioned cluster. */
export interface MskClusterFacts {
  readonly clusterName: string;
  readonly release: KafkaRelease;
  readonly brokers: MskBrokerFacts;
  /** Undefined where they are only known while deploying. */
  readonly region?: string;
  readonly zoneCount: number;
  /** Names or ids, where known. */
  readonly zones?: readonly string[];
  /** `log.cleanup.policy`, where it is set for the whole cluster. */
  readonly logCleanupPolicy?: string;
  readonly authentications: readonly string[];
  /** Undefined entries are only known while deploying. */
  readonly certificateAuthorityArns: readonly (string | undefined)[];
  readonly brokerLogs?: MskLogFacts;
  readonly authorizerLogs?: MskLogFacts;
}

/** What a refusal of a cluster is about; an environment writes it at a path, a construct in a property. */
export type ClusterSubject =
  | 'clusterName'
  | 'kafkaVersion'
  | 'region'
  | 'zones'
  | 'instanceType'
  | 'brokerCount'
  | 'storage'
  | 'autoscaling'
  | 'autoscalingMax'
  | 'autoscalingTarget'
  | 'throughput'
  | 'tieredStorage'
  | 'logCleanupPolicy'
  | 'rebalancing'
  | 'authentication'
  | 'certificateAuthorities'
  | `${'brokerLogs' | 'authorizerLogs'}${'' | '.cloudWatch' | '.s3.bucket' | '.firehose'}`;
