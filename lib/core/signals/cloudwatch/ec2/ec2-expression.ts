import { METRICS_NAMESPACE } from '../../../ec2/published-metrics';
import { MATH_METRICS, type CloudWatchMetric, type CloudWatchSource } from '../alarm';
import type { CloudWatchExpression } from '../expression';
import type { Ec2Watched, Ec2WatchedNode } from './ec2-watched';

/** How a signal is seen of a cluster on EC2. */
export interface Ec2Expression extends CloudWatchExpression<Ec2Watched> {
  /** Absent: AWS itself publishes it. Otherwise the function of the cluster does, where nodes have a JMX exporter. */
  readonly published?: true;
}

/** A metric that the function of the cluster publishes: the worst of all nodes, or the cluster itself. */
export function ofCluster(
  { clusterName }: Ec2Watched,
  name: string,
  statistic: CloudWatchMetric['statistic'],
): CloudWatchSource {
  const dimensions = { Cluster: clusterName };
  return { kind: 'metric', metric: { namespace: METRICS_NAMESPACE, name, statistic, dimensions } };
}

/** Of a group of consumers. */
export function ofGroup({ clusterName }: Ec2Watched, group: string, name: string): CloudWatchSource {
  const dimensions = { Cluster: clusterName, Group: group };
  return { kind: 'metric', metric: { namespace: METRICS_NAMESPACE, name, statistic: 'Maximum', dimensions } };
}

export interface WorstOf {
  readonly namespace: 'AWS/EC2' | 'AWS/EBS';
  readonly names: readonly string[];
  readonly statistic: CloudWatchMetric['statistic'];
  readonly worst: 'MAX' | 'MIN';
}

/**
 * The worst of all instances, or volumes, of which AWS has no metric of the cluster: as many alarms as a calculation takes metrics. Each part
 * says which nodes are in it.
 */
export function worstOf(
  nodes: readonly Ec2WatchedNode[],
  { namespace, names, statistic, worst }: WorstOf,
): readonly { readonly subject: string; readonly of: string; readonly source: CloudWatchSource }[] {
  const measured = nodes.flatMap((node) => {
    const dimensions: Record<string, string>[] =
      namespace === 'AWS/EC2'
        ? [{ AutoScalingGroupName: node.groupName }]
        : node.volumeIds.map((VolumeId) => ({ VolumeId }));
    return dimensions.map((of) => ({ node, dimensions: of }));
  });
  const most = Math.floor(MATH_METRICS / names.length);
  const parts = Array.from({ length: Math.ceil(measured.length / most) }, (_, part) =>
    measured.slice(part * most, (part + 1) * most),
  );
  return parts.map((part, index) => {
    const metrics = part.flatMap(({ dimensions }) =>
      names.map((name): CloudWatchMetric => ({ namespace, name, statistic, dimensions })),
    );
    const byId = Object.fromEntries(metrics.map((metric, at) => [`a${at + 1}`, metric]));
    return {
      subject: `${namespace === 'AWS/EC2' ? 'instances' : 'volumes'}-${index + 1}`,
      of: part.length === 1 ? part[0]!.node.name : `${part[0]!.node.name} to ${part.at(-1)!.node.name}`,
      source: { kind: 'math', expression: `${worst}([${Object.keys(byId).join(', ')}])`, metrics: byId },
    };
  });
}
