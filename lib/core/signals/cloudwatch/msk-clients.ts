import { MSK_BROKER_TYPES } from '../../capacity/node-types';
import { formatBytes } from '../../units';
import type { CloudWatchAlarm } from './alarm';
import { groupLate, PERCENT, steadily } from './expression';
import {
  ALL_KINDS,
  EXPRESS_ONLY,
  fleet,
  ofBrokers,
  ofCluster,
  ofEachBroker,
  PROVISIONED_KINDS,
  type MskExpression,
} from './msk-expression';
import { AUTHENTICATION, BROKER, CLUSTER, GROUP, TOPIC } from './msk-metrics';
import type { MskWatched } from './msk-watched';

/** What a Serverless cluster takes and gives, bytes a second (Amazon MSK developer guide, quotas, read 2026-11-27). */
const SERVERLESS_INGRESS = 200_000_000;
const SERVERLESS_EGRESS = 400_000_000;

/** Connections of a broker that log in with IAM, and new ones a second (the same page). */
const IAM_CONNECTIONS = 3_000;
const IAM_NEW_CONNECTIONS = 100;

/** What clients do to a cluster, and how far behind they are. */
export const MSK_CLIENTS: Readonly<Record<string, MskExpression>> = {
  'group-late': {
    on: ALL_KINDS,
    // On all of its topics, which need not be known.
    ...groupLate(({ clusterName }: MskWatched, group, lag) =>
      fleet({
        ...(lag === 'time'
          ? { name: 'EstimatedMaxTimeLag', statistic: 'MAX' }
          : { name: 'SumOffsetLag', statistic: 'SUM' }),
        where: { [CLUSTER]: clusterName, [GROUP]: group },
        across: [TOPIC],
      }),
    ),
  },
  'ingress-high': {
    on: ALL_KINDS,
    range: { least: 1, most: 1e12, unit: 'bytes a second' },
    threshold: (watched) => lowest(watched.load?.inBytesPerSecond, carried(watched, 'in')),
    alarms: (watched, threshold) => traffic(watched, { way: 'in', threshold, who: 'Producers write' }),
  },
  'egress-high': {
    on: ['express', 'serverless'],
    range: { least: 1, most: 1e12, unit: 'bytes a second' },
    threshold: (watched) => carried(watched, 'out'),
    alarms: (watched, threshold) => traffic(watched, { way: 'out', threshold, who: 'Consumers read' }),
  },
  'connections-many': {
    on: PROVISIONED_KINDS,
    range: PERCENT,
    threshold: ({ authentications }) => (authentications.includes('iam') ? 80 : undefined),
    alarms: (watched, threshold) => [
      {
        subject: 'open',
        summary: `A broker has more than ${threshold}% of the ${IAM_CONNECTIONS} connections with IAM that it may have.`,
        source: fleet({
          name: 'ClientConnectionCount',
          statistic: 'MAX',
          where: { [CLUSTER]: watched.clusterName, [AUTHENTICATION]: 'IAM' },
          across: [BROKER],
          each: BROKER,
        }),
        when: '>',
        threshold: (IAM_CONNECTIONS * threshold) / 100,
        ...steadily(15, 5),
      },
      {
        subject: 'new',
        summary: `A broker gets more than ${threshold} new connections a second; beyond ${IAM_NEW_CONNECTIONS} it refuses those with IAM.`,
        source: ofEachBroker(watched, 'ConnectionCreationRate', 'AVG'),
        when: '>',
        threshold: (IAM_NEW_CONNECTIONS * threshold) / 100,
        ...steadily(3),
      },
      {
        subject: 'refused',
        summary: 'A broker refuses connections with IAM: they come faster than it lets in.',
        source: ofEachBroker(watched, 'IAMTooManyConnections', 'SUM'),
        when: '>',
        threshold: 0,
        ...steadily(5),
      },
    ],
  },
  'storage-beyond-plan': {
    on: EXPRESS_ONLY,
    range: { least: 1, most: 1e16, unit: 'bytes' },
    threshold: ({ load }) => (load?.keptBytes === undefined ? undefined : Math.ceil(load.keptBytes * 1.2)),
    alarms: (watched, threshold) => [
      {
        summary: `More than ${formatBytes(threshold)} are kept: a fifth more than load and retention of the topics come to.`,
        source: ofCluster(watched, 'StorageUsed', 'Maximum'),
        when: '>',
        threshold,
        ...steadily(60, 5),
      },
    ],
  },
};

interface Traffic {
  readonly way: 'in' | 'out';
  readonly threshold: number;
  readonly who: string;
}

/** Of the whole cluster. Rates are published once a minute, so that they may be added up over one. */
function traffic(watched: MskWatched, { way, threshold, who }: Traffic): CloudWatchAlarm[] {
  const name = way === 'in' ? 'BytesInPerSec' : 'BytesOutPerSec';
  const source =
    watched.kind === 'serverless'
      ? fleet({ name, statistic: 'SUM', where: { [CLUSTER]: watched.clusterName }, across: [TOPIC] })
      : ofBrokers(watched, name, 'SUM');
  return [
    {
      summary: `${who} more than ${formatBytes(Math.round(threshold))}/s, which the cluster was sized for.`,
      source,
      when: '>',
      threshold: Math.round(threshold),
      ...steadily(30),
    },
  ];
}

/** What the cluster still carries after the loss that is to be survived, at most four fifths of all; undefined where nothing says it. */
function carried({ kind, brokers, shareLeft }: MskWatched, way: 'in' | 'out'): number | undefined {
  if (kind === 'serverless') return 0.8 * (way === 'in' ? SERVERLESS_INGRESS : SERVERLESS_EGRESS);
  const clients = brokers === undefined ? undefined : MSK_BROKER_TYPES.get(brokers.instanceType)?.clients;
  if (clients === undefined) return undefined;
  const each = way === 'in' ? clients.ingressBytesPerSecond : clients.egressBytesPerSecond;
  return each * brokers!.count * Math.min(0.8, shareLeft);
}

function lowest(...values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
