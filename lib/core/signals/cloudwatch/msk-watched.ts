import type { MskBrokerFacts } from '../../msk';
import type { WatchedCluster } from './expression';
import type { MskKind, MskLevel } from './msk-metrics';

/** What alarms of an Amazon MSK cluster are worked out from: of an environment, or of the properties of constructs. */
export interface MskWatched extends WatchedCluster {
  readonly kind: MskKind;
  readonly level: MskLevel;
  /** Absent for a Serverless cluster, and where nothing is known of one that was there already. */
  readonly brokers?: MskBrokerFacts;
  readonly authentications: readonly string[];
  /** Names in the account, and workers that are always there. */
  readonly connectors: readonly { readonly name: string; readonly workers: number }[];
  /** Names in the account, and how old records may be when they arrive. */
  readonly replicators: readonly { readonly name: string; readonly seconds: number }[];
  /** Namespace of what is counted in the logs of the brokers; absent where they are not in CloudWatch. */
  readonly logNamespace?: string;
}
