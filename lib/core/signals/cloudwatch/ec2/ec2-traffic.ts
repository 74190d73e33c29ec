import { METRICS_NAMESPACE } from '../../../ec2/published-metrics';
import { fleetQuery, type CloudWatchFleet } from '../alarm';
import { MOST_LINES, type Graph } from '../dashboard-graphs';
import type { Ec2Watched } from './ec2-watched';

/** Who reads and writes how much, and who is behind: the ten that are first. */
export function ec2TrafficGraphs({ clusterName }: Ec2Watched): Graph[] {
  const top = (
    title: string,
    name: string,
    of: Pick<CloudWatchFleet, 'statistic'> & { readonly each: string },
  ): Graph => {
    const { statistic, each } = of;
    const fleet = {
      namespace: METRICS_NAMESPACE,
      name,
      statistic,
      where: { Cluster: clusterName },
      across: [each],
      each,
    };
    const expression = fleetQuery(fleet, { when: '>', most: MOST_LINES });
    return { title, metrics: [[{ id: 'q', expression, period: 60, label: '' }]], thresholds: [] };
  };
  return [
    top('Bytes in a second, by broker', 'BytesInPerSecond', { statistic: 'AVG', each: 'Node' }),
    top('Bytes out a second, by broker', 'BytesOutPerSecond', { statistic: 'AVG', each: 'Node' }),
    top('How far behind groups are, seconds', 'LagSeconds', { statistic: 'MAX', each: 'Group' }),
    top('How far behind groups are, records', 'LagRecords', { statistic: 'MAX', each: 'Group' }),
    top('Disks, percent used', 'DiskUsedPercent', { statistic: 'MAX', each: 'Node' }),
    top('Replicas by broker', 'PartitionCount', { statistic: 'MAX', each: 'Node' }),
  ];
}
