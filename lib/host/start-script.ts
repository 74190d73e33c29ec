import type { EnvironmentModel, NodeModel } from '../core/model';

/**
 * bin/start.sh: becomes the node's Java process, so that signals reach it. The metrics agent is loaded here and nowhere else: in the
 * environment every command-line tool would load it too, and fail on its port.
 */
export function startScript(model: EnvironmentModel, node: NodeModel): string {
  return `#!/bin/sh
# Runs node ${node.id} (${node.name}) of ${model.name} in the foreground. SIGTERM is a controlled shutdown.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=/dev/null
. "$here/kafka.env"
mkdir -p -- "$KAFKA_LOG_DIR"
set -- "@$here/jvm.options" "-Dlog4j2.configurationFile=$here/log4j2.yaml"
if [ -n "$KAFKA_METRICS" ]; then
  set -- "$@" "-javaagent:$KAFKA_JMX_EXPORTER_JAR=$KAFKA_METRICS:$here/jmx-exporter.yaml"
fi
exec "$KAFKA_JAVA" "$@" -cp "$KAFKA_HOME/libs/*" kafka.Kafka "$here/server.properties"
`;
}
