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
# Packages lie in packages/ (kdk packages writes them), beside the folders of all hosts, or beside this script; so do node.pem and ca.crt.
# With DESTDIR=/folder the files go below that folder, and neither accounts nor services are touched (for building images).
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
  [ "$(id -u)" -eq 0 ] || fail "this needs root, got $(id -un); use sudo."
  getent group "$group" >/dev/null || groupadd --system "$group"
  getent passwd "$user" >/dev/null ||
    useradd --system --gid "$group" --home-dir "$KAFKA_STATE_DIR" --no-create-home --shell /usr/sbin/nologin "$user"
fi

# Kafka: each version has a folder of its own, and a link says which one runs.
if [ ! -e "$root$KAFKA_HOME/libs/kafka_2.13-$version.jar" ]; then
  archive=
  if [ ! -d "$root$KAFKA_HOME-$version" ]; then
    archive=$(package "kafka_2.13-$version.tgz") ||
      fail "Kafka $version is not in $KAFKA_HOME, and kafka_2.13-$version.tgz is not in packages/; run kdk packages, or put it there."
    verify "$archive"
  fi
  put_archive "$archive" "$KAFKA_HOME" "$version" "Kafka $version"
fi
${layout.javaHome === undefined ? '' : putJava(layout.javaHome)}
if [ -z "$root" ]; then
  java=$("$KAFKA_JAVA" -version 2>&1 | sed -n 's/.* version "\\([0-9]*\\).*/\\1/p') || true
  [ "\${java:-0}" -ge 17 ] || fail "Java 17 or newer is needed, got \${java:-none} from $KAFKA_JAVA; install it."
fi
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

/** Looks for packages, and compares them with their sums. */
const PACKAGE_LOOKUP = `# package NAME: where it lies
package() {
  for place in "$here/packages" "$here/../packages" "$here"; do
    if [ -f "$place/$1" ]; then
      printf '%s\\n' "$place/$1"
      return 0
    fi
  done
  return 1
}

# sum_of PATH: its SHA-256
sum_of() {
  sha256sum -- "$1" | cut -d ' ' -f 1
}

# verify PATH: refuses a package that is not the one in packages.sha256 beside it
verify() {
  sums=$(dirname -- "$1")/packages.sha256
  [ -f "$sums" ] || return 0
  wanted=$(sed -n "s/^\\([0-9a-f]*\\)  $(basename -- "$1")$/\\1/p" "$sums")
  got=$(sum_of "$1")
  [ "$got" = "$wanted" ] || fail "$1 is not the package that it was, got sha256 $got; \${wanted:-none} is in packages.sha256. Copy it again."
}

# The machine, as packages are named after it.
case $(uname -m) in
  x86_64 | amd64) machine=x64 ;;
  aarch64 | arm64) machine=arm64 ;;
  *) machine=$(uname -m) ;;
esac
`;

function putJava(javaHome: string): string {
  return `
# Java: a new archive gets a folder of its own; the node takes it with its next start.
if archive=$(package "java-$machine.tar.gz") || archive=$(package java.tar.gz); then
  verify "$archive"
  put_archive "$archive" ${shellQuote(javaHome)} "$(sum_of "$archive" | cut -c 1-12)" Java
elif [ ! -x "$root$KAFKA_JAVA" ]; then
  fail "there is no Java in ${javaHome}, and java-$machine.tar.gz is not in packages/; give it to kdk packages by --java, or put it there."
fi
`;
}

const METRICS_AGENT = `
if agent=$(package jmx_prometheus_javaagent.jar); then
  verify "$agent"
  put "$agent" "$KAFKA_JMX_EXPORTER_JAR" 0644
elif [ ! -f "$root$KAFKA_JMX_EXPORTER_JAR" ]; then
  fail "the JMX exporter is not at $KAFKA_JMX_EXPORTER_JAR, and jmx_prometheus_javaagent.jar is not in packages/; run kdk packages, or put it there."
fi
`;

/** The kit's own command, for whoever looks after the cluster from one of its hosts. Nothing of the node depends on it. */
const KDK = `
for archive in "$here/packages/kdk-"*"-$machine.tgz" "$here/../packages/kdk-"*"-$machine.tgz"; do
  [ -f "$archive" ] || continue
  verify "$archive"
  before=$changed
  put_archive "$archive" /opt/kdk "$(sum_of "$archive" | cut -c 1-12)" kdk
  changed=$before
  mkdir -p -- "$root/usr/local/bin"
  ln -sfn -- /opt/kdk/bin/kdk "$root/usr/local/bin/kdk"
  break
done
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
