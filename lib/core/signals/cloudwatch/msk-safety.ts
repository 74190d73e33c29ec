import { MSK_BROKER_TYPES } from '../../capacity/node-types';
import { GIB } from '../../units';
import { NONE, PERCENT, steadily } from './expression';
import {
  ofBrokers,
  ofCluster,
  ofEachBroker,
  PROVISIONED_KINDS,
  STANDARD_ONLY,
  type MskExpression,
} from './msk-expression';
import type { MskWatched } from './msk-watched';

const DAY_SECONDS = 86_400;

/** Whether data is safe and stays so. Express brokers have no metric of any of it: the service keeps it. */
export const MSK_SAFETY: Readonly<Record<string, MskExpression>> = {
  'offline-partitions': {
    on: STANDARD_ONLY,
    threshold: NONE,
    alarms: (watched, threshold) => [
      {
        summary: 'Partitions have no leader.',
        // The controller counts them, the others say 0: an average would be too small by the number of brokers.
        source: ofCluster(watched, 'OfflinePartitionsCount', 'Maximum'),
        when: '>',
        threshold,
        ...steadily(1),
      },
    ],
  },
  'under-min-isr': {
    on: STANDARD_ONLY,
    threshold: NONE,
    alarms: (watched, threshold) => [
      {
        summary: 'Partitions have fewer replicas in sync than min.insync.replicas.',
        source: ofBrokers(watched, 'UnderMinIsrPartitionCount', 'SUM'),
        when: '>',
        threshold,
        ...steadily(1),
      },
    ],
  },
  'under-replicated': {
    on: STANDARD_ONLY,
    threshold: NONE,
    alarms: (watched, threshold) => [
      {
        // Patching takes one broker away at a time, for less than a quarter of an hour.
        summary: 'Partitions lack a replica that is in sync.',
        source: ofBrokers(watched, 'UnderReplicatedPartitions', 'SUM'),
        when: '>',
        threshold,
        ...steadily(15),
      },
    ],
  },
  'no-active-controller': {
    on: PROVISIONED_KINDS,
    threshold: () => 1,
    alarms: (watched, threshold) => [
      {
        summary: 'No controller says that it is the active one, or the cluster says nothing at all.',
        source: ofCluster(watched, 'ActiveControllerCount', 'Maximum'),
        when: '<',
        threshold,
        ...steadily(5),
        // A cluster that says nothing is not one that is well.
        missing: 'breaching',
      },
    ],
  },
  'disk-filling': {
    on: STANDARD_ONLY,
    range: PERCENT,
    threshold: fillingPercent,
    alarms: (watched, threshold) => [
      {
        summary: `A volume is more than ${threshold}% full; ${Math.round(watched.maxDiskUtilization * 100)}% were planned.`,
        source: ofEachBroker(watched, 'KafkaDataLogsDiskUsed', 'MAX'),
        when: '>',
        threshold,
        ...steadily(30, 5),
      },
    ],
  },
  'disk-full': {
    on: STANDARD_ONLY,
    range: PERCENT,
    threshold: fullPercent,
    alarms: (watched, threshold) => [
      {
        summary: `A volume is more than ${threshold}% full.`,
        source: ofEachBroker(watched, 'KafkaDataLogsDiskUsed', 'MAX'),
        when: '>',
        threshold,
        ...steadily(5),
      },
    ],
  },
};

/** Half of the room that was left is used up; where volumes grow by themselves, they should have grown by then. */
function fillingPercent({ maxDiskUtilization, brokers }: MskWatched): number {
  const planned = Math.max(maxDiskUtilization * 100, brokers?.autoscaling?.targetPercent ?? 0);
  // The service advises to act at 85%.
  return Math.min(85, Math.round(planned + (100 - planned) / 2));
}

/** What one day writes still fits, between 86% and 95%; 90% where the load is not known. */
function fullPercent(watched: MskWatched): number {
  const { brokers, load } = watched;
  const day = dayPercent(brokers?.volumeGiB, brokers?.count, load?.inBytesPerSecond);
  const full = day === undefined ? 90 : Math.min(95, Math.max(86, Math.floor(100 - day)));
  return Math.max(full, fillingPercent(watched) + 1);
}

/** Share of each volume that all producers fill in a day, with three copies. */
function dayPercent(volumeGiB?: number, count?: number, inBytesPerSecond?: number): number | undefined {
  if (volumeGiB === undefined || count === undefined || inBytesPerSecond === undefined) return undefined;
  return (inBytesPerSecond * 3 * DAY_SECONDS * 100) / (count * volumeGiB * GIB);
}

/** What the service recommends for the size of the brokers. */
export function recommendedReplicas({ brokers }: MskWatched): number | undefined {
  return brokers === undefined ? undefined : MSK_BROKER_TYPES.get(brokers.instanceType)?.replicas.recommended;
}
