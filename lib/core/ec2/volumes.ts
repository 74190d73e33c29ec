import { demandOf } from '../capacity/demand';
import type { EnvironmentModel, NodePoolModel } from '../model';
import { formatBytes, GIB, MIB, rateBytesPerSecond } from '../units';
import { EC2_INSTANCE_TYPES, ec2InstanceType } from './instance-types';

/**
 * Limits of a gp3 volume; the least of throughput and operations is included in its price. Source: Amazon EBS user guide, General Purpose SSD
 * volumes; AWS, 2025-09: 64 TiB, 80,000 operations and 2,000 MiB/s; read 2026-11-27.
 */
export const GP3 = {
  mostGiB: 65_536,
  throughputMiBps: { least: 125, most: 2000 },
  iops: { least: 3000, most: 80_000, perGiB: 500 },
  /** MiB/s for each operation a second. */
  throughputPerIops: 0.25,
} as const;

/** Written bytes are read once more: by followers that catch up, and by consumers that are behind the page cache. */
const READ_AGAIN = 2;
const STEP_MIBPS = 25;

/** What each volume of the nodes of a pool is made for. */
export interface VolumePerformance {
  readonly throughputMiBps: number;
  readonly iops: number;
  /** Where throughput comes from. */
  readonly why: string;
}

export function volumePerformance(model: EnvironmentModel, pool: NodePoolModel): VolumePerformance {
  const written = model.spec.targets?.ec2?.volumes?.[pool.name];
  const smallest = Math.min(...pool.volumeBytes) / GIB;
  const [throughputMiBps, why] =
    written?.throughput === undefined
      ? fromLoad(model, pool)
      : [rateBytesPerSecond(written.throughput) / MIB, 'written in the environment'];
  const iops = written?.iops ?? Math.max(GP3.iops.least, Math.ceil(throughputMiBps / GP3.throughputPerIops));
  const possible = Math.max(GP3.iops.least, Math.floor(smallest * GP3.iops.perGiB));
  if (written !== undefined || iops <= possible) return { throughputMiBps, iops, why };
  return {
    throughputMiBps: Math.floor(possible * GP3.throughputPerIops),
    iops: possible,
    why: `as much as volumes of ${formatBytes(smallest * GIB)} can have: 500 operations a second for each GiB`,
  };
}

function fromLoad(model: EnvironmentModel, pool: NodePoolModel): readonly [number, string] {
  const { least, most } = GP3.throughputMiBps;
  const demand = pool.roles.includes('broker') ? demandOf(model) : undefined;
  if (demand === undefined) return [least, 'included in the price of a volume; no topic declares its load'];
  const volumes = Math.max(1, pool.volumeBytes.length);
  const wanted = (demand.inBytesPerSecond * READ_AGAIN) / volumes / MIB;
  const ceiling = EC2_INSTANCE_TYPES.get(ec2InstanceType(model.spec, pool.name))?.storageBytesPerSecond;
  const carried = ceiling === undefined ? most : Math.floor(ceiling / volumes / MIB);
  const rounded = Math.ceil(wanted / STEP_MIBPS) * STEP_MIBPS;
  const throughput = Math.max(least, Math.min(rounded, carried, most));
  const written = `${formatBytes(demand.inBytesPerSecond)}/s are written to a broker after the loss that is survived, and read once more by whoever is behind`;
  if (rounded <= least) return [least, `included in the price of a volume; ${written}`];
  return [throughput, throughput < rounded ? `${written}; the instance carries no more` : written];
}
