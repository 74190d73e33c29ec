import { MSK_BROKER_TYPES } from '../../capacity/node-types';
import { formatBytes, MIB } from '../../units';
import { MATH_METRICS, type CloudWatchAlarm, type CloudWatchMetric } from './alarm';
import { BUSY, PERCENT, steadily } from './expression';
import { EXPRESS_ONLY, ofEachBroker, PROVISIONED_KINDS, STANDARD_ONLY, type MskExpression } from './msk-expression';
import { BROKER, CLUSTER, MSK_NAMESPACE } from './msk-metrics';
import { recommendedReplicas } from './msk-safety';
import type { MskWatched } from './msk-watched';

/** Idle time is a share on Amazon MSK, whatever the metric is called. */
const SHARE = { least: 0.05, most: 0.95, unit: 'share of idle time' };

/** What a volume does without provisioned throughput (Amazon MSK developer guide, provisioned storage throughput, read 2026-11-27). */
const VOLUME_BYTES_PER_SECOND = 250 * MIB;

/** Whether brokers have enough of what they need. */
export const MSK_LOAD: Readonly<Record<string, MskExpression>> = {
  'cpu-busy': {
    on: PROVISIONED_KINDS,
    range: PERCENT,
    // The service advises 60% at most.
    threshold: BUSY,
    alarms: (watched, threshold) =>
      perBroker(watched, ['CpuUser', 'CpuSystem'], 'Average').map((part) => ({
        ...part,
        summary: `Processors are busy for more than ${threshold}% of the time.`,
        when: '>',
        threshold,
        ...steadily(15, 5),
      })),
  },
  'volume-busy': {
    on: STANDARD_ONLY,
    range: PERCENT,
    threshold: (watched) => (volumeBytesPerSecond(watched) === undefined ? undefined : 80),
    alarms: (watched, threshold) => {
      const most = volumeBytesPerSecond(watched);
      if (most === undefined) return [];
      return perBroker(watched, ['VolumeReadBytes', 'VolumeWriteBytes'], 'Sum', 300).map((part) => ({
        ...part,
        summary: `Volumes move more than ${threshold}% of the ${formatBytes(most)}/s that they can.`,
        when: '>',
        threshold: Math.floor((most * threshold) / 100),
        ...steadily(15, 5),
      }));
    },
  },
  'heap-full': {
    on: STANDARD_ONLY,
    range: PERCENT,
    threshold: () => 60,
    alarms: (watched, threshold) => [
      {
        summary: `The heap of a broker is more than ${threshold}% full after a collection.`,
        source: ofEachBroker(watched, 'HeapMemoryAfterGC', 'AVG'),
        when: '>',
        threshold,
        ...steadily(15, 5),
      },
    ],
  },
  'request-handlers-busy': {
    on: PROVISIONED_KINDS,
    range: SHARE,
    threshold: () => 0.3,
    alarms: (watched, threshold) => [
      {
        summary: `Request handlers of a broker are idle less than ${threshold * 100}% of the time.`,
        source: ofEachBroker(watched, 'RequestHandlerAvgIdlePercent', 'AVG'),
        when: '<',
        threshold,
        ...steadily(15, 5),
      },
    ],
  },
  'network-threads-busy': {
    on: PROVISIONED_KINDS,
    range: SHARE,
    threshold: () => 0.3,
    alarms: (watched, threshold) => [
      {
        summary: `Network threads of a broker are idle less than ${threshold * 100}% of the time.`,
        source: ofEachBroker(watched, 'NetworkProcessorAvgIdlePercent', 'AVG'),
        when: '<',
        threshold,
        ...steadily(15, 5),
      },
    ],
  },
  'too-many-replicas': {
    on: PROVISIONED_KINDS,
    range: { least: 1, most: 32_000, unit: 'replicas a broker' },
    threshold: recommendedReplicas,
    alarms: (watched, threshold) => [
      {
        summary: `A broker holds more than ${threshold} replicas, which are recommended for its size.`,
        source: ofEachBroker(watched, 'PartitionCount', 'MAX'),
        when: '>',
        threshold,
        ...steadily(60, 5),
      },
    ],
  },
  'network-limited': {
    on: STANDARD_ONLY,
    range: { least: 0, most: 1_000_000_000, unit: 'packets in five minutes' },
    threshold: () => 0,
    alarms: (watched, threshold) =>
      (['In', 'Out'] as const).map((way) => ({
        subject: way.toLowerCase(),
        summary: `The network of a broker holds packets back: more comes ${way.toLowerCase()} than its size allows.`,
        source: ofEachBroker(watched, `Bw${way}AllowanceExceeded`, 'SUM'),
        when: '>',
        threshold,
        ...steadily(15, 5),
      })),
  },
  'throttled-by-service': {
    on: EXPRESS_ONLY,
    range: { least: 0, most: 60_000, unit: 'milliseconds' },
    threshold: () => 0,
    alarms: (watched, threshold) =>
      (['Produce', 'Fetch'] as const).map((way) => ({
        subject: way.toLowerCase(),
        summary: `Brokers make clients wait that ${way.toLowerCase()}: their throughput is used up, or a quota is.`,
        source: ofEachBroker(watched, `${way}ThrottleTime`, 'AVG'),
        when: '>',
        threshold,
        ...steadily(15, 5),
      })),
  },
};

/** What each volume, or what lies between it and its broker, can move; undefined where the size is not known. */
function volumeBytesPerSecond({ brokers }: MskWatched): number | undefined {
  if (brokers === undefined) return undefined;
  const most = MSK_BROKER_TYPES.get(brokers.instanceType)?.storageBytesPerSecond;
  if (most === undefined) return undefined;
  const { throughputMiBps } = brokers;
  return Math.min(most, throughputMiBps === undefined ? VOLUME_BYTES_PER_SECOND : throughputMiBps * MIB);
}

/**
 * The sum of two metrics of each broker, the largest of them: a calculation takes ten metrics, so there is an alarm for every five brokers.
 * A query over all brokers cannot add two metrics up. Brokers are numbered from 1. With `perSeconds` the sum becomes a rate.
 */
function perBroker(
  { clusterName, brokers }: MskWatched,
  names: readonly [string, string],
  statistic: CloudWatchMetric['statistic'],
  perSeconds?: number,
): Pick<CloudWatchAlarm, 'subject' | 'source'>[] {
  const count = brokers?.count ?? 0;
  const size = MATH_METRICS / names.length;
  return Array.from({ length: Math.ceil(count / size) }, (_, part) => {
    const ids = Array.from(
      { length: Math.min(size, count - part * size) },
      (_unused, index) => part * size + index + 1,
    );
    const metrics = Object.fromEntries(
      ids.flatMap((id) =>
        names.map((name, index): [string, CloudWatchMetric] => [
          `${'ab'[index]!}${id}`,
          { namespace: MSK_NAMESPACE, name, statistic, dimensions: { [CLUSTER]: clusterName, [BROKER]: String(id) } },
        ]),
      ),
    );
    const sums = ids.map((id) => `a${id}+b${id}`);
    const most = sums.length === 1 ? sums[0]! : `MAX([${sums.join(', ')}])`;
    return {
      ...(count <= size ? {} : { subject: `brokers-${ids[0]!}-${ids.at(-1)!}` }),
      source: { kind: 'math', expression: perSeconds === undefined ? most : `(${most})/${perSeconds}`, metrics },
    };
  });
}
