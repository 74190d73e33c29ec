import { shellQuote } from '../../core/config';
import type { EnvironmentModel, NodeModel } from '../../core/model';
import { SYSTEM_LAYOUT } from '../../host';
import { MOUNT_VOLUMES } from './instance/mount-volumes';
import { PUT_IN_PLACE } from './instance/put-in-place';
import { TAKE_OVER } from './instance/take-over';
import { TALK_TO_AWS } from './instance/talk-to-aws';
import { INSTANCE_FOLDER } from './instance/units';

/** Of the Auto Scaling group of each node: an instance is not ended before Kafka has. */
export const LIFECYCLE_HOOK = 'kafka-controlled-shutdown';

/**
 * boot.sh: makes an instance the node. Takes what a former instance may still hold, formats nothing that has anything on it, and then runs
 * the install script of every host.
 */
export function bootScript(model: EnvironmentModel, node: NodeModel): string {
  const tls = model.internalListeners?.controller.protocol === 'SSL';
  const packages = [
    `kafka_2.13-${model.kafka.patch}.tgz`,
    ...(node.metricsPort === undefined ? [] : ['jmx_prometheus_javaagent.jar']),
  ];
  return `#!/bin/bash
# Makes this instance node ${node.id} (${node.name}) of ${model.name}.
#   boot.sh first    what user data run, once: leaves the rest to the units
#   boot.sh start    what kafka-node.service runs before Kafka, at every start of the instance
#   boot.sh update   fetches what the stack has now and puts it in place; starts and stops nothing
#   boot.sh watch    what kafka-lifecycle.service runs: stops Kafka before the Auto Scaling group ends the instance
# For trying it out: KAFKA_NODE_ROOT=/folder has all that it touches below it, KAFKA_NODE_IMDS is another metadata service, and a minute
# has KAFKA_NODE_MINUTE seconds.
set -euo pipefail
umask 022
root=\${KAFKA_NODE_ROOT:-}
imds=\${KAFKA_NODE_IMDS:-http://169.254.169.254}
minute=\${KAFKA_NODE_MINUTE:-60}
base=$root${INSTANCE_FOLDER}
run=$root/run/kafka-node
here=$(cd -- "$(dirname -- "\${BASH_SOURCE[0]}")" && pwd -P)
log_dirs=(${node.logDirs.map(shellQuote).join(' ')})
packages=(${packages.map(shellQuote).join(' ')})
keystore=${shellQuote(SYSTEM_LAYOUT.tls.keystore)}
why='' answer='' instance='' zone='' mac='' address=''
export LC_ALL=C AWS_PAGER='' AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=4
# shellcheck source=/dev/null
. "$here/kafka.env"
${TALK_TO_AWS}${TAKE_OVER}${MOUNT_VOLUMES}${PUT_IN_PLACE}
start() {
  local index volumes devices=()
  read -r -a volumes <<<"$(of_place volumes)"
  [ "\${#volumes[@]}" -eq "\${#log_dirs[@]}" ] ||
    fail "the stack names \${#volumes[@]} volumes; \${#log_dirs[@]} are needed. Deploy it again."
  wait_for 'the metadata of this instance' know_instance
  take_interface "$(of_place interface)"
  letters=fghijklmnop
  for index in "\${!volumes[@]}"; do
    devices[index]=$root/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_\${volumes[index]/-/}
    take_volume "\${volumes[index]}" "\${devices[index]}" "/dev/sd\${letters:index:1}"
  done
  for index in "\${!volumes[@]}"; do
    open_volume "\${volumes[index]}" "\${devices[index]}" "\${log_dirs[index]}"
  done
  command -v "$KAFKA_JAVA" >/dev/null || wait_for 'the package of Java' install_java
  fetch_packages
${tls ? '  take_certificate\n' : ''}  # The unit starts Kafka; started from here it would wait for the unit, which waits for this.
  DESTDIR=$root KAFKA_START=no sh "$here/install.sh"
${tls ? '  drop_certificate\n' : ''}  find "$base" -mindepth 1 -maxdepth 1 -type d ! -name packages ! -path "$here" -exec rm -rf -- {} +
  say 'all is in place'
}

first() {
  local folder
  folder=$(basename -- "$(of_place files)" .zip)
  # What Python unpacks has lost its modes.
  find "$here" -name '*.sh' -exec chmod 0755 {} +
  mv -T -- "$here" "$base/$folder"
  ln -sfn -- "$folder" "$base/files"
  install -m 0644 "$base/files/kafka-node.service" "$base/files/kafka-lifecycle.service" "$root/etc/systemd/system/"
  [ -z "$root" ] || return 0
  systemctl daemon-reload
  systemctl -q enable kafka-node.service kafka-lifecycle.service
  systemctl start --no-block kafka-node.service kafka-lifecycle.service
}

ending() {
  why='the metadata service does not answer'
  [ "$(metadata autoscaling/target-lifecycle-state)" = Terminated ]
}

ended() {
  call autoscaling complete-lifecycle-action --lifecycle-action-result CONTINUE --instance-id "$instance" \\
    --lifecycle-hook-name ${LIFECYCLE_HOOK} --auto-scaling-group-name "$(of_place group)"
}

watch_over() {
  wait_for 'the metadata of this instance' know_instance
  until ending; do sleep "$((minute / 12)).2"; done
  say 'the Auto Scaling group ends this instance: stopping Kafka in order'
  # Both: one that still waits for its volumes would start Kafka yet.
  systemctl stop kafka-node.service kafka.service || say 'Kafka did not end in order'
  wait_for 'the Auto Scaling group to go on' ended
}

install -d -m 0700 "$run"
AWS_DEFAULT_REGION=$(of_place region)
export AWS_DEFAULT_REGION
case \${1:-} in
  first) first ;;
  watch) watch_over ;;
  start | update)
    exec 9>"$run/lock"
    flock 9
    if [ "$1" = update ]; then
      fetch_files || fail "the files of the stack cannot be fetched: $why"
      rm -f -- "$base/packages/packages.sha256"
      install -m 0644 "$base/files/kafka-node.service" "$base/files/kafka-lifecycle.service" "$root/etc/systemd/system/"
      exec bash "$base/files/boot.sh" start
    fi
    start
    ;;
  *) fail "unknown command, got \${1:-nothing}; first, start, update and watch are allowed." ;;
esac
`;
}
