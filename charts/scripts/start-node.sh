#!/usr/bin/env bash
# Starts the Kafka node of this pod. What differs between nodes comes from the files beside this one, chosen by POD_NAME;
# no variable of the environment becomes an option of Kafka.
set -euo pipefail

home=/opt/kafka
config=/etc/kafka/node
run=/run/kafka
[ ! -f "$config/ask-nodes.sh" ] || source "$config/ask-nodes.sh"

refuse() {
  echo "start-node: $*" >&2
  exit 1
}
warn() {
  echo "start-node: warning: $*" >&2
}

# What an earlier container of this pod waited for is over.
rm -f "$run/gate" || refuse "the image lacks rm; an image with bash and coreutils is needed."
node=${POD_NAME##*-}
template=$config/server-$node.properties
[ -f "$template" ] || refuse "there is no configuration for node $node, got pod $POD_NAME; apply the ConfigMap that was rendered with this StatefulSet."
command -v java >/dev/null || refuse "there is no java on the PATH of this image; an image with a Java runtime is needed."
compgen -G "$home/libs/kafka_*.jar" >/dev/null || refuse "there is no Kafka in $home/libs of this image; an image with Apache Kafka there is needed."

jar=$(compgen -G "$home/libs/kafka_*.jar" | head -n 1)
version=${jar##*/kafka_}
version=${version#*-}
[[ $version == "$RENDERED_KAFKA_VERSION".* ]] || refuse "the image has another Kafka than its files are for, got ${version%.jar} for $RENDERED_KAFKA_VERSION; name an image with Kafka $RENDERED_KAFKA_VERSION, or write its version in the environment."

mapfile -t options <"$config/jvm.options"
for option in "${options[@]}"; do
  [[ $option == -javaagent:* ]] || continue
  agent=${option#-javaagent:}
  [ -f "${agent%%=*}" ] || refuse "the image lacks the JMX exporter, got nothing at ${agent%%=*}; put it there, or set monitoring.metrics to false."
done

bash "$config/keystores.sh" make || exit

properties=$(cat "$template")
if [[ $properties == *'{nodeIp}'* ]]; then
  [ -n "${NODE_IP:-}" ] || refuse "the address of the node is not known, got no NODE_IP; it is status.hostIP of the pod."
  # Clients outside refuse a certificate without the address; those inside do not need it, so the broker starts.
  grep -qxF "$NODE_IP" "$config/node-addresses" ||
    echo "start-node: warning: the certificate does not name this node, got $NODE_IP; add it to nodeAddresses of the listener." >&2
fi
printf '%s\n' "${properties//'{nodeIp}'/"${NODE_IP:-}"}" >"$run/server.properties"
if [ -n "${RACK_FROM_ZONE+set}" ]; then
  [ -n "$RACK_FROM_ZONE" ] || refuse "the pod has no label topology.kubernetes.io/zone, so this broker has no rack; Kubernetes 1.35 copies it from the node, which must have it."
  printf 'broker.rack=%s\n' "$RACK_FROM_ZONE" >>"$run/server.properties"
fi

# finalised FOLDER: the number of the metadata.version in force, as the disk has it, if it has: in a FeatureLevelRecord (frame 1, key 12,
# version 0) of a snapshot, or later in the log. Control characters and what is no ASCII are taken out of the way of grep.
finalised() {
  local file record level=
  for file in "$1"/__cluster_metadata-0/*.checkpoint "$1"/__cluster_metadata-0/*.log; do
    [ -f "$file" ] || continue
    record=$(LC_ALL=C tr '\000-\011\013-\037' '\100-\111\113-\137' <"$file" | tr -d '\200-\377' | grep -o 'AL@Qmetadata[.]version@.' | tail -n 1) || continue
    printf -v level '%d' "'${record: -1}"
  done
  [ -z "$level" ] || echo $((level < 64 ? level : level - 64))
}

# Never a disk of another cluster or node: it would be formatted over, or serve foreign data.
cluster=$(cat "$config/cluster-id")
folders=()
unformatted=0
files=0
while IFS= read -r line; do
  [[ $line != log.dirs=* ]] || IFS=, read -ra folders <<<"${line#log.dirs=}"
done <"$template"
for folder in "${folders[@]}"; do
  if ! { mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ]; }; then
    [[ $folder != "${folders[0]}" && -s $folder/meta.properties ]] || refuse "the volume is not writable, got $folder; it is read-only, or its group is not the fsGroup of the pod."
    # Kafka takes one of several disks out of service by itself, and the start probe holds the rollout.
    warn "the volume is not writable, got $folder; this broker goes on without it."
  fi
  if [ ! -s "$folder/meta.properties" ]; then
    # Replicas without the file that says whose they are: Kafka deletes those that it does not know.
    for replica in "$folder"/*-[0-9]*; do
      [[ ! -e $replica || $replica == */__cluster_metadata-0 ]] || refuse "the disk has replicas but no meta.properties, got $replica; restore that file, or empty the disk for a copy from the other brokers."
    done
    unformatted=$((unformatted + 1))
    continue
  fi
  while IFS='=' read -r name value || [ -n "$name" ]; do
    case $name in
      cluster.id) [ "$value" = "$cluster" ] || refuse "the disk belongs to another cluster, got cluster.id $value in $folder for $cluster; it is left as it is." ;;
      node.id) [ "$value" = "$node" ] || refuse "the disk belongs to another node, got node.id $value in $folder for $node; it is left as it is." ;;
    esac
  done <"$folder/meta.properties"
  level=$(finalised "$folder")
  [ "${level:-0}" -le "$RENDERED_METADATA_LEVEL" ] || refuse "the cluster has features in force that Kafka $RENDERED_KAFKA_VERSION does not know, got metadata.version level $level in $folder where $RENDERED_METADATA_LEVEL is its last; run the newer Kafka again, an upgrade that was finalised has no way back."
  indexes=("$folder"/*/*.index "$folder"/*/*.timeindex)
  files=$((files + ${#indexes[@]}))
done
most=$(cat /proc/sys/vm/max_map_count 2>/dev/null) || most=
[ -z "$most" ] || [ $((files * 10)) -lt $((most * 7)) ] || warn "$files index files are to be mapped into memory, and vm.max_map_count allows $most; raise it on the machine before this broker fails with 'Map failed'."
open=$(ulimit -Hn)
[ "$open" = unlimited ] || [ "$open" -ge $((files * 2 + 10000)) ] || warn "at most $open files and connections may be open (nofile of the container runtime), and there are $files index files already; raise it before this broker fails with 'Too many open files'."

# formed_by: `reason`, where another node has records of the metadata of this cluster. A first formation has none before most controllers
# are formatted. Before Kafka 4.2 no controller joins by itself, so there one that is a few minutes late at the first formation still forms it.
formed_by() {
  local id records few=1200
  [[ $(cat "$template") != *controller.quorum.auto.join.enable=true* ]] || few=0
  while read -r id records; do
    [[ $records == +([0-9]) ]] || continue
    ((records > few)) || continue
    reason="node $id has $records records of its metadata"
  done < <(ask "$node" '' kafka_server_raft_metrics_log_end_offset)
}

logging=-Dlog4j2.configurationFile=$config/log4j2.yaml
if [ "$unformatted" -gt 0 ]; then
  mapfile -t format <"$config/format.arguments"
  reason=
  if [ "$unformatted" -lt "${#folders[@]}" ]; then
    reason='another disk of it was formatted before'
  elif [[ " ${format[*]} " = *' --initial-controllers '* && -f $config/nodes ]]; then
    formed_by
  fi
  # It has been in the cluster, or the cluster has been without it: under its old directory id it would be a voter that forgot its votes.
  if [ -n "$reason" ]; then
    for index in "${!format[@]}"; do
      [ "${format[index]}" = --initial-controllers ] || continue
      format=("${format[@]:0:index}" --no-initial-controllers "${format[@]:index+2}")
      warn "node $node joins the quorum instead of forming it, for $reason; kdk lock --formed records that it was formed."
      break
    done
  fi
  java -Xmx256m -XX:TieredStopAtLevel=1 "$logging" -cp "$home/libs/*" kafka.tools.StorageTool "${format[@]}" ||
    refuse "formatting failed; the lines above say why."
fi

# Renewed certificates are put beside Kafka, which reads them when it starts again; both of these end with it.
[ ! -f "$config/restart-in-turn.sh" ] || bash "$config/restart-in-turn.sh" $$ "$run"/keystore*.pem /etc/kafka/tls/ca.crt &
bash "$config/keystores.sh" watch $$ &

# The probe writes to the log of this process.
echo $$ >"$run/pid"
# In place of this shell, so that the signal to end reaches Kafka.
exec java "${options[@]}" "$logging" -cp "$home/libs/*" kafka.Kafka "$run/server.properties"
