import { shellQuote } from '../core/config';
import type { EnvironmentModel, NodeModel } from '../core/model';
import type { HostLayout } from './layout';

/**
 * bin/state.sh: how a node is on its host, as `NAME=VALUE` lines for people and for `kdk roll`: whether its service runs, what it was
 * started with, what has changed since, and what it said last where it does not run. `lib/core/roll/host-state.ts` reads it.
 */
export function stateScript(model: EnvironmentModel, node: NodeModel, layout: HostLayout): string {
  return `#!/bin/sh
# Says how node ${node.id} (${node.name}) of ${model.name} is on this host. Run it as root; it changes nothing.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=/dev/null
. "$here/kafka.env"
unit=kafka.service
record=$KAFKA_STATE_DIR/started
keystore=${shellQuote(layout.tls.keystore)}

say() {
  printf '%s=%s\\n' "$1" "$2"
}

# lines NAME: a line for each of standard input
lines() {
  sed "s/^/$1=/"
}

shown() {
  systemctl show "$unit" --property="$1" | cut -d = -f 2-
}

# differences: of what lies there now (standard input) from what it was started with
differences() {
  awk '
    { name = substr($0, index($0, " ") + 1) }
    part == 1 { was[name] = $1; next }
    { now[name] = 1 }
    !(name in was) { print name " is new"; next }
    was[name] != $1 && (name == "Kafka" || name == "Java") { print name " " was[name] " -> " $1; next }
    was[name] != $1 { print name " changed" }
    END { for (name in was) if (name != "invocation" && !(name in now)) print name " is gone" }
  ' part=1 "$record" part=2 -
}

say environment ${shellQuote(model.name)}
say name ${shellQuote(node.name)}
say node "$KAFKA_NODE_ID"
say cluster "$KAFKA_CLUSTER_ID"
service=$(shown ActiveState)
[ "$(shown SubState)" != auto-restart ] || service=failing
# The start script writes down what it starts with just before it becomes Java.
tries=0
while [ "$(cat "/proc/$(shown MainPID)/comm" 2>/dev/null)" = start.sh ] && [ "$tries" -lt 20 ]; do
  sleep 1
  tries=$((tries + 1))
done
invocation=$(shown InvocationID)
say service "\${service:-unknown}"
say since "$(shown ActiveEnterTimestamp)"
say invocation "$invocation"
say restarts "$(shown NRestarts)"
now=$("$here/bin/fingerprint.sh")
printf '%s\\n' "$now" | lines has
if [ "$service" = active ]; then
  if [ -n "$invocation" ] && [ "$(sed -n 's/ invocation$//p' "$record" 2>/dev/null)" = "$invocation" ]; then
    lines with <"$record"
    printf '%s\\n' "$now" | differences | lines due
    [ ! -f "$record.properties" ] || lines before <"$record.properties"
    lines after <"$here/server.properties"
  else
    say due 'what it was started with is not known'
  fi
elif command -v journalctl >/dev/null; then
  journalctl --unit="$unit" --lines=8 --output=cat --no-pager 2>/dev/null | lines said
fi
if [ -f "$keystore" ] && command -v openssl >/dev/null; then
  ends=$(openssl x509 -in "$keystore" -noout -enddate 2>/dev/null | cut -d = -f 2-)
  [ -z "$ends" ] || say certificate-ends "$(date -u -d "$ends" +%s)"
fi
say clock "$(date +%s)"
`;
}
