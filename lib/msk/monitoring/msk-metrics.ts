import { MathExpression, Metric, Stats, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { refuse } from '../../aws/private/construct-failure';
import { AUTHENTICATION, BROKER, CLUSTER, GROUP, MSK_NAMESPACE, TOPIC } from '../../core/signals';
import type { AboutCluster } from '../private/about-cluster';
import { metricProblems } from './private/metric-problems';

/** A consumer group, and a topic that it reads. */
export interface MskGroupOnTopic {
  /** Id of the group. */
  readonly group: string;
  /** Name of the topic. */
  readonly topic: string;
}

interface MeasuredCluster extends IConstruct {
  readonly clusterName: string;
  /** @internal */
  readonly _about: AboutCluster;
}

/**
 * What CloudWatch knows of a cluster. A metric that its kind or its monitoring level does not publish is refused: an alarm on it would be
 * silent for ever. Brokers are numbered from 1.
 */
export class MskMetrics {
  /** @internal */
  public static _of(cluster: MeasuredCluster): MskMetrics {
    return new MskMetrics(cluster);
  }

  private readonly cluster: MeasuredCluster;

  private constructor(cluster: MeasuredCluster) {
    this.cluster = cluster;
  }

  /**
   * A metric of the cluster by its name.
   *
   * @param metricName As Amazon MSK calls it.
   * @param options Of the metric; `dimensionsMap` has all of its dimensions but `Cluster Name`.
   * @default - the average of a minute
   */
  public metric(metricName: string, options: MetricOptions = {}): Metric {
    const { clusterName, _about: about } = this.cluster;
    const all = { [CLUSTER]: clusterName, ...options.dimensionsMap };
    refuse(this.cluster, 'MSK-NO-METRIC', metricProblems(about, metricName, Object.keys(all)));
    return new Metric({
      namespace: MSK_NAMESPACE,
      metricName,
      period: Duration.minutes(1),
      statistic: Stats.AVERAGE,
      ...options,
      dimensionsMap: all,
    });
  }

  /**
   * Controllers that are the active one: 1.
   *
   * @param options Of the metric.
   * @default - the maximum of a minute: controllers that are not say 0
   */
  public activeControllers(options?: MetricOptions): Metric {
    return this.metric('ActiveControllerCount', { statistic: Stats.MAXIMUM, ...options });
  }

  /**
   * Partitions without a leader; Standard brokers.
   *
   * @param options Of the metric.
   * @default - the maximum of a minute: brokers that are not the controller say 0
   */
  public offlinePartitions(options?: MetricOptions): Metric {
    return this.metric('OfflinePartitionsCount', { statistic: Stats.MAXIMUM, ...options });
  }

  /**
   * Partitions of all topics, without replicas.
   *
   * @param options Of the metric.
   * @default - the maximum of a minute
   */
  public partitions(options?: MetricOptions): Metric {
    return this.metric('GlobalPartitionCount', { statistic: Stats.MAXIMUM, ...options });
  }

  /**
   * What is kept, one copy of all, bytes; Express brokers.
   *
   * @param options Of the metric.
   * @default - the maximum of five minutes
   */
  public storageUsed(options?: MetricOptions): Metric {
    return this.metric('StorageUsed', { statistic: Stats.MAXIMUM, period: Duration.minutes(5), ...options });
  }

  /**
   * Processor time of a broker, user and system, percent.
   *
   * @param brokerId Number of the broker.
   * @param options Of the metric.
   * @default - the average of five minutes
   */
  public cpuUtilization(brokerId: number, options?: MetricOptions): MathExpression {
    const five = { period: Duration.minutes(5), ...options };
    return new MathExpression({
      expression: 'user + system',
      usingMetrics: {
        user: this.ofBroker('CpuUser', brokerId, five),
        system: this.ofBroker('CpuSystem', brokerId, five),
      },
      label: options?.label ?? `broker ${brokerId}`,
      period: five.period,
    });
  }

  /**
   * Partitions whose leader is this broker and that lack a replica in sync; Standard brokers.
   *
   * @param brokerId Number of the broker.
   * @param options Of the metric.
   * @default - the maximum of a minute
   */
  public underReplicatedPartitions(brokerId: number, options?: MetricOptions): Metric {
    return this.ofBroker('UnderReplicatedPartitions', brokerId, { statistic: Stats.MAXIMUM, ...options });
  }

  /**
   * How full the volume of a broker is, percent; Standard brokers.
   *
   * @param brokerId Number of the broker.
   * @param options Of the metric.
   * @default - the maximum of five minutes
   */
  public diskUsed(brokerId: number, options?: MetricOptions): Metric {
    return this.ofBroker('KafkaDataLogsDiskUsed', brokerId, {
      statistic: Stats.MAXIMUM,
      period: Duration.minutes(5),
      ...options,
    });
  }

  /**
   * What producers write to a broker, bytes a second.
   *
   * @param brokerId Number of the broker.
   * @param options Of the metric.
   * @default - the average of a minute
   */
  public bytesIn(brokerId: number, options?: MetricOptions): Metric {
    return this.ofBroker('BytesInPerSec', brokerId, options);
  }

  /**
   * What consumers read from a broker, bytes a second.
   *
   * @param brokerId Number of the broker.
   * @param options Of the metric.
   * @default - the average of a minute
   */
  public bytesOut(brokerId: number, options?: MetricOptions): Metric {
    return this.ofBroker('BytesOutPerSec', brokerId, options);
  }

  /**
   * Clients that are connected to a broker with IAM.
   *
   * @param brokerId Number of the broker.
   * @param options Of the metric.
   * @default - the maximum of a minute
   */
  public iamConnections(brokerId: number, options?: MetricOptions): Metric {
    return this.metric('ClientConnectionCount', {
      dimensionsMap: { [BROKER]: String(brokerId), [AUTHENTICATION]: 'IAM' },
      statistic: Stats.MAXIMUM,
      ...options,
    });
  }

  /**
   * How long a group would take to catch up on a topic, seconds; the partition that is furthest behind.
   *
   * @param of The group and the topic.
   * @param options Of the metric.
   * @default - the maximum of a minute
   */
  public timeLag(of: MskGroupOnTopic, options?: MetricOptions): Metric {
    return this.metric('EstimatedMaxTimeLag', lagOptions(of, options));
  }

  /**
   * Records that a group has yet to read of a topic, all partitions together.
   *
   * @param of The group and the topic.
   * @param options Of the metric.
   * @default - the maximum of a minute
   */
  public offsetLag(of: MskGroupOnTopic, options?: MetricOptions): Metric {
    return this.metric('SumOffsetLag', lagOptions(of, options));
  }

  private ofBroker(metricName: string, brokerId: number, options?: MetricOptions): Metric {
    return this.metric(metricName, {
      dimensionsMap: { [BROKER]: String(brokerId) },
      label: `broker ${brokerId}`,
      ...options,
    });
  }
}

function lagOptions({ group, topic }: MskGroupOnTopic, options: MetricOptions = {}): MetricOptions {
  return {
    dimensionsMap: { [GROUP]: group, [TOPIC]: topic },
    statistic: Stats.MAXIMUM,
    label: `${group} on ${topic}`,
    ...options,
  };
}
