import type { CfnConnector } from 'aws-cdk-lib/aws-kafkaconnect';
import { DEFAULT_SCALE_IN_PERCENT, DEFAULT_SCALE_OUT_PERCENT, type ConnectorCapacity } from '../../core/msk-connect';

/** A fixed number of workers. */
export interface ProvisionedConnectCapacity {
  /**
   * MSK Connect units of each worker, one being a vCPU and 4 GiB: 1, 2, 4 or 8.
   *
   * @default 1
   */
  readonly mcu?: number;
  /**
   * Workers, 1 to 10.
   *
   * @default 1
   */
  readonly workers?: number;
}

/** Workers that come and go with the load. */
export interface AutoscaledConnectCapacity {
  /**
   * MSK Connect units of each worker, one being a vCPU and 4 GiB: 1, 2, 4 or 8.
   *
   * @default 1
   */
  readonly mcu?: number;
  /**
   * Workers at least.
   *
   * @default 1
   */
  readonly minWorkers?: number;
  /** Workers at most, up to 10. */
  readonly maxWorkers: number;
  /**
   * A worker is taken away below this share of their CPU, in percent.
   *
   * @default 20
   */
  readonly scaleInPercent?: number;
  /**
   * A worker is added above this share of their CPU, in percent.
   *
   * @default 80
   */
  readonly scaleOutPercent?: number;
  /**
   * Tasks at most, at least as many as workers.
   *
   * @default - two for each unit of each worker
   */
  readonly maxTasks?: number;
}

/** How much a connector can do. It changes in place. */
export class MskConnectCapacity {
  /** A fixed number of workers. */
  public static provisioned(capacity: ProvisionedConnectCapacity = {}): MskConnectCapacity {
    return new MskConnectCapacity({ kind: 'provisioned', mcu: capacity.mcu ?? 1, workers: capacity.workers ?? 1 });
  }

  /** Workers that come and go with the load; the service then sets the number of tasks by itself. */
  public static autoscaled(capacity: AutoscaledConnectCapacity): MskConnectCapacity {
    return new MskConnectCapacity({
      kind: 'autoscaled',
      mcu: capacity.mcu ?? 1,
      minWorkers: capacity.minWorkers ?? 1,
      maxWorkers: capacity.maxWorkers,
      scaleInPercent: capacity.scaleInPercent ?? DEFAULT_SCALE_IN_PERCENT,
      scaleOutPercent: capacity.scaleOutPercent ?? DEFAULT_SCALE_OUT_PERCENT,
      ...(capacity.maxTasks === undefined ? {} : { maxTasks: capacity.maxTasks }),
    });
  }

  /** @internal */
  public static _of(capacity: ConnectorCapacity): MskConnectCapacity {
    return new MskConnectCapacity(capacity);
  }

  /** @internal */
  public readonly _capacity: ConnectorCapacity;

  private constructor(capacity: ConnectorCapacity) {
    this._capacity = capacity;
  }

  /** @internal */
  public get _rendered(): CfnConnector.CapacityProperty {
    const capacity = this._capacity;
    if (capacity.kind === 'provisioned') {
      return { provisionedCapacity: { mcuCount: capacity.mcu, workerCount: capacity.workers } };
    }
    return {
      autoScaling: {
        mcuCount: capacity.mcu,
        minWorkerCount: capacity.minWorkers,
        maxWorkerCount: capacity.maxWorkers,
        scaleInPolicy: { cpuUtilizationPercentage: capacity.scaleInPercent },
        scaleOutPolicy: { cpuUtilizationPercentage: capacity.scaleOutPercent },
        ...(capacity.maxTasks === undefined ? {} : { maxAutoscalingTaskCount: capacity.maxTasks }),
      },
    };
  }
}
