import type { EnvironmentModel, NodeModel } from '../core/model';

/**
 * bin/start.sh: becomes the node's Java process, so that signals reach it. The metrics agent is loaded here and nowhere else: in the
 * environment every command-line tool would load it too, and fail on its port. The link of Kafka's home is resolved: a JVM opens jars late,
 * and one that runs must not find those of another version there. What it starts with is written down, so that later it can be told what
 * has changed since; a disk that is full for that does not keep Kafka from starting.
 */
export function startScript(model: EnvironmentModel, node: NodeModel): string {
  return `#!/bin/sh
# Runs node ${node.id} (${node.name}) of ${model.name} in the foreground. SIGTERM is a controlled shutdown.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=/dev/null
. "$here/kafka.env"
KAFKA_HOME=$(readlink -f -- "$KAFKA_HOME")
mkdir -p -- "$KAFKA_LOG_DIR"

record=$KAFKA_STATE_DIR/started
if mkdir -p -- "$KAFKA_STATE_DIR" && cp -- "$here/server.properties" "$record.properties.new" &&
  { printf '%s invocation\\n' "\${INVOCATION_ID:-none}" && "$here/bin/fingerprint.sh"; } >"$record.new"; then
  mv -f -- "$record.properties.new" "$record.properties"
  mv -f -- "$record.new" "$record"
else
  printf 'start: what the node starts with could not be written to %s\\n' "$KAFKA_STATE_DIR" >&2
fi

set -- "@$here/jvm.options" "-Dlog4j2.configurationFile=$here/log4j2.yaml"
if [ -n "$KAFKA_METRICS" ]; then
  set -- "$@" "-javaagent:$KAFKA_JMX_EXPORTER_JAR=$KAFKA_METRICS:$here/jmx-exporter.yaml"
fi
exec "$KAFKA_JAVA" "$@" -cp "$KAFKA_HOME/libs/*" kafka.Kafka "$here/server.properties"
`;
}
