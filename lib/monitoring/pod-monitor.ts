import type { EnvironmentModel } from '../core/model';
import { ruleGroups } from './prometheus-rules';

const API = 'monitoring.coreos.com/v1';

const OF_POD = [
  from('__meta_kubernetes_pod_name', 'node'),
  ...['broker', 'controller', 'rack'].map((label) =>
    from(`__meta_kubernetes_pod_label_kafka_deployment_kit_${label}`, label),
  ),
];

/** Objects of the Prometheus Operator: what is read of the pods, and the alerts. */
export function operatorObjects(model: EnvironmentModel): { readonly file: string; readonly object: object }[] {
  const metadata = (name: string): object => ({
    name,
    namespace: model.spec.targets!.kubernetes!.namespace,
    labels: { 'app.kubernetes.io/part-of': model.name, 'app.kubernetes.io/managed-by': 'kafka-deployment-kit' },
  });
  const monitor = (
    workload: 'kafka' | 'kafka-connect' | 'kafka-mirror-maker' | 'kafka-exporter',
    kafka: string,
  ): object => ({
    apiVersion: API,
    kind: 'PodMonitor',
    metadata: metadata(`${model.name}-${workload}`),
    spec: {
      selector: {
        matchLabels: { 'app.kubernetes.io/name': workload, 'app.kubernetes.io/instance': model.name },
      },
      podMetricsEndpoints: [
        {
          port: 'metrics',
          interval: '30s',
          scrapeTimeout: '15s',
          relabelings: [
            { targetLabel: 'environment', replacement: model.name },
            { targetLabel: 'kafka', replacement: kafka },
            // What the exporter tells says itself of which node it is.
            ...(workload === 'kafka-exporter' ? [] : OF_POD),
          ],
        },
      ],
    },
  });
  return [
    { file: 'pod-monitor-kafka.yaml', object: monitor('kafka', 'node') },
    ...(model.connect?.metricsPort === undefined
      ? []
      : [{ file: 'pod-monitor-connect.yaml', object: monitor('kafka-connect', 'connect') }]),
    ...(model.mirrorMaker?.workers.metricsPort === undefined
      ? []
      : [{ file: 'pod-monitor-mirror.yaml', object: monitor('kafka-mirror-maker', 'mirror') }]),
    ...(model.spec.targets!.kubernetes!.exporter === true
      ? [{ file: 'pod-monitor-exporter.yaml', object: monitor('kafka-exporter', 'exporter') }]
      : []),
    {
      file: 'prometheus-rule.yaml',
      object: {
        apiVersion: API,
        kind: 'PrometheusRule',
        metadata: metadata(model.name),
        spec: { groups: ruleGroups(model) },
      },
    },
  ];
}

function from(source: string, targetLabel: string): object {
  return { sourceLabels: [source], targetLabel };
}
