import { formatArguments, shellQuote } from '../core/config';
import type { EnvironmentModel, NodeModel } from '../core/model';
import { ON_ROOT } from './check/check-volumes';

/**
 * bin/format.sh: formats the log directories of a node that are empty, once, and refuses those of another node or cluster. The tool's own
 * check ends in a stack trace, and only after a Java runtime was started.
 */
export function formatScript(model: EnvironmentModel, node: NodeModel): string {
  return `#!/bin/sh
# Formats the empty log directories of node ${node.id} (${node.name}) of ${model.name}; changes nothing where all are formatted.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=/dev/null
. "$here/kafka.env"

fail() {
  printf 'format: %s\\n' "$1" >&2
  exit 1
}

${ON_ROOT}
formatted=0
empty=0
while IFS= read -r dir; do
  meta=$dir/meta.properties
  if [ -f "$meta" ]; then
    cluster=$(property "$meta" cluster.id)
    node=$(property "$meta" node.id)
    [ "$cluster" = "$KAFKA_CLUSTER_ID" ] ||
      fail "$dir belongs to another cluster, got cluster.id $cluster; this node is of cluster $KAFKA_CLUSTER_ID. Attach the right volume, or move the folder away if its data is not needed."
    [ "$node" = "$KAFKA_NODE_ID" ] ||
      fail "$dir belongs to another node, got node.id $node; this is node $KAFKA_NODE_ID. Attach the right volume, or move the folder away if its data is not needed."
    formatted=$((formatted + 1))
    continue
  fi
  gone=$(unmounted "$dir")
  [ -z "$gone" ] || fail "nothing is mounted on $gone, and $dir was on the volume there; mount it. Or, if that volume is gone for good, take its line out of $KAFKA_STATE_DIR/volumes."
  if [ "$KAFKA_DATA_DIRS_ON_ROOT" = refused ] && on_root "$dir" && [ ! -e "$dir/on-root-file-system" ]; then
    fail "$dir is on the root file system; a log directory needs a volume of its own. Mount it; or, if this is meant, create the file $dir/on-root-file-system."
  fi
  mkdir -p -- "$dir" || fail "$dir cannot be created by $(id -un); run install.sh again, which makes it."
  [ -w "$dir" ] || fail "$dir cannot be written by $(id -un); make it the owner."
  found=$(find "$dir" -mindepth 1 -maxdepth 1 ! -name on-root-file-system ! -name lost+found | head -n 1)
  [ -z "$found" ] || fail "$dir is not formatted and not empty, got $found; an empty directory is needed. Move its content away."
  empty=$((empty + 1))
done <<DIRS
$KAFKA_DATA_DIRS
DIRS

marker=$KAFKA_STATE_DIR/formatted
mkdir -p -- "$KAFKA_STATE_DIR"
if [ "$empty" -eq 0 ]; then
  printf '%s\\n' "$KAFKA_CLUSTER_ID" >"$marker"
  exit 0
fi

${argumentsOf(model, node)}
command -v "$KAFKA_JAVA" >/dev/null || fail "no Java runtime, got $KAFKA_JAVA; Java 17 or newer is needed."
"$KAFKA_JAVA" -Xmx256m -cp "$KAFKA_HOME/libs/*" kafka.tools.StorageTool "$@"
printf '%s\\n' "$KAFKA_CLUSTER_ID" >"$marker"
`;
}

function argumentsOf(model: EnvironmentModel, node: NodeModel): string {
  const join = setArguments({ ...model, formation: 'formed' }, node);
  if (model.formation === 'formed' || !node.roles.includes('controller')) return join;
  return `if [ "$formatted" -eq 0 ] && [ "$(cat -- "$marker" 2>/dev/null)" != "$KAFKA_CLUSTER_ID" ]; then
  # The first formation of the cluster: all voters begin together, under ids that they all know.
  ${setArguments(model, node)}
else
  # This node was a voter before and lost its log: under its old id it would be one that forgot its votes. It joins under a new one.
  printf 'format: node %s was formatted before and joins the quorum again; to form the whole cluster anew, remove %s on every controller first\\n' "$KAFKA_NODE_ID" "$marker" >&2
  ${join}
fi`;
}

function setArguments(model: EnvironmentModel, node: NodeModel): string {
  const path = '"$here/server.properties"';
  return `set -- ${formatArguments(model, node, path)
    .map((argument) => (argument === path ? path : shellQuote(argument)))
    .join(' ')}`;
}
