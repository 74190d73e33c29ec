import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import type { EnvironmentModel } from '../../lib/core/model';
import { EXPORTER_PORT } from '../../lib/core/signals';
import { ADMIN_LABEL, objectLabels, selectorLabels } from './labels';
import { addExporterNetworkPolicy } from './network-policies';
import { podSpec } from './pod';
import { TOOLS_CPU, type BrokersPart } from './reconciler-pod';

const MEMORY_MIB = 512;
/** A look at a large cluster takes seconds; one that hangs for minutes never ends. */
const PROBE = { periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 6 };

/** What Kafka's own metrics do not say, for Prometheus: one pod, whose loss costs a minute of looking. */
export function addExporter(scope: Construct, model: EnvironmentModel, brokers: BrokersPart): void {
  const { namespace, exporter, images } = model.spec.targets!.kubernetes!;
  if (exporter !== true) return;
  const labels = objectLabels(model, 'kafka-exporter');
  const name = `${model.name}-exporter`;
  addExporterNetworkPolicy(scope, model, { name, port: EXPORTER_PORT });
  new k8s.KubeDeployment(scope, `Deployment-${name}`, {
    metadata: { name, namespace, labels },
    spec: {
      replicas: 1,
      // Two at once would tell everything twice.
      strategy: { type: 'Recreate' },
      selector: { matchLabels: selectorLabels(model, 'kafka-exporter') },
      template: {
        metadata: { labels: { ...labels, [ADMIN_LABEL]: model.name } },
        spec: podSpec(model, {
          name: 'exporter',
          image: images.tools!,
          command: ['kdk', 'exporter', ...brokers.logIn, '--listen', `0.0.0.0:${EXPORTER_PORT}`],
          env: [],
          ports: { metrics: EXPORTER_PORT },
          memoryMiB: MEMORY_MIB,
          cpu: { request: TOOLS_CPU },
          files: brokers.administrator,
          claims: {},
          probes: {
            livenessProbe: {
              httpGet: { path: '/metrics', port: k8s.IntOrString.fromString('metrics') },
              ...PROBE,
            },
          },
          terminationGracePeriodSeconds: 30,
          scheduling: {},
        }),
      },
    },
  });
}
