import { EC2_INSTANCE_TYPES } from '../ec2/instance-types';

const MIB = 1024 ** 2;
const MB = 1_000_000;

/** What one broker of a kind can carry. */
export interface NodeCapacity {
  /** Network in each direction, bytes a second; absent: not known. */
  readonly networkBytesPerSecond?: number;
  /** Throughput of the volumes, bytes a second. */
  readonly storageBytesPerSecond?: number;
  /** Of these, what lies between an instance and all of its volumes (EC2). */
  readonly instanceStorageBytesPerSecond?: number;
  /** Replicas of partitions, leaders and followers. */
  readonly replicas: { readonly recommended: number; readonly most?: number };
  /** What clients may write and read, where the service replicates beyond it (Express). */
  readonly clients?: { readonly ingressBytesPerSecond: number; readonly egressBytesPerSecond: number };
}

/**
 * Self-managed: "no more than 4,000 partitions per broker" (Apache Kafka blog, Jun Rao, 2018-11); KRaft moved the limit of a cluster,
 * not that of a broker's open files and recovery.
 */
export const SELF_MANAGED: NodeCapacity = { replicas: { recommended: 4000 } };

/**
 * Amazon MSK Standard brokers. Partitions: developer guide, best practices and limits, read 2026-10-06. Network and EBS baselines: AWS's
 * sizing script of 2026-08-13, MiB/s; for m5 they are not in it and so not checked.
 */
const STANDARD: readonly [size: string, recommended: number, most: number, network?: number, storage?: number][] = [
  ['m5.large', 1000, 1500],
  ['m5.xlarge', 1000, 1500],
  ['m5.2xlarge', 2000, 3000],
  ['m5.4xlarge', 4000, 6000],
  ['m5.8xlarge', 4000, 6000],
  ['m5.12xlarge', 4000, 6000],
  ['m5.16xlarge', 4000, 6000],
  ['m5.24xlarge', 4000, 6000],
  ['m7g.large', 1000, 1500, 117, 78.75],
  ['m7g.xlarge', 1000, 1500, 234, 156.25],
  ['m7g.2xlarge', 2000, 3000, 469, 312.5],
  ['m7g.4xlarge', 4000, 6000, 937, 625],
  ['m7g.8xlarge', 4000, 6000, 1875, 1000],
  ['m7g.12xlarge', 4000, 6000, 2812, 1000],
  ['m7g.16xlarge', 4000, 6000, 3750, 1000],
];

/** Express brokers: sustained ingress and egress in MB/s, partitions (developer guide, Express broker quota, read 2026-10-06). */
const EXPRESS: readonly [size: string, ingress: number, egress: number, recommended: number, most: number][] = [
  ['m7g.large', 15.6, 31.2, 1000, 1500],
  ['m7g.xlarge', 31.2, 62.5, 1000, 2000],
  ['m7g.2xlarge', 62.5, 125, 2500, 4000],
  ['m7g.4xlarge', 124.9, 249.8, 6000, 8000],
  ['m7g.8xlarge', 250, 500, 12000, 16000],
  ['m7g.12xlarge', 375, 750, 16000, 24000],
  ['m7g.16xlarge', 500, 1000, 20000, 32000],
];

export const MSK_BROKER_TYPES: ReadonlyMap<string, NodeCapacity> = new Map([
  ...STANDARD.map(([size, recommended, most, network, storage]): [string, NodeCapacity] => [
    `kafka.${size}`,
    {
      replicas: { recommended, most },
      ...(network === undefined ? {} : { networkBytesPerSecond: network * MIB }),
      ...(storage === undefined ? {} : { storageBytesPerSecond: storage * MIB }),
    },
  ]),
  ...EXPRESS.map(([size, ingress, egress, recommended, most]): [string, NodeCapacity] => [
    `express.${size}`,
    {
      replicas: { recommended, most },
      clients: { ingressBytesPerSecond: ingress * MB, egressBytesPerSecond: egress * MB },
    },
  ]),
]);

/** Of an instance whose type is not known here, only what holds for every broker. */
export function ec2NodeCapacity(instanceType: string): NodeCapacity {
  const facts = EC2_INSTANCE_TYPES.get(instanceType);
  if (facts === undefined) return SELF_MANAGED;
  const { networkBytesPerSecond, storageBytesPerSecond } = facts;
  return { ...SELF_MANAGED, networkBytesPerSecond, storageBytesPerSecond };
}

/** Default of `targets.msk.instanceType`, by broker type. */
export function mskInstanceType(type: 'standard' | 'express' | undefined, written: string | undefined): string {
  return written ?? (type === 'express' ? 'express.m7g.large' : 'kafka.m7g.large');
}
