import type { StatusReport } from '../admin/status';
import type { RunningSection } from '../report';
import { wrongWith } from './status-issues';

/** Topics that are told of. */
const LARGEST = 20;

/** The status of a cluster as a part of a report. */
export function runningSection(report: StatusReport, seenAt: Date): RunningSection {
  const { clusterId, brokers, topics, partitions, largest, groups } = report;
  const { total, offline, underMinIsr, underReplicated } = partitions;
  return {
    seenAt: seenAt.toISOString(),
    ...{ clusterId, topics, partitions: { total, offline, underMinIsr, underReplicated } },
    brokers: brokers.map(({ id, state, leaders, replicas, disk }) => ({
      ...{ id, state, leaders, replicas },
      ...(disk === undefined ? {} : { dataBytes: disk.dataBytes }),
      ...(disk?.fullest === undefined
        ? {}
        : { disk: { usedBytes: disk.fullest.usedBytes, totalBytes: disk.fullest.totalBytes } }),
    })),
    largest: (largest ?? [])
      .filter(({ bytes }) => bytes > 0)
      .slice(0, LARGEST)
      .map(({ topic, bytes }) => ({ topic, bytes })),
    lags: groups?.lags ?? [],
    wrong: wrongWith(report).map(({ code, level, message, hint }) => ({ code, level, message, hint })),
  };
}
