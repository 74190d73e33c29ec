import { fleetQuery, type CloudWatchFleet } from './alarm';
import { MOST_LINES, type Graph } from './dashboard-graphs';
import { BROKER, CLUSTER, GROUP, MSK_NAMESPACE, TOPIC } from './msk-metrics';
import type { MskWatched } from './msk-watched';

/** Who reads and writes how much, and who is behind: the ten that are first. */
export function trafficGraphs({ clusterName, kind }: MskWatched): Graph[] {
  const top = (title: string, of: Pick<CloudWatchFleet, 'name' | 'statistic' | 'across' | 'each'>): Graph => {
    const fleet = { namespace: MSK_NAMESPACE, where: { [CLUSTER]: clusterName }, ...of };
    const expression = fleetQuery(fleet, { when: '>', most: MOST_LINES });
    return { title, metrics: [[{ id: 'q', expression, period: 60, label: '' }]], thresholds: [] };
  };
  const sum = (title: string, name: string, across: readonly string[], each: string): Graph =>
    top(title, { name, statistic: 'SUM', across, each });
  const lag = top('How far behind groups are, seconds', {
    name: 'EstimatedMaxTimeLag',
    statistic: 'MAX',
    across: [GROUP, TOPIC],
    each: GROUP,
  });
  if (kind === 'serverless') {
    return [
      sum('Bytes in by topic', 'BytesInPerSec', [TOPIC], TOPIC),
      sum('Bytes out by topic', 'BytesOutPerSec', [TOPIC], TOPIC),
      sum('Records in by topic', 'MessagesInPerSec', [TOPIC], TOPIC),
      lag,
    ];
  }
  return [
    sum('Bytes in by topic', 'BytesInPerSec', [BROKER, TOPIC], TOPIC),
    sum('Bytes out by topic', 'BytesOutPerSec', [BROKER, TOPIC], TOPIC),
    lag,
    sum('Bytes in by broker', 'BytesInPerSec', [BROKER], BROKER),
    sum('Bytes out by broker', 'BytesOutPerSec', [BROKER], BROKER),
    sum('Records in by broker', 'MessagesInPerSec', [BROKER], BROKER),
    top('Connections by broker', { name: 'ConnectionCount', statistic: 'MAX', across: [BROKER], each: BROKER }),
    top('Leaders by broker', { name: 'LeaderCount', statistic: 'MAX', across: [BROKER], each: BROKER }),
    top('Time of produce requests, ms', {
      name: 'ProduceTotalTimeMsMean',
      statistic: 'MAX',
      across: [BROKER],
      each: BROKER,
    }),
  ];
}
