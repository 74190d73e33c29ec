import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { addStreamApp } from './private/objects';
import { streamAppModel } from './private/stream-app-model';
import type { StreamAppChartProps } from './stream-app-props';

/**
 * A producer, a consumer or a Kafka Streams application of your own: pods with the settings, the log-in, the group and the transactional ids
 * that it needs, and what scales them. Its user and the rights of it are made where topics and users are.
 *
 * Throws one error that lists every issue where the properties do not make an application.
 *
 * @example
 * new StreamAppChart(app, 'billing', {
 *   cluster: events, image, topics: { orders: 12 },
 *   consume: { topics: ['orders'], group: 'billing' },
 *   autoscaling: { maxReplicas: 12, lag: 1000, scaler: StreamAppScaler.KEDA },
 * });
 */
export class StreamAppChart extends Chart {
  public constructor(scope: Construct, id: string, props: StreamAppChartProps) {
    super(scope, id);
    addStreamApp(this, streamAppModel(props, { appName: props.appName ?? id, chart: this.node.path }));
  }
}
