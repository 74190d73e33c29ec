import { nodeCommonName, shellQuote } from '../../core/config';
import type { EnvironmentModel, NodeModel } from '../../core/model';
import type { HostLayout } from '../layout';
import { CHECK_CERTIFICATES } from './check-certificates';
import { CHECK_MACHINE } from './check-machine';
import { CHECK_PACKAGES, PACKAGE_LOOKUP } from './check-packages';
import { CHECK_VOLUMES, ON_ROOT } from './check-volumes';

/** check.sh: all that is wrong on a host, said at once before anything is changed. install.sh begins with it. */
export function checkScript(
  model: EnvironmentModel,
  node: NodeModel,
  layout: HostLayout,
  service: NonNullable<HostLayout['service']>,
): string {
  const isTls = model.internalListeners?.controller.protocol === 'SSL';
  const isAddress = /^[0-9.]+$|:/.test(node.host);
  const ports = Object.entries(node.ports).map(([name, port]) => `${port} ${name.toLowerCase()}`);
  if (node.metricsPort !== undefined) ports.push(`${node.metricsPort} metrics`);
  return `#!/bin/sh
# Says all that keeps node ${node.id} (${node.name}) of ${model.name} from running on this host, and changes nothing. Run it as root.
# Exit status: 0 where nothing is wrong, warnings or not; 1 where something is. With DESTDIR packages alone are looked at.
set -u
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/kafka.env"
root=\${DESTDIR:-}
version=${shellQuote(model.kafka.patch)}
known_level=${model.kafka.metadataLevel}
config=${shellQuote(layout.configDir)}
user=${shellQuote(service.user)}
group=${shellQuote(service.group)}
keystore=${shellQuote(layout.tls.keystore)}
truststore=${shellQuote(layout.tls.truststore)}
bundled_java=${shellQuote(layout.javaHome ?? '')}
host=${shellQuote(node.host)}
ports=${shellQuote(ports.join('\n'))}
heap=${node.heapMiB}
${isTls ? `common_name=${shellQuote(nodeCommonName(model))}\ncheck_name=-${isAddress ? 'checkip' : 'checkhost'}\n` : ''}problems=0

problem() {
  printf 'install: %s\\n' "$1" >&2
  problems=$((problems + 1))
}

warn() {
  printf 'install: warning: %s\\n' "$1" >&2
}

${PACKAGE_LOOKUP}
${CHECK_PACKAGES}
${ON_ROOT}
${CHECK_VOLUMES}
${isTls ? `${CHECK_CERTIFICATES}\n` : ''}${CHECK_MACHINE}
check_kafka
check_java
check_agent
check_kdk
if [ -z "$root" ]; then
  if [ "$(id -u)" -ne 0 ]; then
    problem "this needs root, got $(id -un); use sudo."
    exit 1
  fi
  # A node that is on its way up or down holds its ports too.
  case $(systemctl is-active kafka.service 2>/dev/null) in
    active | activating | deactivating | reloading) running=yes ;;
    *) running=no ;;
  esac
  if ! taken=$(mktemp); then
    problem 'there is no room for a temporary file, got none by mktemp; the root file system needs room as well. Make some.'
    exit 1
  fi
  trap 'rm -f -- "$taken"' EXIT
  check_host
  check_volumes
${isTls ? '  check_certificates\n' : ''}  check_secrets
  check_ports
  check_memory
  check_clock
  check_kernel
fi
[ "$problems" -eq 0 ] || exit 1
`;
}
