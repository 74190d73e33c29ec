import { clusterStatus, type BrokerStatus, type StatusReport } from '../../admin';
import type { Issue } from '../../core/issue';
import { withClient } from '../cluster';
import { openCluster, type ClusterCommandOptions } from '../open-cluster';
import type { Context, Outcome } from '../outcome';

/** `kdk status ENV`: a live cluster on one screen. */
export async function status(argument: string, options: ClusterCommandOptions, context: Context): Promise<Outcome> {
  const { progress, signal } = context;
  const { model, name, issues, address } = await openCluster(argument, options, context);
  progress({ step: 'asking the cluster' });
  const report = await withClient(address, signal, (client) => clusterStatus(client, model));
  return {
    environment: name,
    issues: [...issues, ...wrongWith(report)],
    result: { bootstrapServers: address.bootstrapServers, ...report },
    lines: describe(name, report),
  };
}

function describe(name: string, { clusterId, brokers, quorum, topics, partitions }: StatusReport): string[] {
  const { total, offline, underMinIsr, underReplicated } = partitions;
  return [
    `${name}: cluster ${clusterId}`,
    `brokers: ${brokers.filter(({ state }) => state === 'up').length} of ${brokers.length} up`,
    ...brokers.map(describeBroker),
    `quorum: leader ${quorum.leaderId === -1 ? 'none' : quorum.leaderId}, voters ${quorum.voters.join(', ')}, largest lag ${quorum.maxLag} records`,
    `topics: ${topics.total}, ${topics.declared - topics.missing} of ${topics.declared} declared ones are there`,
    `partitions: ${total}, ${offline} offline, ${underMinIsr} under min ISR, ${underReplicated} with replicas missing`,
  ];
}

function describeBroker({ id, address, rack, state, leaders, replicas }: BrokerStatus): string {
  const place = [address, rack === undefined ? undefined : `rack ${rack}`].filter((part) => part !== undefined);
  return `  ${id} ${state}${place.length === 0 ? '' : ` ${place.join(' ')}`}: leads ${leaders} partitions, holds ${replicas}`;
}

function wrongWith({ brokers, quorum, topics, partitions }: StatusReport): Issue[] {
  const found: Issue[] = [];
  const add = (level: Issue['level'], code: string, message: string, hint: string): void => {
    found.push({ code, level, path: '', message, hint });
  };
  for (const { id, state } of brokers) {
    if (state === 'missing')
      add(
        'error',
        'BROKER-MISSING',
        `a declared broker is not there, got none with id ${id}; all must be up.`,
        'Read its log.',
      );
    if (state === 'silent')
      add(
        'error',
        'BROKER-SILENT',
        `a broker does not answer, got silence from id ${id}; all must be up.`,
        'Read its log; on this machine kdk up starts it again.',
      );
    if (state === 'not declared')
      add(
        'warning',
        'BROKER-UNDECLARED',
        `a broker is there that is not declared, got id ${id}; the node pools name all.`,
        'Compare the node pools.',
      );
  }
  if (quorum.leaderId === -1)
    add(
      'error',
      'QUORUM-LEADER',
      'the quorum has no leader, got -1; a majority of the voters must be up.',
      'Read the logs of the controllers.',
    );
  if (partitions.offline > 0)
    add(
      'error',
      'PARTITIONS-OFFLINE',
      `partitions have no leader, got ${partitions.offline}; none may be offline.`,
      'Bring the missing brokers back.',
    );
  if (partitions.underMinIsr > 0)
    add(
      'error',
      'PARTITIONS-UNDER-MIN-ISR',
      `partitions refuse records sent with acks=all, got ${partitions.underMinIsr} under min ISR; none may be.`,
      'Bring the missing brokers back.',
    );
  if (partitions.underReplicated > 0)
    add(
      'warning',
      'PARTITIONS-UNDER-REPLICATED',
      `partitions have replicas missing, got ${partitions.underReplicated}; all replicas should be in sync.`,
      'Wait, or look at the brokers that lag.',
    );
  if (topics.missing > 0)
    add(
      'error',
      'TOPICS-MISSING',
      `declared topics are not there, got ${topics.missing} missing of ${topics.declared}; all must be.`,
      'Run kdk verify to see which.',
    );
  return found;
}
