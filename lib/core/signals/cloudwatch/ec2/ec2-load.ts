import { formatBytes } from '../../../units';
import { BUSY, groupLate, NONE, PERCENT, steadily } from '../expression';
import { ofCluster, ofGroup, worstOf, type Ec2Expression } from './ec2-expression';
import type { Ec2Watched } from './ec2-watched';

/** What Amazon MSK recommends at most for its largest brokers (developer guide, 2026-11); its smaller ones get less. */
const MOST_REPLICAS = 4_000;

interface Limit {
  readonly metric: string;
  readonly when: '>' | '<';
  readonly percent: number;
  /** `%` stands for the threshold. */
  readonly summary: string;
}

/** A share of which the worst node has too much, or too little, for a quarter of an hour. */
function beyond({ metric, when, percent, summary }: Limit): Ec2Expression {
  return {
    published: true,
    range: PERCENT,
    threshold: () => percent,
    alarms: (watched, threshold) => [
      {
        summary: summary.replace('%', `${threshold}%`),
        source: ofCluster(watched, metric, when === '>' ? 'Maximum' : 'Minimum'),
        when,
        threshold,
        ...steadily(15),
      },
    ],
  };
}

/** Whether nodes have enough of what they need, and what clients do to them. */
export const EC2_LOAD: Readonly<Record<string, Ec2Expression>> = {
  'request-handlers-busy': beyond({
    ...{ metric: 'RequestHandlersIdlePercent', when: '<', percent: 30 },
    summary: 'Request handlers of a broker are idle less than % of the time.',
  }),
  'network-threads-busy': beyond({
    ...{ metric: 'NetworkThreadsIdlePercent', when: '<', percent: 30 },
    summary: 'Network threads of a broker are idle less than % of the time.',
  }),
  'heap-full': beyond({
    ...{ metric: 'HeapAfterCollectionPercent', when: '>', percent: 80 },
    summary: 'The heap of a node is more than % full after a collection.',
  }),
  'garbage-collection': beyond({
    ...{ metric: 'CollectionTimePercent', when: '>', percent: 10 },
    summary: 'A node spends more than % of its time on garbage collection.',
  }),
  'file-descriptors': beyond({
    ...{ metric: 'OpenFilesPercent', when: '>', percent: 80 },
    summary: 'A node has more than % of its files open.',
  }),
  'leaders-uneven': {
    published: true,
    range: PERCENT,
    threshold: () => 10,
    alarms: (watched, threshold) => [
      {
        summary: `More than ${threshold}% of partitions are not led by their preferred leader.`,
        source: ofCluster(watched, 'LeadersElsewherePercent', 'Maximum'),
        when: '>',
        threshold,
        ...steadily(30, 5),
      },
    ],
  },
  'too-many-replicas': {
    published: true,
    range: { least: 1, most: 200_000, unit: 'replicas' },
    threshold: () => MOST_REPLICAS,
    alarms: (watched, threshold) => [
      {
        summary: `A broker holds more than ${threshold} replicas.`,
        source: ofCluster(watched, 'PartitionCount', 'Maximum'),
        when: '>',
        threshold,
        ...steadily(60, 5),
      },
    ],
  },
  'ingress-high': {
    published: true,
    range: { least: 1, most: 1e12, unit: 'bytes a second' },
    threshold: ({ load }) => load?.inBytesPerSecond,
    alarms: (watched, threshold) => [
      {
        summary: `Producers write more than ${formatBytes(threshold)}/s to the cluster.`,
        // An average over brokers: a minute with two looks would count twice in a sum.
        source: ofCluster(watched, 'BytesInPerSecond', 'Average'),
        when: '>',
        threshold: Math.ceil(threshold / Math.max(1, watched.brokers)),
        ...steadily(30, 5),
      },
    ],
  },
  'group-late': {
    published: true,
    ...groupLate((watched: Ec2Watched, group, lag) =>
      ofGroup(watched, group, lag === 'time' ? 'LagSeconds' : 'LagRecords'),
    ),
  },
  'cpu-busy': {
    range: PERCENT,
    threshold: BUSY,
    alarms: (watched, threshold) =>
      worstOf(brokersOf(watched), {
        ...{ namespace: 'AWS/EC2', names: ['CPUUtilization'], statistic: 'Average', worst: 'MAX' },
      }).map(({ subject, of, source }) => ({
        ...{ subject, source },
        summary: `Processors are busy for more than ${threshold}% of the time, of ${of}.`,
        when: '>',
        threshold,
        ...steadily(15, 5),
      })),
  },
  'volume-busy': {
    threshold: NONE,
    alarms: (watched, threshold) => [
      // 1 in a minute in which more was asked of a volume than it was made for.
      ...worstOf(brokersOf(watched), {
        ...{ namespace: 'AWS/EBS', names: EXCEEDED, statistic: 'Maximum', worst: 'MAX' },
      }).map(({ subject, of, source }) => ({
        ...{ subject, source },
        summary: `More is asked of a volume than it was made for, of ${of}.`,
        when: '>' as const,
        threshold,
        ...steadily(15),
      })),
      // What smaller instances may do for half an hour a day is not what they can do all day.
      ...worstOf(
        brokersOf(watched).filter(({ bursts }) => bursts),
        { namespace: 'AWS/EC2', names: ['EBSByteBalance%'], statistic: 'Minimum', worst: 'MIN' },
      ).map(({ subject, of, source }) => ({
        ...{ subject, source },
        summary: `An instance has used most of the bursts that it has to its volumes, of ${of}.`,
        when: '<' as const,
        threshold: LEAST_BALANCE,
        ...steadily(15, 5),
      })),
    ],
  },
};

/** Checks of volumes on Nitro instances (Amazon EBS user guide, CloudWatch metrics, read 2026-11-27). */
const EXCEEDED = ['VolumeThroughputExceededCheck', 'VolumeIOPSExceededCheck'];
/** Percent. */
const LEAST_BALANCE = 20;

const brokersOf = ({ nodes }: Ec2Watched): Ec2Watched['nodes'] => nodes.filter(({ isBroker }) => isBroker);
