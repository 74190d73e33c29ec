import { SizeRoundingBehavior, type Size } from 'aws-cdk-lib/core';
import type { MskBrokerFacts } from '../core/msk';

/** Where the records of Standard brokers are. */
export enum MskStorageMode {
  /** On the volumes of the brokers. */
  LOCAL = 'LOCAL',
  /** Closed segments of topics with `remote.storage.enable` move to cheap storage that nobody sizes. */
  TIERED = 'TIERED',
}

/** Whether Express brokers spread partitions by themselves. */
export enum MskRebalancing {
  /** They do, and refuse everybody else who moves partitions. */
  ACTIVE = 'ACTIVE',
  /** They do not. */
  PAUSED = 'PAUSED',
}

/** Standard brokers, whose storage you size. */
export interface StandardBrokersOptions {
  /** Size of each broker, for example `kafka.m7g.large`. */
  readonly instanceType: string;
  /** Brokers in all zones together, a multiple of the number of zones. */
  readonly count: number;
  /** Size of the volume of each broker; it can only grow. */
  readonly storage: Size;
  /**
   * Let volumes grow by themselves.
   *
   * @default - they keep their size
   */
  readonly storageAutoscaling?: StorageAutoscaling;
  /**
   * Throughput of each volume in MiB/s, from 250 to the ceiling of the size; on kafka.m5.4xlarge, kafka.m7g.2xlarge and larger.
   *
   * @default - that of a volume without any
   */
  readonly provisionedThroughputMiBps?: number;
  /**
   * Where records are.
   *
   * @default MskStorageMode.LOCAL
   */
  readonly storageMode?: MskStorageMode;
}

/** Volumes that grow by themselves; they never shrink. The declared size is then the one that they begin with. */
export interface StorageAutoscaling {
  /** Volumes grow up to this size. */
  readonly maxStorage: Size;
  /**
   * Volumes grow when this share of them is used, between 0.1 and 0.8.
   *
   * @default 0.6
   */
  readonly targetUtilization?: number;
}

/** Express brokers, whose storage the service manages. */
export interface ExpressBrokersOptions {
  /** Size of each broker, for example `express.m7g.large`. */
  readonly instanceType: string;
  /** Brokers in all zones together, a multiple of three. */
  readonly count: number;
  /**
   * Whether they spread partitions by themselves.
   *
   * @default - what the service does, ACTIVE on new clusters
   */
  readonly rebalancing?: MskRebalancing;
}

/** The brokers of a provisioned cluster. */
export class MskBrokers {
  /** Standard brokers: storage and throughput are sized by you. */
  public static standard(options: StandardBrokersOptions): MskBrokers {
    const { instanceType, count, storage, storageAutoscaling, provisionedThroughputMiBps } = options;
    return new MskBrokers({
      brokerType: 'standard',
      instanceType,
      count,
      volumeGiB: gibibytes(storage),
      tieredStorage: options.storageMode === MskStorageMode.TIERED,
      ...(provisionedThroughputMiBps === undefined ? {} : { throughputMiBps: provisionedThroughputMiBps }),
      ...(storageAutoscaling === undefined
        ? {}
        : {
            autoscaling: {
              maxGiB: gibibytes(storageAutoscaling.maxStorage),
              targetPercent: Math.round((storageAutoscaling.targetUtilization ?? 0.6) * 100),
            },
          }),
    });
  }

  /** Express brokers: storage without limit that nobody sizes, replication factor 3, always in three zones. */
  public static express(options: ExpressBrokersOptions): MskBrokers {
    return new MskBrokers({ brokerType: 'express', ...options });
  }

  /** @internal */
  public static _of(rendered: MskBrokerFacts): MskBrokers {
    return new MskBrokers(rendered);
  }

  /** @internal */
  public readonly _rendered: MskBrokerFacts;

  private constructor(rendered: MskBrokerFacts) {
    this._rendered = rendered;
  }
}

/** A fraction is refused by the rules, which know the property. */
function gibibytes(size: Size): number {
  return size.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
}
