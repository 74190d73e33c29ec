import { bottleneckOf, demandOf, shareOf, utilizationOf, type Utilization } from '../../core/capacity';
import type { EnvironmentModel } from '../../core/model';

export interface CapacitySection {
  readonly lines: readonly CapacityLine[];
  readonly bottleneck?: CapacityLine;
  /** How many times the declared load would use the bottleneck up; absent where it does not grow with the load. */
  readonly growth?: number;
  readonly survive: 'nothing' | 'node' | 'rack';
  readonly brokers: number;
  /** Brokers that are left after the loss that is to be survived; absent where no topic declares a load. */
  readonly brokersLeft?: number;
  readonly topics: number;
  readonly topicsWithLoad: number;
  /** Bytes that clients write, and read, over all brokers. */
  readonly clientBytesPerSecond?: { readonly written: number; readonly read: number };
  readonly largest?: { readonly topic: string; readonly diskBytes: number };
}

export interface CapacityLine extends Utilization {
  /** 1: as much as is good. */
  readonly share: number;
}

export function capacitySection(model: EnvironmentModel): CapacitySection {
  const lines = utilizationOf(model).map((line) => ({ ...line, share: shareOf(line) }));
  const worst = bottleneckOf(lines) as CapacityLine | undefined;
  const demand = demandOf(model);
  return {
    lines,
    ...(worst === undefined ? {} : { bottleneck: worst }),
    ...(worst?.growsWithLoad === true && worst.used > 0 ? { growth: 1 / worst.share } : {}),
    survive: model.capacity.survive,
    brokers: model.brokerCount,
    ...(demand === undefined
      ? {}
      : {
          brokersLeft: demand.brokers,
          clientBytesPerSecond: {
            written: demand.clientInBytesPerSecond * demand.brokers,
            read: demand.clientOutBytesPerSecond * demand.brokers,
          },
          ...(demand.largest === undefined ? {} : { largest: demand.largest }),
        }),
    topics: model.topics.length,
    topicsWithLoad: model.topics.filter(({ load }) => load !== undefined).length,
  };
}
