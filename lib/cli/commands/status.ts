import { clusterStatus, type BrokerStatus, type StatusReport } from '../../admin/status';
import { formatBytes } from '../../core/units';
import { counted, number, share } from '../amounts';
import { withClient } from '../cluster';
import type { ClusterOptions } from '../cluster-options';
import { metricsAddresses, metricsLine } from '../metrics-addresses';
import { openCluster } from '../open-cluster';
import type { Context, Outcome } from '../outcome';
import { wrongWith } from '../status-issues';

/** Brokers that are up; one that is not is always shown. */
const MOST_BROKERS = 12;
const MOST_TOPICS = 5;

/** `kdk status ENV`: a live cluster on one screen. */
export async function status(argument: string, options: ClusterOptions, context: Context): Promise<Outcome> {
  const { model, name, issues, address } = await openCluster(argument, options, context);
  context.progress({ step: 'asking the cluster' });
  const report = await withClient(address, context, (client) => clusterStatus(client, model));
  const metrics = model.target === 'local' ? metricsAddresses(model.nodes) : [];
  return {
    environment: name,
    issues: [...issues, ...wrongWith(report)],
    result: {
      bootstrapServers: address.bootstrapServers,
      ...report,
      ...(metrics.length === 0 ? {} : { metrics }),
    },
    lines: [...describe(name, report), ...metricsLine(metrics)],
  };
}

function describe(name: string, report: StatusReport): string[] {
  const { clusterId, brokers, quorum, topics, partitions, unseen } = report;
  const { total, offline, underMinIsr, underReplicated, names } = partitions;
  return [
    `${name}: cluster ${clusterId}`,
    ...describeBrokers(brokers),
    ...(quorum === undefined
      ? []
      : [
          `quorum: leader ${quorum.leaderId === -1 ? 'none' : quorum.leaderId}, voters ${quorum.voters.join(', ')}, largest lag ${counted(quorum.maxLag, 'record')}`,
        ]),
    `topics: ${number(topics.total)}, ${topics.declared - topics.missing} of ${topics.declared} declared ones are there`,
    `partitions: ${number(total)}, ${offline} offline, ${underMinIsr} under min ISR, ${underReplicated} with replicas missing`,
    ...namesLine('offline', names.offline, offline),
    ...namesLine('under min ISR', names.underMinIsr, underMinIsr),
    ...largestLine(report),
    ...describeGroups(report),
    ...describeMoves(report),
    ...unseen.map(({ section, reason }) => `${section}: ${reason}`),
  ];
}

function describeBrokers(brokers: readonly BrokerStatus[]): string[] {
  const up = brokers.filter(({ state }) => state === 'up');
  const shown = new Set([...brokers.filter(({ state }) => state !== 'up'), ...up.slice(0, MOST_BROKERS)]);
  const rest = brokers.length - shown.size;
  return [
    `brokers: ${up.length} of ${brokers.length} up`,
    ...brokers.filter((broker) => shown.has(broker)).map(describeBroker),
    ...(rest === 0 ? [] : [`  and ${rest} more up`]),
  ];
}

function describeBroker({ id, address, rack, state, leaders, replicas, disk }: BrokerStatus): string {
  const place = [address, rack === undefined ? undefined : `rack ${rack}`].filter((part) => part !== undefined);
  const { dataBytes, fullest, offline = [] } = disk ?? {};
  return [
    `  ${id} ${state}${place.length === 0 ? '' : ` ${place.join(' ')}`}: leads ${number(leaders)} partitions, holds ${number(replicas)}`,
    ...(dataBytes === undefined ? [] : [`${formatBytes(dataBytes)} of data`]),
    ...(fullest === undefined ? [] : [`disk ${share(fullest.usedBytes, fullest.totalBytes)} at ${fullest.path}`]),
    ...(offline.length === 0 ? [] : [`lost ${offline.join(', ')}`]),
  ].join(', ');
}

function namesLine(what: string, names: readonly string[], total: number): string[] {
  if (names.length === 0) return [];
  return [`  ${what}: ${names.join(', ')}${total > names.length ? ` and ${total - names.length} more` : ''}`];
}

/** Who to ask when a disk fills. */
function largestLine({ largest = [] }: StatusReport): string[] {
  const shown = largest.filter(({ bytes }) => bytes > 0).slice(0, MOST_TOPICS);
  if (shown.length === 0) return [];
  return [`largest topics: ${shown.map(({ topic, bytes }) => `${topic} ${formatBytes(bytes)}`).join(', ')}`];
}

function describeGroups({ groups }: StatusReport): string[] {
  if (groups === undefined) return [];
  const lags = groups.lags.map(({ group, topic, lag }) => `  ${group} is ${counted(lag, 'record')} behind on ${topic}`);
  return [
    `groups: ${number(groups.total)}, ${groups.active} with members${lags.length === 0 ? ', none behind' : '; furthest behind:'}`,
    ...lags,
  ];
}

function describeMoves({ moves, throttles }: StatusReport): string[] {
  return [
    ...(moves === undefined || moves.partitions === 0
      ? []
      : [
          `moves: ${counted(moves.partitions, 'partition')}${moves.bytesLeft === undefined ? '' : `, ${formatBytes(moves.bytesLeft)} left to copy`}: ${moves.names.join(', ')}${moves.partitions > moves.names.length ? ' …' : ''}`,
        ]),
    ...(throttles === undefined || throttles.brokers.length + throttles.topics.length === 0
      ? []
      : [
          `throttles: ${[
            ...throttles.brokers.map(
              ({ broker, bytesPerSecond }) => `broker ${broker} at ${formatBytes(bytesPerSecond)}/s`,
            ),
            ...(throttles.topics.length === 0 ? [] : [`on ${counted(throttles.topics.length, 'topic')}`]),
          ].join(', ')}`,
        ]),
  ];
}
