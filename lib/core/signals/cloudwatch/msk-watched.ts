import type { MskBrokerFacts } from '../../msk';
import type { MskKind, MskLevel } from './msk-metrics';

/** What alarms of an Amazon MSK cluster are worked out from: of an environment, or of the properties of constructs. */
export interface MskWatched {
  readonly clusterName: string;
  readonly kind: MskKind;
  readonly level: MskLevel;
  /** Absent for a Serverless cluster, and where nothing is known of one that was there already. */
  readonly brokers?: MskBrokerFacts;
  readonly authentications: readonly string[];
  /** Share of the brokers that is left after the loss that is to be survived: 1 where none is. */
  readonly shareLeft: number;
  /** Share of a volume that is planned to fill. */
  readonly maxDiskUtilization: number;
  /** What topics say that they carry; absent where none says it. */
  readonly load?: DeclaredLoad;
  /** Promises of consumer groups. */
  readonly lag: Readonly<Record<string, LagLimit>>;
  /** Names in the account, and workers that are always there. */
  readonly connectors: readonly { readonly name: string; readonly workers: number }[];
  /** Names in the account, and how old records may be when they arrive. */
  readonly replicators: readonly { readonly name: string; readonly seconds: number }[];
  /** Namespace of what is counted in the logs of the brokers; absent where they are not in CloudWatch. */
  readonly logNamespace?: string;
}

export interface DeclaredLoad {
  readonly inBytesPerSecond: number;
  /** To consumers, without replication. */
  readonly outBytesPerSecond: number;
  /** One copy of all that is kept; absent where a topic does not say its load or keeps without end. */
  readonly keptBytes?: number;
}

export interface LagLimit {
  readonly seconds?: number;
  readonly records?: number;
}
