import { shellQuote } from '../core/config';
import type { EnvironmentModel, NodeModel } from '../core/model';
import type { HostLayout } from './layout';

/**
 * bin/fingerprint.sh: what a node takes up only when it starts, as `VALUE NAME` lines: a checksum of each file, the versions of Kafka and
 * Java. The start script keeps it, the state script compares it with what lies there now; what to look at is said here alone.
 */
export function fingerprintScript(model: EnvironmentModel, node: NodeModel, layout: HostLayout): string {
  return `#!/bin/sh
# Prints a line for each thing that node ${node.id} (${node.name}) of ${model.name} takes up only when it starts; never what is in it.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=/dev/null
. "$here/kafka.env"

# sum NAME FILE: nothing where there is no such file
sum() {
  [ ! -f "$2" ] || printf '%s %s\\n' "$(sha256sum <"$2" | cut -c 1-64)" "$1"
}

# version TEXT NAME
version() {
  printf '%s %s\\n' "\${1:-unknown}" "$2"
}

# Without metrics there is no jmx-exporter.yaml.
(cd -- "$here" && sha256sum server.properties log4j2.yaml jmx-exporter.yaml jvm.options kafka.env bin/start.sh 2>/dev/null) | sed 's/  / /'
sum certificate ${shellQuote(layout.tls.keystore)}
sum 'certificate authority' ${shellQuote(layout.tls.truststore)}
${layout.service === undefined ? '' : `sum kafka.service ${shellQuote(SERVICE_FILE)}\n`}[ -z "$KAFKA_METRICS" ] || sum 'JMX exporter' "$KAFKA_JMX_EXPORTER_JAR"
jar=$(find "$KAFKA_HOME/libs/" -maxdepth 1 -name 'kafka_2.13-[0-9]*.jar' 2>/dev/null | head -n 1)
jar=\${jar##*/kafka_2.13-}
version "\${jar%.jar}" Kafka
java=$(readlink -f -- "$(command -v "$KAFKA_JAVA")" 2>/dev/null) || java=
version "$(sed -n 's/^JAVA_VERSION="\\(.*\\)".*/\\1/p' "\${java%/bin/java}/release" 2>/dev/null)" Java
`;
}

/** Where install.sh puts the unit. */
const SERVICE_FILE = '/etc/systemd/system/kafka.service';
