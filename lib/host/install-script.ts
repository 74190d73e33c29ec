import { shellQuote } from '../core/config';
import type { EnvironmentModel, NodeModel } from '../core/model';
import { PACKAGE_LOOKUP } from './check/check-packages';
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
# Packages lie in packages/ (kdk packages writes them), beside the folders of all hosts, or beside this script; so do node.pem and ca.crt.
# With DESTDIR=/folder the files go below that folder, and neither accounts nor services are touched (for building images).
# It begins with check.sh, which says all that is wrong at once; where anything is, nothing is changed. --check does that alone.
# With KAFKA_START=no a node that is down stays down: for whoever starts it afterwards.
set -eu
umask 022
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

case "\${1:-}" in
  '') ;;
  --check) exec "$here/check.sh" ;;
  *)
    printf 'install: there is no such option, got %s; --check or nothing is allowed.\\n' "$1" >&2
    exit 2
    ;;
esac
"$here/check.sh" || exit 1

fail() {
  printf 'install: %s\\n' "$1" >&2
  exit 1
}

say() {
  printf 'install: %s\\n' "$1"
}

${PACKAGE_LOOKUP}
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

# put_archive ARCHIVE HOME KEY WHAT: unpacks into HOME-KEY, whole or not at all, and lets the link HOME lead there. What runs goes on in its
# old folder.
put_archive() {
  if [ ! -d "$root$2-$3" ]; then
    rm -rf -- "$root$2-$3.new"
    mkdir -p -- "$root$2-$3.new"
    tar -xzf "$1" -C "$root$2-$3.new" --strip-components 1 --no-same-owner || fail "$1 cannot be unpacked; make room, or copy it again."
    mv -- "$root$2-$3.new" "$root$2-$3"
  fi
  link=$(basename -- "$2")-$3
  [ "$(readlink -- "$root$2" || true)" != "$link" ] || return 0
  [ ! -e "$root$2" ] || [ -L "$root$2" ] || fail "$2 is a folder of its own, got no link; move it away."
  ln -sfn -- "$link" "$root$2"
  changed=yes
  say "installed $4"
}

if [ -z "$root" ]; then
  getent group "$group" >/dev/null || groupadd --system "$group"
  getent passwd "$user" >/dev/null ||
    useradd --system --gid "$group" --home-dir "$KAFKA_STATE_DIR" --no-create-home --shell /usr/sbin/nologin "$user"
fi

# Kafka: each version has a folder of its own, and a link says which one runs.
if [ ! -e "$root$KAFKA_HOME/libs/kafka_2.13-$version.jar" ]; then
  put_archive "$(package "kafka_2.13-$version.tgz")" "$KAFKA_HOME" "$version" "Kafka $version"
fi
${layout.javaHome === undefined ? '' : putJava(layout.javaHome)}
${node.metricsPort === undefined ? '' : METRICS_AGENT}${KDK}
for file in server.properties log4j2.yaml jmx-exporter.yaml jvm.options kafka.env; do
  [ ! -f "$here/$file" ] || put "$here/$file" "$config/$file" 0640
done
for file in fingerprint.sh format.sh start.sh state.sh; do
  put "$here/bin/$file" "$config/bin/$file" 0750
done
chmod 0755 "$root$config" "$root$config/bin"
[ ! -f "$here/node.pem" ] || put "$here/node.pem" "$keystore" 0640
[ ! -f "$here/ca.crt" ] || put "$here/ca.crt" "$truststore" 0644
if [ -z "$root" ] && [ -f "$keystore" ]; then
  chown "root:$group" "$keystore"
  chmod 0640 "$keystore"
fi
put "$here/60-kafka.conf" /etc/sysctl.d/60-kafka.conf 0644
put "$here/kafka.service" /etc/systemd/system/kafka.service 0644
[ -z "$root" ] || exit 0

mkdir -p -- "$KAFKA_STATE_DIR"
chown "$user:$group" "$KAFKA_STATE_DIR"
volumes=
while IFS= read -r dir; do
  [ -d "$dir" ] || mkdir -- "$dir"
  # The volume of a node that had another host: its account may have had another number there.
  meta=$dir/meta.properties
  if [ -f "$meta" ] && [ "$(stat -c %U -- "$meta")" != "$user" ]; then chown -R "$user:$group" "$dir"; fi
  chown "$user:$group" "$dir"
  chmod 0750 "$dir"
  volumes="$volumes$dir $(stat -c %m -- "$dir")
"
done <<DIRS
$KAFKA_DATA_DIRS
DIRS
# Where volumes are mounted, for the day when one is not: its folder would look like an empty disk.
printf '%s' "$volumes" >"$KAFKA_STATE_DIR/volumes"
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

function putJava(javaHome: string): string {
  return `
# Java: a new archive gets a folder of its own; the node takes it with its next start.
if archive=$(package "java-$machine.tar.gz") || archive=$(package java.tar.gz); then
  put_archive "$archive" ${shellQuote(javaHome)} "$(sum_of "$archive" | cut -c 1-12)" Java
fi
`;
}

const METRICS_AGENT = `
if agent=$(package jmx_prometheus_javaagent.jar); then
  put "$agent" "$KAFKA_JMX_EXPORTER_JAR" 0644
fi
`;

/** The kit's own command, for whoever looks after the cluster from one of its hosts. Nothing of the node depends on it. */
const KDK = `
for archive in "$here/packages/kdk-"*"-$machine.tgz" "$here/../packages/kdk-"*"-$machine.tgz"; do
  [ -f "$archive" ] || continue
  before=$changed
  put_archive "$archive" /opt/kdk "$(sum_of "$archive" | cut -c 1-12)" kdk
  changed=$before
  mkdir -p -- "$root/usr/local/bin"
  ln -sfn -- /opt/kdk/bin/kdk "$root/usr/local/bin/kdk"
  break
done
`;
