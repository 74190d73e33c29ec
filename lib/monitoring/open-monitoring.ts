import { stringify } from 'yaml';
import type { FileArtifact } from '../core/artifact';
import type { EnvironmentModel } from '../core/model';

/** Ports of open monitoring on every broker of Amazon MSK (developer guide, Open monitoring, read 2026-11-27). */
const PORTS = { jmx: 11_001, node: 11_002 } as const;

type Exporter = keyof typeof PORTS;

/**
 * What Prometheus needs to read brokers of Amazon MSK. Their names are known once the cluster is there: a script asks the service and writes
 * them where Prometheus sees every change of them. Alarms are in CloudWatch; names of these metrics are not those of the kit's exporter.
 */
export function openMonitoring(model: EnvironmentModel): FileArtifact[] {
  const exporters = exportersOf(model);
  return [
    { path: 'prometheus.yaml', content: scrape(model, exporters) },
    { path: 'find-brokers.sh', content: finder(model, exporters), executable: true },
  ];
}

/** Exporters that the brokers of an environment run. */
export function exportersOf({ metrics, spec }: EnvironmentModel): readonly Exporter[] {
  return metrics.enabled ? (spec.targets?.msk?.exporters ?? ['jmx', 'node']) : [];
}

function scrape({ name }: EnvironmentModel, exporters: readonly Exporter[]): string {
  return stringify(
    {
      // The service asks for a minute at least: brokers of many partitions take long to tell.
      global: { scrape_interval: '60s', scrape_timeout: '55s', evaluation_interval: '60s' },
      scrape_configs: exporters.map((exporter) => ({
        job_name: `${name}-${exporter}`,
        file_sd_configs: [{ files: [`brokers-${exporter}.json`], refresh_interval: '5m' }],
        relabel_configs: [
          { source_labels: ['__address__'], regex: 'b-(\\d+)[.-].*', target_label: 'broker_id', replacement: '$1' },
        ],
      })),
    },
    { lineWidth: 0 },
  );
}

function finder({ name, spec }: EnvironmentModel, exporters: readonly Exporter[]): string {
  return `#!/bin/sh
# Writes the brokers of the Amazon MSK cluster ${name} for Prometheus, beside prometheus.yaml. Run it after a deployment and after brokers
# were added; it needs the AWS command line and the rights kafka:ListClustersV2 and kafka:ListNodes.
set -eu
cd "$(dirname "$0")"
AWS_REGION='${spec.aws?.region ?? ''}'
export AWS_REGION
arn=$(aws kafka list-clusters-v2 --cluster-name-filter '${name}' --output text \\
  --query "ClusterInfoList[?ClusterName=='${name}'].ClusterArn | [0]")
if [ -z "$arn" ] || [ "$arn" = None ]; then
  echo "there is no cluster ${name} in $AWS_REGION, got none from aws kafka list-clusters-v2; deploy it first." >&2
  exit 1
fi
brokers=$(aws kafka list-nodes --cluster-arn "$arn" --output text --query 'NodeInfoList[].BrokerNodeInfo.Endpoints[]')
if [ -z "$brokers" ] || [ "$brokers" = None ]; then
  echo "the cluster ${name} has no brokers yet, got none from aws kafka list-nodes; wait until it is active." >&2
  exit 1
fi
write() {
  # $1: the file, $2: the port
  echo "$brokers" | tr '[:space:]' '\\n' | sed 's/:.*//' | grep -v '^$' | sort -u |
    awk -v port="$2" '
      BEGIN { printf "[{\\"labels\\": {\\"environment\\": \\"${name}\\"}, \\"targets\\": [" }
      { printf "%s\\"%s:%s\\"", (NR > 1 ? ", " : ""), $1, port }
      END { print "]}]" }' > "$1.new"
  mv "$1.new" "$1"
}
${exporters.map((exporter) => `write brokers-${exporter}.json ${PORTS[exporter]}\n`).join('')}`;
}
