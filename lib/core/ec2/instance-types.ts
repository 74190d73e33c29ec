import type { EnvironmentSpec } from '../spec';

/** What AWS says of an instance type; bandwidths are those that hold for hours, without bursts. */
export interface InstanceFacts {
  readonly memoryMiB: number;
  /** Of all volumes together. */
  readonly storageBytesPerSecond: number;
  readonly networkBytesPerSecond: number;
}

type Row = readonly [size: string, memoryGiB: number, storageMBps: number, networkGbps: number];

/**
 * DescribeInstanceTypes of Amazon EC2 (BaselineThroughputInMBps, BaselineBandwidthInGbps), read 2026-11-27. Memory is that of the m family;
 * r has twice of it, c half.
 */
const GRAVITON: readonly Row[] = [
  ['medium', 4, 39.375, 0.52],
  ['large', 8, 78.75, 0.937],
  ['xlarge', 16, 156.25, 1.876],
  ['2xlarge', 32, 312.5, 3.75],
  ['4xlarge', 64, 625, 7.5],
  ['8xlarge', 128, 1250, 15],
  ['12xlarge', 192, 1875, 22.5],
  ['16xlarge', 256, 2500, 30],
];
const GRAVITON_2: readonly Row[] = [
  ['medium', 4, 39.375, 0.5],
  ['large', 8, 78.75, 0.75],
  ['xlarge', 16, 148.5, 1.25],
  ['2xlarge', 32, 296.875, 2.5],
  ['4xlarge', 64, 593.75, 5],
  ['8xlarge', 128, 1187.5, 12],
  ['12xlarge', 192, 1781.25, 20],
  ['16xlarge', 256, 2375, 25],
];
const INTEL: readonly Row[] = [
  ['large', 8, 81.25, 0.781],
  ['xlarge', 16, 156.25, 1.562],
  ['2xlarge', 32, 312.5, 3.125],
  ['4xlarge', 64, 625, 6.25],
  ['8xlarge', 128, 1250, 12.5],
  ['12xlarge', 192, 1875, 18.75],
  ['16xlarge', 256, 2500, 25],
];
const BURSTABLE: readonly Row[] = [
  ['medium', 4, 43.375, 0.256],
  ['large', 8, 86.875, 0.512],
  ['xlarge', 16, 86.875, 1.024],
  ['2xlarge', 32, 86.875, 2.048],
];

const FAMILIES: readonly [families: readonly string[], memory: number, rows: readonly Row[]][] = [
  [['m7g', 'm8g'], 1, GRAVITON],
  [['r7g', 'r8g'], 2, GRAVITON],
  [['c7g', 'c8g'], 0.5, GRAVITON],
  [['m6g'], 1, GRAVITON_2],
  [['r6g'], 2, GRAVITON_2],
  [['m6i', 'm7i'], 1, INTEL],
  [['r6i', 'r7i'], 2, INTEL],
  [['t4g'], 1, BURSTABLE],
];

export const EC2_INSTANCE_TYPES: ReadonlyMap<string, InstanceFacts> = new Map(
  FAMILIES.flatMap(([families, memory, rows]) =>
    families.flatMap((family) =>
      rows.map(([size, memoryGiB, storageMBps, networkGbps]): [string, InstanceFacts] => [
        `${family}.${size}`,
        {
          memoryMiB: memoryGiB * memory * 1024,
          storageBytesPerSecond: storageMBps * 1_000_000,
          networkBytesPerSecond: (networkGbps * 1_000_000_000) / 8,
        },
      ]),
    ),
  ),
);

/** The type of the instances of a node pool. Both defaults are arm64, which costs less for the same brokers. */
export function ec2InstanceType(spec: EnvironmentSpec, pool: string): string {
  const written = spec.targets?.ec2?.instanceTypes?.[pool];
  return written ?? (spec.nodePools[pool]?.roles.includes('broker') === false ? 't4g.medium' : 'm7g.large');
}

export type Architecture = 'arm64' | 'x86_64';

/** A g after the generation is a processor of AWS: this holds for all 1,395 types that there were on 2026-11-27; a1 was the first one. */
export function architectureOf(instanceType: string): Architecture {
  return /^(a1|[a-z]+\d+g[a-z]*)\./.test(instanceType) ? 'arm64' : 'x86_64';
}

/** Sizes that an instance type can have; another one is a slip of the pen. */
const SIZE = /^(nano|micro|small|medium|large|\d{0,3}xlarge|metal(-\d{1,2}xl)?)$/;

/** Whether it could be an instance type: the families are many and grow, the sizes are few. */
export function isInstanceType(instanceType: string): boolean {
  const [family = '', size = ''] = instanceType.split('.');
  return /^[a-z]+[\w-]*\d/.test(family) && SIZE.test(size);
}

/** The image of Amazon Linux 2023, whose packages lie in S3, so that it works without internet. */
export function machineImage(spec: EnvironmentSpec, architecture: Architecture): string {
  return (
    spec.targets?.ec2?.images?.[architecture] ??
    `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${architecture}`
  );
}
