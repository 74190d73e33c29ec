#!/usr/bin/env bash
# Starts the Kafka node of this pod. What differs between nodes comes from the files beside this one, chosen by POD_NAME;
# no variable of the environment becomes an option of Kafka.
set -euo pipefail

home=/opt/kafka
config=/etc/kafka/node
tls=/etc/kafka/tls
run=/run/kafka

refuse() {
  echo "start-node: $*" >&2
  exit 1
}

node=${POD_NAME##*-}
template=$config/server-$node.properties
[ -f "$template" ] || refuse "there is no configuration for node $node, got pod $POD_NAME; apply the ConfigMap that was rendered with this StatefulSet."
command -v java >/dev/null || refuse "there is no java on the PATH of this image; an image with a Java runtime is needed."
compgen -G "$home/libs/kafka_*.jar" >/dev/null || refuse "there is no Kafka in $home/libs of this image; an image with Apache Kafka there is needed."

mapfile -t options <"$config/jvm.options"
for option in "${options[@]}"; do
  [[ $option == -javaagent:* ]] || continue
  agent=${option#-javaagent:}
  [ -f "${agent%%=*}" ] || refuse "the image lacks the JMX exporter, got nothing at ${agent%%=*}; put it there, or set monitoring.metrics to false."
done

# One file with key and chain is what Kafka reads; $run is in memory.
key=$(cat "$tls/tls.key") || refuse "the private key of the Secret cannot be read, got no $tls/tls.key."
[[ $key == *'-----BEGIN PRIVATE KEY-----'* ]] || refuse "the private key of the Secret is not PKCS #8; make it so (cert-manager: privateKey.encoding PKCS8)."
(
  umask 077
  printf '%s\n' "$key" | cat - "$tls/tls.crt" >"$run/keystore.pem"
)

cat "$template" >"$run/server.properties"
if [ -n "${RACK_FROM_ZONE+set}" ]; then
  [ -n "$RACK_FROM_ZONE" ] || refuse "the pod has no label topology.kubernetes.io/zone, so this broker has no rack; Kubernetes 1.35 copies it from the node, which must have it."
  printf 'broker.rack=%s\n' "$RACK_FROM_ZONE" >>"$run/server.properties"
fi

# Never a disk of another cluster or node: it would be formatted over, or serve foreign data.
cluster=$(cat "$config/cluster-id")
folders=()
unformatted=0
while IFS= read -r line; do
  [[ $line != log.dirs=* ]] || IFS=, read -ra folders <<<"${line#log.dirs=}"
done <"$template"
for folder in "${folders[@]}"; do
  mkdir -p "$folder" || refuse "the volume is not writable, got $folder; its group must be the fsGroup of the pod."
  if [ ! -s "$folder/meta.properties" ]; then
    unformatted=$((unformatted + 1))
    continue
  fi
  while IFS='=' read -r name value || [ -n "$name" ]; do
    case $name in
      cluster.id) [ "$value" = "$cluster" ] || refuse "the disk belongs to another cluster, got cluster.id $value in $folder for $cluster; it is left as it is." ;;
      node.id) [ "$value" = "$node" ] || refuse "the disk belongs to another node, got node.id $value in $folder for $node; it is left as it is." ;;
    esac
  done <"$folder/meta.properties"
done
logging=-Dlog4j2.configurationFile=$config/log4j2.yaml
if [ "$unformatted" -gt 0 ]; then
  mapfile -t format <"$config/format.arguments"
  # Another disk of this node was formatted: it has been in the cluster, and its lost votes must not be cast again.
  for index in "${!format[@]}"; do
    if [ "$unformatted" -lt "${#folders[@]}" ] && [ "${format[index]}" = --initial-controllers ]; then
      format=("${format[@]:0:index}" --no-initial-controllers "${format[@]:index+2}")
      break
    fi
  done
  java -Xmx256m -XX:TieredStopAtLevel=1 "$logging" -cp "$home/libs/*" kafka.tools.StorageTool "${format[@]}" ||
    refuse "formatting failed; the lines above say why."
fi

# In place of this shell, so that the signal to end reaches Kafka.
exec java "${options[@]}" "$logging" -cp "$home/libs/*" kafka.Kafka "$run/server.properties"
