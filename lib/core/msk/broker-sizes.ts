import { nearest } from '../issue';

export type MskBrokerType = 'standard' | 'express';

/** What a size of brokers can be asked for. What it can carry is in `core/capacity`. */
export interface MskBrokerSize {
  readonly brokerType: MskBrokerType;
  /** Ceiling of provisioned storage throughput, MiB/s; absent where none can be provisioned. */
  readonly throughputCeilingMiBps?: number;
  /** `num.replica.fetchers` that the service advises with provisioned throughput. */
  readonly replicaFetchers?: number;
  readonly tieredStorage: boolean;
  readonly kraft: boolean;
}

/**
 * Standard sizes, with the ceiling of their throughput and the fetchers that go with it. Sources: broker-instance-sizes.html, read
 * 2026-11-22, and msk-provision-throughput-management.html, read 2026-11-26, of the Amazon MSK developer guide. The ceiling of
 * kafka.m7g.2xlarge is 312.5 there; the property takes whole numbers.
 */
const STANDARD: readonly (readonly [size: string, ceiling?: number, fetchers?: number])[] = [
  ['m5.large'],
  ['m5.xlarge'],
  ['m5.2xlarge'],
  ['m5.4xlarge', 593, 4],
  ['m5.8xlarge', 850, 8],
  ['m5.12xlarge', 1000, 14],
  ['m5.16xlarge', 1000, 16],
  ['m5.24xlarge', 1000, 16],
  ['m7g.large'],
  ['m7g.xlarge'],
  ['m7g.2xlarge', 312, 2],
  ['m7g.4xlarge', 625, 4],
  ['m7g.8xlarge', 1000, 8],
  ['m7g.12xlarge', 1000, 14],
  ['m7g.16xlarge', 1000, 16],
];

/** Express sizes. Source: msk-broker-types-express.html of the Amazon MSK developer guide, read 2026-11-22. */
const EXPRESS = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'];

export const MSK_BROKER_SIZES: ReadonlyMap<string, MskBrokerSize> = new Map<string, MskBrokerSize>([
  // The only size without KRaft (cdk-preflight 0.0.143) and without tiered storage (msk-tiered-storage-requirements.html).
  ['kafka.t3.small', { brokerType: 'standard', tieredStorage: false, kraft: false }],
  ...STANDARD.map(([size, ceiling, fetchers]): [string, MskBrokerSize] => [
    `kafka.${size}`,
    {
      brokerType: 'standard',
      tieredStorage: true,
      kraft: true,
      ...(ceiling === undefined ? {} : { throughputCeilingMiBps: ceiling }),
      ...(fetchers === undefined ? {} : { replicaFetchers: fetchers }),
    },
  ]),
  ...EXPRESS.map((size): [string, MskBrokerSize] => [
    `express.m7g.${size}`,
    { brokerType: 'express', tieredStorage: false, kraft: true },
  ]),
]);

/** Sizes of a type that run the versions which the kit knows, smallest first. */
export function sizesOf(brokerType: MskBrokerType): string[] {
  return [...MSK_BROKER_SIZES].flatMap(([name, size]) => (size.brokerType === brokerType && size.kraft ? [name] : []));
}

/** Sizes of Standard brokers for which throughput can be provisioned. */
export function sizesWithThroughput(): string[] {
  return [...MSK_BROKER_SIZES].flatMap(([name, size]) => (size.throughputCeilingMiBps === undefined ? [] : [name]));
}

/** The nearest size that exists, for a mistyped one. */
export function nearestSize(written: string, brokerType: MskBrokerType): string | undefined {
  return nearest(written, sizesOf(brokerType));
}
