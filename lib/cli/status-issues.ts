import type { StatusReport } from '../admin/status';
import type { Issue } from '../core/issue';

/** What of a cluster's status is not as it should be. */
export function wrongWith(report: StatusReport): Issue[] {
  const found: Issue[] = [];
  const add = (level: Issue['level'], code: string, [message, hint]: readonly [string, string]): void => {
    found.push({ code, level, path: '', message, hint });
  };
  const { brokers, quorum, topics, partitions, throttles, unseen } = report;
  for (const { id, state, disk } of brokers) {
    if (state === 'missing')
      add('error', 'BROKER-MISSING', [
        `a declared broker is not there, got none with id ${id}; all must be up.`,
        'Read its log.',
      ]);
    if (state === 'silent')
      add('error', 'BROKER-SILENT', [
        `a broker does not answer, got silence from id ${id}; all must be up.`,
        'Read its log; on this machine kdk up starts it again.',
      ]);
    if (state === 'not declared')
      add('warning', 'BROKER-UNDECLARED', [
        `a broker is there that is not declared, got id ${id}; the node pools name all.`,
        'Compare the node pools.',
      ]);
    if ((disk?.offline.length ?? 0) > 0)
      add('error', 'LOG-DIR-OFFLINE', [
        `a broker has lost a log directory, got ${disk!.offline.join(', ')} of id ${id}; all must be online.`,
        'Look at the disk, replace it, and restart the broker.',
      ]);
  }
  if (quorum?.leaderId === -1)
    add('error', 'QUORUM-LEADER', [
      'the quorum has no leader, got -1; a majority of the voters must be up.',
      'Read the logs of the controllers.',
    ]);
  if (partitions.offline > 0)
    add('error', 'PARTITIONS-OFFLINE', [
      `partitions have no leader, got ${partitions.offline}; none may be offline.`,
      'Bring the missing brokers back.',
    ]);
  if (partitions.underMinIsr > 0)
    add('error', 'PARTITIONS-UNDER-MIN-ISR', [
      `partitions refuse records sent with acks=all, got ${partitions.underMinIsr} under min ISR; none may be.`,
      'Bring the missing brokers back.',
    ]);
  if (partitions.underReplicated > 0)
    add('warning', 'PARTITIONS-UNDER-REPLICATED', [
      `partitions have replicas missing, got ${partitions.underReplicated}; all replicas should be in sync.`,
      'Wait, or look at the brokers that lag.',
    ]);
  if (topics.missing > 0)
    add('error', 'TOPICS-MISSING', [
      `declared topics are not there, got ${topics.missing} missing of ${topics.declared}; all must be.`,
      'Run kdk plan to see which, and kdk apply to make them.',
    ]);
  if (throttles?.leftBehind === true)
    add('warning', 'THROTTLES-LEFT', [
      `replication is throttled and nothing moves, got ${throttles.brokers.length} brokers and ${throttles.topics.length} topics; replicas that fall behind are slow to catch up.`,
      'Run kdk plan: it takes off throttles that moves left behind.',
    ]);
  for (const { section, reason } of unseen)
    add('warning', 'STATUS-UNSEEN', [
      `a part of the status cannot be seen, got ${section}: ${reason}.`,
      'Ask as somebody with that right, where it matters.',
    ]);
  return found;
}
