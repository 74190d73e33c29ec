import { stringify } from 'yaml';
import type { EnvironmentModel, NodeModel } from '../core/model';
import { EXPORTER_PORT } from '../core/signals';

/** A scrape reads some hundred series within a second; a node under load takes longer. */
const SCRAPE = { scrape_interval: '30s', scrape_timeout: '15s' };

/** Where `kdk exporter` listens: it runs beside Prometheus. */
const EXPORTER = `127.0.0.1:${EXPORTER_PORT}`;

/** A configuration of Prometheus that reads every node by its address, and `kdk exporter`, and loads the alerts beside it. */
export function scrapeFile(model: EnvironmentModel): string {
  const nodes = model.nodes.filter(({ metricsPort }) => metricsPort !== undefined);
  return stringify(
    {
      global: { ...SCRAPE, evaluation_interval: '30s' },
      rule_files: ['alerts.yaml'],
      scrape_configs: [
        {
          job_name: model.name,
          static_configs: nodes.map((node) => ({
            targets: [`${node.host}:${node.metricsPort!}`],
            labels: nodeLabels(model, node),
          })),
        },
        {
          job_name: `${model.name}-exporter`,
          static_configs: [{ targets: [EXPORTER], labels: { environment: model.name, kafka: 'exporter' } }],
        },
      ],
    },
    { lineWidth: 0 },
  );
}

function nodeLabels(model: EnvironmentModel, { name, id, rack, roles }: NodeModel): Record<string, string> {
  return {
    environment: model.name,
    kafka: 'node',
    node: name,
    node_id: String(id),
    broker: String(roles.includes('broker')),
    controller: String(roles.includes('controller')),
    ...(rack === undefined ? {} : { rack }),
  };
}
