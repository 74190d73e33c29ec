import { stringify } from 'yaml';
import type { FileArtifact } from '../../core/artifact';
import { Failure } from '../../core/issue';
import type { EnvironmentModel } from '../../core/model';
import { dashboards } from './dashboards';

/**
 * What the API server keeps beside an object that `kubectl apply` made, at most; an object alone may have four times that.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply
 */
const MOST_BYTES = 256 * 1024;

/** Dashboards as Grafana reads them from a folder (provisioning), or as a person imports them. */
export function dashboardFiles(model: EnvironmentModel): FileArtifact[] {
  return [...dashboards(model)].map(([id, dashboard]) => ({
    path: `dashboards/${id}.json`,
    content: `${JSON.stringify(dashboard, undefined, 2)}\n`,
  }));
}

/** Dashboards as ConfigMaps that the sidecar of Grafana's chart finds by their label. */
export function dashboardConfigMaps(model: EnvironmentModel): FileArtifact[] {
  return [...dashboards(model)].map(([id, dashboard]) =>
    configMap(model, { id, text: JSON.stringify(dashboard), mostBytes: MOST_BYTES }),
  );
}

/** Throws where it would not go into the cluster. */
export function configMap(
  model: EnvironmentModel,
  { id, text, mostBytes }: { readonly id: string; readonly text: string; readonly mostBytes: number },
): FileArtifact {
  const content = stringify(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: `${model.name}-dashboard-${id}`,
        namespace: model.spec.targets!.kubernetes!.namespace,
        labels: {
          grafana_dashboard: '1',
          'app.kubernetes.io/part-of': model.name,
          'app.kubernetes.io/managed-by': 'kafka-deployment-kit',
        },
        annotations: { grafana_folder: 'Kafka' },
      },
      data: { [`${model.name}-${id}.json`]: text },
    },
    { lineWidth: 0 },
  );
  const bytes = new TextEncoder().encode(content).length;
  if (bytes > mostBytes) {
    throw new Failure(
      'MONITORING-DASHBOARD-SIZE',
      `the dashboard ${id} of ${model.name} is too large for a ConfigMap, got ${bytes} bytes; at most ${mostBytes} are allowed.`,
      'Promise less in one environment: monitoring.lag has a panel for every group.',
    );
  }
  return { path: `dashboard-${id}.yaml`, content };
}
