import { stringify } from 'yaml';
import type { FileArtifact } from '../core/artifact';
import { Failure } from '../core/issue';
import type { EnvironmentModel } from '../core/model';
import { dashboardConfigMaps, dashboardFiles } from './grafana';
import { operatorObjects } from './pod-monitor';
import { rulesFile } from './prometheus-rules';
import { scrapeFile } from './prometheus-scrape';

/**
 * What watches the nodes of an environment: for Prometheus and Grafana, or for the operator of Prometheus and the sidecar of Grafana on
 * Kubernetes.
 *
 * Throws where the brokers are those of a service, or the exporter is switched off: nothing could be read.
 */
export function renderMonitoring(model: EnvironmentModel): FileArtifact[] {
  if (model.managedBy !== 'self' || model.nodes.length === 0) {
    throw new Failure(
      'MONITORING-TARGET',
      `the brokers of ${model.name} are not nodes of its own, got target ${model.target}; ec2, kubernetes, hosts and local have an exporter that Prometheus reads.`,
      'Brokers of Amazon MSK have open monitoring: targets.msk.openMonitoring.',
      2,
    );
  }
  if (!model.metrics.enabled) {
    throw new Failure(
      'MONITORING-OFF',
      `nodes of ${model.name} have no exporter, got monitoring.metrics false; it must be on for anything to be read.`,
      'Write monitoring: { metrics: true }, and roll the nodes.',
    );
  }
  if (model.target === 'kubernetes') {
    const objects = operatorObjects(model).map(({ file, object }) => ({
      path: file,
      content: stringify(object, { lineWidth: 0 }),
    }));
    return [...objects, ...dashboardConfigMaps(model)];
  }
  return [
    { path: 'alerts.yaml', content: rulesFile(model) },
    { path: 'prometheus.yaml', content: scrapeFile(model) },
    ...dashboardFiles(model),
  ];
}
