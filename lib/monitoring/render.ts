import { stringify } from 'yaml';
import type { FileArtifact } from '../core/artifact';
import { Failure } from '../core/issue';
import type { EnvironmentModel } from '../core/model';
import { dashboardConfigMaps, dashboardFiles } from './grafana';
import { exportersOf, openMonitoring } from './open-monitoring';
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
  if (model.target === 'msk' && exportersOf(model).length > 0) return openMonitoring(model);
  if (model.managedBy !== 'self' || model.nodes.length === 0) {
    throw new Failure(
      'MONITORING-TARGET',
      `the brokers of ${model.name} have nothing that Prometheus could read, got target ${model.target}${model.target === 'msk' ? ' without exporters' : ''}; msk with targets.msk.exporters, ec2, kubernetes, hosts and local have it.`,
      'What the service tells is in CloudWatch: declare monitoring, and cdk deploy makes alarms and a dashboard.',
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
