import { Metric, Stats, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { refuse } from '../aws/private/construct-failure';

interface MeasuredNode {
  readonly groupName: string;
  readonly volumeIds: readonly string[];
}

/**
 * What CloudWatch knows of the nodes of a cluster by itself, without an agent: instances and volumes. What Kafka says of itself comes from the
 * JMX exporter of each node (`allowMonitoringFrom`).
 */
export class Ec2KafkaMetrics {
  /** @internal */
  public static _of(cluster: IConstruct, nodes: ReadonlyMap<string, MeasuredNode>): Ec2KafkaMetrics {
    return new Ec2KafkaMetrics(cluster, nodes);
  }

  /** Names of the nodes, for example `brokers-0`. */
  public readonly nodeNames: string[];
  private readonly cluster: IConstruct;
  private readonly nodes: ReadonlyMap<string, MeasuredNode>;

  private constructor(cluster: IConstruct, nodes: ReadonlyMap<string, MeasuredNode>) {
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
