import { NONE, PERCENT, steadily } from '../expression';
import { ofCluster, worstOf, type Ec2Expression } from './ec2-expression';

/** Wrong as soon as one node, or the cluster, says more than none of it. */
function anyOf(
  name: string,
  minutes: number,
  summary: string,
  threshold: Ec2Expression['threshold'] = NONE,
): Ec2Expression {
  return {
    published: true,
    threshold,
    alarms: (watched, most) => [
      { summary, source: ofCluster(watched, name, 'Maximum'), when: '>', threshold: most, ...steadily(minutes) },
    ],
  };
}

/** Days that are left of the certificate that ends first. */
function endsWithin(days: number, minutes: number): Ec2Expression {
  return {
    published: true,
    threshold: () => days,
    range: { least: 1, most: 300, unit: 'days' },
    alarms: (watched, threshold) => [
      {
        summary: `The certificate of a node ends within ${threshold} days.`,
        source: ofCluster(watched, 'CertificateDaysLeft', 'Minimum'),
        when: '<',
        threshold,
        ...steadily(minutes, 5),
      },
    ],
  };
}

/** Whether data is safe, and the cluster available. */
export const EC2_SAFETY: Readonly<Record<string, Ec2Expression>> = {
  'offline-partitions': anyOf('OfflinePartitionsCount', 1, 'Partitions have no leader.'),
  'under-min-isr': anyOf(
    'UnderMinIsrPartitionCount',
    1,
    'Partitions have fewer replicas in sync than min.insync.replicas.',
  ),
  'at-min-isr': anyOf(
    'AtMinIsrPartitionCount',
    30,
    'Partitions have no replica to spare.',
    ({ partitionsWithoutSpare }) => partitionsWithoutSpare,
  ),
  'under-replicated': anyOf('UnderReplicatedPartitions', 15, 'Partitions lack a replica that is in sync.'),
  'offline-log-dir': anyOf('OfflineLogDirectoryCount', 1, 'A broker cannot use a log directory.'),
  'unclean-election': anyOf('UncleanLeaderElections', 1, 'A leader was elected from replicas that were not in sync.'),
  'replication-stopped': anyOf('StoppedReplicas', 5, 'A broker does not copy partitions any more.'),
  'corrupt-records': anyOf('CorruptRecords', 1, 'A broker refused records with a wrong checksum.'),
  'cleaner-stopped': anyOf('UncleanedPartitions', 15, 'A broker has partitions that it cannot compact.'),
  'fenced-brokers': anyOf('FencedBrokerCount', 10, 'Brokers are registered and fenced.'),
  'metadata-errors': anyOf('MetadataErrors', 1, 'A node met errors in the metadata log.'),
  'late-transactions': anyOf('LateTransactions', 5, 'A transaction is open that should have ended.'),
  'certificate-ends-soon': endsWithin(21, 60),
  'certificate-ends': endsWithin(3, 5),
  'exporter-missing': {
    published: true,
    threshold: () => 1,
    alarms: (watched, threshold) => [
      {
        summary: 'The function that looks at the cluster does not run, or the cluster does not answer it.',
        source: ofCluster(watched, 'ClusterAnswers', 'Maximum'),
        when: '<',
        threshold,
        ...steadily(15),
        // All other metrics come from it, and say nothing when it does not.
        missing: 'breaching',
      },
    ],
  },
  'node-down': {
    threshold: NONE,
    alarms: (watched, threshold) => [
      ...(watched.published
        ? [
            {
              subject: 'kafka',
              summary: 'The exporter of a node does not answer: it is down.',
              source: ofCluster(watched, 'NodeUp', 'Minimum'),
              when: '<' as const,
              threshold: 1,
              ...steadily(5),
            },
          ]
        : []),
      ...worstOf(watched.nodes, {
        ...{ namespace: 'AWS/EC2', names: ['StatusCheckFailed'], statistic: 'Maximum', worst: 'MAX' },
      }).map(({ subject, of, source }) => ({
        ...{ subject, source },
        summary: `An instance failed a status check, of ${of}.`,
        when: '>' as const,
        threshold,
        ...steadily(10, 5),
      })),
    ],
  },
  'no-active-controller': {
    published: true,
    threshold: () => 1,
    alarms: (watched, threshold) => [
      {
        summary: 'No controller says that it is the active one.',
        source: ofCluster(watched, 'ActiveControllerCount', 'Maximum'),
        when: '<',
        threshold,
        ...steadily(2),
      },
    ],
  },
  'two-active-controllers': {
    published: true,
    threshold: () => 1,
    alarms: (watched, threshold) => [
      {
        summary: 'More than one controller says that it is the active one.',
        source: ofCluster(watched, 'ActiveControllerCount', 'Minimum'),
        when: '>',
        threshold,
        ...steadily(5),
      },
    ],
  },
  'quorum-no-spare': {
    published: true,
    // With one or two there never is one to spare.
    threshold: ({ controllers }) => (controllers < 3 ? undefined : Math.floor(controllers / 2) + 2),
    alarms: (watched, threshold) => [
      {
        summary: `Fewer than ${threshold} of ${watched.controllers} controllers answer: one more and there is no majority.`,
        source: ofCluster(watched, 'ControllersUp', 'Maximum'),
        when: '<',
        threshold,
        ...steadily(15),
      },
    ],
  },
  'quorum-behind': {
    published: true,
    // The active controller writes two records a second at least, so these are five minutes of an idle cluster.
    threshold: () => 600,
    range: { least: 10, most: 1e9, unit: 'records' },
    alarms: (watched, threshold) => [
      {
        summary: `A node is more than ${threshold} records behind the metadata log.`,
        source: ofCluster(watched, 'MetadataRecordsBehind', 'Maximum'),
        when: '>',
        threshold,
        ...steadily(5),
      },
    ],
  },
  'brokers-missing': {
    published: true,
    threshold: ({ brokers }) => brokers,
    alarms: (watched, threshold) => [
      {
        summary: `Fewer than ${threshold} brokers serve.`,
        source: ofCluster(watched, 'ActiveBrokerCount', 'Maximum'),
        when: '<',
        threshold,
        ...steadily(15),
      },
    ],
  },
  'isr-flapping': {
    published: true,
    threshold: NONE,
    alarms: (watched, threshold) => [
      {
        // A roll does it for some minutes; what goes on for most of an hour is none.
        summary: 'Replicas fall out of sync again and again, in eight of twelve spans of five minutes.',
        source: ofCluster(watched, 'IsrShrinks', 'Maximum'),
        when: '>',
        threshold,
        ...{ periodSeconds: 300, periods: 12, datapoints: 8, missing: 'notBreaching' },
      },
    ],
  },
  'volume-stalled': {
    threshold: NONE,
    alarms: (watched, threshold) =>
      worstOf(watched.nodes, {
        ...{ namespace: 'AWS/EBS', names: ['VolumeStalledIOCheck'], statistic: 'Maximum', worst: 'MAX' },
      }).map(({ subject, of, source }) => ({
        ...{ subject, source },
        summary: `Operations of a volume hang, of ${of}.`,
        when: '>',
        threshold,
        ...steadily(2),
      })),
  },
  'disk-filling': {
    published: true,
    range: PERCENT,
    // Half of the room that was left.
    threshold: ({ maxDiskUtilization: planned }) => Math.round((planned + (1 - planned) / 2) * 100),
    alarms: (watched, threshold) => [
      {
        summary: `A disk is more than ${threshold}% full; ${Math.round(watched.maxDiskUtilization * 100)}% were planned.`,
        source: ofCluster(watched, 'DiskUsedPercent', 'Maximum'),
        when: '>',
        threshold,
        ...steadily(30, 5),
      },
    ],
  },
  'disk-full': {
    published: true,
    range: PERCENT,
    threshold: () => 95,
    alarms: (watched, threshold) => [
      {
        summary: `A disk is more than ${threshold}% full.`,
        source: ofCluster(watched, 'DiskUsedPercent', 'Maximum'),
        when: '>',
        threshold,
        ...steadily(5),
      },
    ],
  },
};
