import { shellQuote } from '../core/config';
import type { EnvironmentModel, NodeModel } from '../core/model';
import type { HostLayout } from './layout';

/** install.sh: from the folder of a node to a running service; changes only what differs, and never restarts a running broker. */
export function installScript(
  model: EnvironmentModel,
  node: NodeModel,
  layout: HostLayout,
  service: NonNullable<HostLayout['service']>,
): string {
  const { patch } = model.kafka;
  return `#!/bin/sh
# Installs node ${node.id} (${node.name}) of ${model.name} on this host. Run it as root, as often as you like, on the hosts in any order.
# Beside it may lie kafka_2.13-${patch}.tgz${node.metricsPort === undefined ? '' : ', jmx_prometheus_javaagent.jar'}${layout.javaHome === undefined ? '' : ', java.tar.gz'} and node.pem with ca.crt: then nothing else is needed.
# With DESTDIR=/folder the files go below that folder, and neither accounts nor services are touched (for building images).
# With KAFKA_START=no a node that is down stays down: for whoever starts it afterwards.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/kafka.env"
root=\${DESTDIR:-}
version=${shellQuote(patch)}
config=${shellQuote(layout.configDir)}
user=${shellQuote(service.user)}
group=${shellQuote(service.group)}
keystore=${shellQuote(layout.tls.keystore)}
truststore=${shellQuote(layout.tls.truststore)}
changed=no

fail() {
  printf 'install: %s\\n' "$1" >&2
  exit 1
}

say() {
  printf 'install: %s\\n' "$1"
}

# put SOURCE TARGET MODE: copies a file where it differs; the group of the service may read it
put() {
  if ! cmp -s "$1" "$root$2"; then
    mkdir -p -- "$(dirname -- "$root$2")"
    cp -- "$1" "$root$2.new"
    mv -f -- "$root$2.new" "$root$2"
    changed=yes
    say "wrote $2"
  fi
  chmod "$3" "$root$2"
  [ -n "$root" ] || chown "root:$group" "$2"
}

if [ -z "$root" ]; then
  [ "$(id -u)" -eq 0 ] || fail "this needs root, got $(id -un); use sudo."
  getent group "$group" >/dev/null || groupadd --system "$group"
  getent passwd "$user" >/dev/null ||
    useradd --system --gid "$group" --home-dir "$KAFKA_STATE_DIR" --no-create-home --shell /usr/sbin/nologin "$user"
fi

# Kafka: each version has a folder of its own, and a link says which one runs.
if [ ! -e "$root$KAFKA_HOME/libs/kafka_2.13-$version.jar" ]; then
  archive=$here/kafka_2.13-$version.tgz
  [ -f "$archive" ] || fail "Kafka $version is not in $KAFKA_HOME, and kafka_2.13-$version.tgz is not beside this script; put it here."
  [ ! -e "$root$KAFKA_HOME" ] || [ -L "$root$KAFKA_HOME" ] || fail "$KAFKA_HOME is a folder of another version; move it away."
  mkdir -p -- "$root$KAFKA_HOME-$version"
  tar -xzf "$archive" -C "$root$KAFKA_HOME-$version" --strip-components 1
  ln -sfn -- "$(basename -- "$KAFKA_HOME")-$version" "$root$KAFKA_HOME"
  changed=yes
  say "unpacked Kafka $version"
fi
${layout.javaHome === undefined ? '' : unpackJava(layout.javaHome)}
if [ -z "$root" ]; then
  java=$("$KAFKA_JAVA" -version 2>&1 | sed -n 's/.* version "\\([0-9]*\\).*/\\1/p') || true
  [ "\${java:-0}" -ge 17 ] || fail "Java 17 or newer is needed, got \${java:-none} from $KAFKA_JAVA; install it."
fi
${node.metricsPort === undefined ? '' : METRICS_AGENT}
for file in server.properties log4j2.yaml jmx-exporter.yaml jvm.options kafka.env; do
  [ ! -f "$here/$file" ] || put "$here/$file" "$config/$file" 0640
done
for file in format.sh start.sh; do
  put "$here/bin/$file" "$config/bin/$file" 0750
done
chmod 0755 "$root$config" "$root$config/bin"
[ ! -f "$here/node.pem" ] || put "$here/node.pem" "$keystore" 0640
[ ! -f "$here/ca.crt" ] || put "$here/ca.crt" "$truststore" 0644
put "$here/60-kafka.conf" /etc/sysctl.d/60-kafka.conf 0644
put "$here/kafka.service" /etc/systemd/system/kafka.service 0644
[ -z "$root" ] || exit 0

while IFS= read -r dir; do
  if [ ! -d "$dir" ]; then
    parent=$(dirname -- "$dir")
    [ -d "$parent" ] || fail "$parent is not there; mount the volume of $dir first."
    mkdir -- "$dir"
  fi
  chown "$user:$group" "$dir"
  chmod 0750 "$dir"
done <<DIRS
$KAFKA_DATA_DIRS
DIRS
${tlsCheck(model)}
sysctl -q -p /etc/sysctl.d/60-kafka.conf || say 'the kernel settings could not be applied; they are at the next start of the host'
systemctl daemon-reload
systemctl -q enable kafka.service
if [ "\${KAFKA_START:-yes}" = no ] && ! systemctl -q is-active kafka.service; then
  say 'ready to be started'
elif ! systemctl -q is-active kafka.service; then
  systemctl start kafka.service
  say 'started'
elif [ "$changed" = yes ]; then
  say 'the node runs with its old files; when the cluster can spare it: systemctl restart kafka.service'
else
  say 'nothing to do'
fi
`;
}

function unpackJava(javaHome: string): string {
  return `
if [ ! -x "$root$KAFKA_JAVA" ]; then
  [ -f "$here/java.tar.gz" ] || fail "there is no Java in ${javaHome}, and java.tar.gz is not beside this script; put it here."
  mkdir -p -- "$root"${shellQuote(javaHome)}
  tar -xzf "$here/java.tar.gz" -C "$root"${shellQuote(javaHome)} --strip-components 1
  say 'unpacked Java'
fi
`;
}

const METRICS_AGENT = `
if [ -f "$here/jmx_prometheus_javaagent.jar" ]; then
  put "$here/jmx_prometheus_javaagent.jar" "$KAFKA_JMX_EXPORTER_JAR" 0644
elif [ ! -f "$root$KAFKA_JMX_EXPORTER_JAR" ]; then
  fail "the JMX exporter is not at $KAFKA_JMX_EXPORTER_JAR, and jmx_prometheus_javaagent.jar is not beside this script; put it here."
fi
`;

function tlsCheck(model: EnvironmentModel): string {
  if (model.internalListeners?.controller.protocol !== 'SSL') return '';
  return `
for file in "$keystore" "$truststore"; do
  [ -f "$file" ] || fail "there is no $file; node.pem (key and certificate, see request.cnf) and ca.crt are put beside this script or there."
done
chown "root:$group" "$keystore"
chmod 0640 "$keystore"
`;
}
