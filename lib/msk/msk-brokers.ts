import type { Size } from 'aws-cdk-lib/core';
import type { RenderedBrokers } from './private/rendered-brokers';

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
}

/** Volumes that grow by themselves; they never shrink. */
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
}

/** The brokers of a provisioned cluster. */
export class MskBrokers {
  /** Standard brokers: storage and throughput are sized by you. */
  public static standard(options: StandardBrokersOptions): MskBrokers {
    const { instanceType, count, storage, storageAutoscaling } = options;
    return new MskBrokers({
      brokerType: 'standard',
      instanceType,
      count,
      volumeGiB: storage.toGibibytes(),
      ...(storageAutoscaling === undefined
        ? {}
        : {
            autoscaling: {
              maxGiB: storageAutoscaling.maxStorage.toGibibytes(),
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
  public static _of(rendered: RenderedBrokers): MskBrokers {
    return new MskBrokers(rendered);
  }

  /** @internal */
  public readonly _rendered: RenderedBrokers;

  private constructor(rendered: RenderedBrokers) {
    this._rendered = rendered;
  }
}
