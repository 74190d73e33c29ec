import { Metric, Stats, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { refuse } from '../aws/private/construct-failure';
import { CLUSTER_METRICS, METRICS_NAMESPACE, NODE_METRICS, watchedGroups, type WatchedGroups } from '../core/ec2';
import type { EnvironmentModel } from '../core/model';

const NODE_NAMES = NODE_METRICS.filter(({ byNode }) => byNode === true)
  .map(({ name }) => name)
  .sort();
const CLUSTER_NAMES = [...NODE_METRICS.map(({ name }) => name), ...Object.keys(CLUSTER_METRICS)].sort();

interface MeasuredNode {
  readonly groupName: string;
  readonly volumeIds: readonly string[];
}

/**
 * What CloudWatch knows of a cluster: of instances and volumes by itself, of Kafka by the function of the cluster, which looks each minute. Metrics
 * of the cluster have one value a node, so their maximum and minimum are those of the worst node.
 */
export class Ec2KafkaMetrics {
  /** @internal */
  public static _of(
    cluster: IConstruct,
    nodes: ReadonlyMap<string, MeasuredNode>,
    model: EnvironmentModel,
  ): Ec2KafkaMetrics {
    return new Ec2KafkaMetrics(cluster, nodes, model);
  }

  /** Names of the nodes, for example `brokers-0`. */
  public readonly nodeNames: string[];
  private readonly cluster: IConstruct;
  private readonly nodes: ReadonlyMap<string, MeasuredNode>;

  private readonly clusterName: string;
  private readonly isPublished: boolean;
  private readonly groups: WatchedGroups;

  private constructor(cluster: IConstruct, nodes: ReadonlyMap<string, MeasuredNode>, model: EnvironmentModel) {
    this.clusterName = model.name;
    this.isPublished = model.metrics.enabled;
    this.groups = watchedGroups(model);
    this.cluster = cluster;
    this.nodes = nodes;
    this.nodeNames = [...nodes.keys()];
  }

  /**
   * Whether the instance of a node failed a status check: 0 or 1.
   *
   * @param nodeName Name of the node.
   * @param options Of the metric.
   * @default - the maximum of a minute
   */
  public failedStatusChecks(nodeName: string, options?: MetricOptions): Metric {
    return this.ofInstance(nodeName, 'StatusCheckFailed', { statistic: Stats.MAXIMUM, ...options });
  }

  /**
   * Processor time of the instance of a node, percent.
   *
   * @param nodeName Name of the node.
   * @param options Of the metric.
   * @default - the average of five minutes
   */
  public cpuUtilization(nodeName: string, options?: MetricOptions): Metric {
    return this.ofInstance(nodeName, 'CPUUtilization', { period: Duration.minutes(5), ...options });
  }

  /**
   * Operations that wait for the first volume of a node, which holds the metadata log: more than a few for long are a volume, or an instance,
   * that is too small.
   *
   * @param nodeName Name of the node.
   * @param options Of the metric.
   * @default - the average of a minute
   */
  public volumeQueueLength(nodeName: string, options?: MetricOptions): Metric {
    return this.ofVolume(nodeName, 'VolumeQueueLength', { ...options });
  }

  /**
   * Whether operations of the first volume of a node hang: 0 or 1.
   *
   * @param nodeName Name of the node.
   * @param options Of the metric.
   * @default - the maximum of a minute
   */
  public stalledVolume(nodeName: string, options?: MetricOptions): Metric {
    return this.ofVolume(nodeName, 'VolumeStalledIOCheck', { statistic: Stats.MAXIMUM, ...options });
  }

  /**
   * A metric of the cluster that its function publishes, by its name, for example `UnderMinIsrPartitionCount`.
   *
   * @param metricName One that is published; docs/guide/ec2.md has them.
   * @param options Of the metric.
   * @default - the maximum of a minute, which is that of the worst node
   */
  public metric(metricName: string, options?: MetricOptions): Metric {
    this.expectPublished(metricName, CLUSTER_NAMES);
    return this.published(metricName, {}, { statistic: Stats.MAXIMUM, ...options });
  }

  /**
   * A metric of a node that the function of the cluster publishes node by node, for example `DiskUsedPercent`.
   *
   * @param metricName One that is published by node; docs/guide/ec2.md has them.
   * @param nodeName Name of the node.
   * @param options Of the metric.
   * @default - the average of a minute
   */
  public metricOfNode(metricName: string, nodeName: string, options?: MetricOptions): Metric {
    this.node(nodeName);
    this.expectPublished(metricName, NODE_NAMES);
    return this.published(metricName, { Node: nodeName }, { label: nodeName, ...options });
  }

  /**
   * Partitions without a leader.
   *
   * @param options Of the metric.
   * @default - the maximum of a minute
   */
  public offlinePartitions(options?: MetricOptions): Metric {
    return this.metric('OfflinePartitionsCount', options);
  }

  /**
   * Partitions of a broker with fewer replicas in sync than min ISR.
   *
   * @param options Of the metric.
   * @default - the maximum of a minute: the worst broker
   */
  public underMinIsrPartitions(options?: MetricOptions): Metric {
    return this.metric('UnderMinIsrPartitionCount', options);
  }

  /**
   * How full the fullest log directory of a broker is, percent.
   *
   * @param nodeName Name of the broker.
   * @param options Of the metric.
   * @default - the maximum of five minutes
   */
  public diskUsed(nodeName: string, options?: MetricOptions): Metric {
    return this.metricOfNode('DiskUsedPercent', nodeName, {
      statistic: Stats.MAXIMUM,
      period: Duration.minutes(5),
      ...options,
    });
  }

  /**
   * How long ago the record that a group reads next was the newest one, seconds, of its slowest partition. Groups are those of `monitoring.lag`, and
   * those that principals of the environment name in full.
   *
   * @param group Id of the group.
   * @param options Of the metric.
   * @default - the maximum of a minute
   */
  public groupTimeLag(group: string, options?: MetricOptions): Metric {
    return this.ofGroup('LagSeconds', group, options);
  }

  /**
   * Records that a group has yet to read, of all its topics; groups as for `groupTimeLag`.
   *
   * @param group Id of the group.
   * @param options Of the metric.
   * @default - the maximum of a minute
   */
  public groupOffsetLag(group: string, options?: MetricOptions): Metric {
    return this.ofGroup('LagRecords', group, options);
  }

  private ofGroup(metricName: string, group: string, options?: MetricOptions): Metric {
    const { watched } = this.groups;
    if (!this.isPublished || !watched.includes(group)) {
      refuse(this.cluster, 'EC2-NO-METRIC', [
        {
          property: 'metrics',
          message: `the lag of the group is not published, got ${group}; ${watched.length === 0 || !this.isPublished ? 'no group is' : `${watched.join(', ')} are`}.`,
          hint: 'Promise something about it: lag of the cluster, monitoring.lag of an environment.',
        },
      ]);
    }
    return this.published(metricName, { Group: group }, { statistic: Stats.MAXIMUM, label: group, ...options });
  }

  private published(metricName: string, dimensions: Record<string, string>, options: MetricOptions): Metric {
    return new Metric({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensionsMap: { Cluster: this.clusterName, ...dimensions },
      period: Duration.minutes(1),
      statistic: Stats.AVERAGE,
      ...options,
    });
  }

  private expectPublished(metricName: string, names: readonly string[]): void {
    if (this.isPublished && names.includes(metricName)) return;
    refuse(this.cluster, 'EC2-NO-METRIC', [
      this.isPublished
        ? {
            property: 'metrics',
            message: `no such metric is published, got ${metricName}; ${names.join(', ')} are.`,
            hint: 'Name one of them.',
          }
        : {
            property: 'metrics',
            message: `the nodes have no JMX exporter, got ${metricName} with monitoring.metrics: false; true is needed.`,
            hint: 'Remove monitoring.metrics from the environment.',
          },
    ]);
  }

  private ofInstance(nodeName: string, metricName: string, options: MetricOptions): Metric {
    const { groupName } = this.node(nodeName);
    return new Metric({
      namespace: 'AWS/EC2',
      metricName,
      dimensionsMap: { AutoScalingGroupName: groupName },
      period: Duration.minutes(1),
      statistic: Stats.AVERAGE,
      label: nodeName,
      ...options,
    });
  }

  private ofVolume(nodeName: string, metricName: string, options: MetricOptions): Metric {
    const { volumeIds } = this.node(nodeName);
    return new Metric({
      namespace: 'AWS/EBS',
      metricName,
      dimensionsMap: { VolumeId: volumeIds[0]! },
      period: Duration.minutes(1),
      statistic: Stats.AVERAGE,
      label: nodeName,
      ...options,
    });
  }

  private node(nodeName: string): MeasuredNode {
    const node = this.nodes.get(nodeName);
    if (node === undefined) {
      refuse(this.cluster, 'EC2-NO-NODE', [
        {
          property: 'metrics',
          message: `the cluster has no such node, got ${nodeName}; it has ${this.nodeNames.join(', ')}.`,
          hint: 'Name one of them.',
        },
      ]);
    }
    return node!;
  }
}
