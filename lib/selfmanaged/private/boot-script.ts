import { shellQuote } from '../../core/config';
import type { EnvironmentModel, NodeModel } from '../../core/model';

/** The folder that a volume is mounted on: the log directory is a folder below it. */
export function mountPoint(logDir: string): string {
  return logDir.slice(0, logDir.lastIndexOf('/'));
}

/**
 * boot.sh: makes an instance the node. Waits for what a former instance may still hold (a volume takes minutes to be let go), never
 * formats a volume that has anything on it, and then runs the install script of every host. Ids come as variables from the user data.
 */
export function bootScript(model: EnvironmentModel, node: NodeModel): string {
  const tls = model.internalListeners?.controller.protocol === 'SSL';
  return `#!/bin/bash
# Makes this instance node ${node.id} (${node.name}) of ${model.name}. Runs at the first boot of an instance, and again as often as needed.
set -euo pipefail
: "\${KAFKA_NETWORK_INTERFACE:?}" "\${KAFKA_VOLUMES:?}" "\${KAFKA_PACKAGES:?}" "\${KAFKA_NODE_SECRET:?}"
here=$(cd -- "$(dirname -- "$0")" && pwd)
mounts=(${node.logDirs.map((dir) => shellQuote(mountPoint(dir))).join(' ')})
read -r -a volumes <<<"$KAFKA_VOLUMES"

say() {
  printf 'boot: %s\\n' "$1"
}

metadata() {
  local token
  token=$(curl -sf -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)
  curl -sf -H "X-aws-ec2-metadata-token: $token" "http://169.254.169.254/latest/meta-data/$1"
}

# until_done WHAT COMMAND...: tries again until it works; only a person can help where it never does, and the log says with what
until_done() {
  local what=$1
  shift
  until "$@"; do
    say "waiting for $what"
    sleep 10
  done
}

instance=$(metadata instance-id)

attach_interface() {
  local holder
  holder=$(aws ec2 describe-network-interfaces --network-interface-ids "$KAFKA_NETWORK_INTERFACE" \\
    --query 'NetworkInterfaces[0].Attachment.InstanceId' --output text) || return 1
  [ "$holder" != "$instance" ] || return 0
  [ "$holder" = None ] || return 1
  aws ec2 attach-network-interface --network-interface-id "$KAFKA_NETWORK_INTERFACE" --instance-id "$instance" --device-index 1 >/dev/null
}

# attach_volume VOLUME DEVICE
attach_volume() {
  local holder
  holder=$(aws ec2 describe-volumes --volume-ids "$1" --query 'Volumes[0].Attachments[0].InstanceId' --output text) || return 1
  [ "$holder" != "$instance" ] || return 0
  [ "$holder" = None ] || return 1
  aws ec2 attach-volume --volume-id "$1" --instance-id "$instance" --device "$2" >/dev/null
}

fetch_secret() {
  aws secretsmanager get-secret-value --secret-id "$KAFKA_NODE_SECRET" --query SecretString --output text |
    python3 -c '
import json, os, sys
secret = json.load(sys.stdin)
for name in ("node.pem", "ca.crt"):
    with open(os.open(os.path.join(sys.argv[1], name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secret[name])
' "$here"
}

until_done "the network interface $KAFKA_NETWORK_INTERFACE" attach_interface
letters=fghijklmnop
for index in "\${!volumes[@]}"; do
  volume=\${volumes[$index]}
  mount=\${mounts[$index]}
  device=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_\${volume/-/}
  until_done "the volume $volume" attach_volume "$volume" "/dev/sd\${letters:$index:1}"
  until_done "the device of $volume" test -b "$device"
  # blkid ends with 2 where there is nothing at all; every other answer means that somebody's data may be there.
  status=0
  blkid -p "$device" >/dev/null || status=$?
  [ "$status" -ne 2 ] || mkfs.xfs -q "$device"
  mkdir -p -- "$mount"
  grep -qF " $mount " /etc/fstab || printf 'UUID=%s %s xfs noatime,nofail 0 2\\n' "$(blkid -s UUID -o value "$device")" "$mount" >>/etc/fstab
  mountpoint -q "$mount" || mount "$mount"
done

command -v java >/dev/null || until_done 'the package of Java' dnf install -y -q java-21-amazon-corretto-headless
for package in ${['kafka_2.13-' + model.kafka.patch + '.tgz', ...(node.metricsPort === undefined ? [] : ['jmx_prometheus_javaagent.jar'])].map(shellQuote).join(' ')}; do
  [ -f "$here/$package" ] || until_done "$KAFKA_PACKAGES/$package" aws s3 cp --only-show-errors "$KAFKA_PACKAGES/$package" "$here/$package"
done
${tls ? `until_done "the certificate in the secret $KAFKA_NODE_SECRET" fetch_secret\n` : ''}sh "$here/install.sh"
${tls ? `rm -f -- "$here/node.pem"\n` : ''}`;
}
