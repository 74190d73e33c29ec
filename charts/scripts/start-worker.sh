#!/usr/bin/env bash
# Starts the Kafka Connect worker of this pod with the files beside this one.
set -euo pipefail

home=/opt/kafka
config=/etc/kafka/connect
tls=/etc/kafka/tls
run=/run/kafka

refuse() {
  echo "start-worker: $*" >&2
  exit 1
}

command -v java >/dev/null || refuse "there is no java on the PATH of this image; an image with a Java runtime is needed."
compgen -G "$home/libs/connect-runtime-*.jar" >/dev/null || refuse "there is no Kafka Connect in $home/libs of this image; an image with Apache Kafka there is needed."
jar=$(compgen -G "$home/libs/connect-runtime-*.jar" | head -n 1)
version=${jar##*/connect-runtime-}
[[ -z ${RENDERED_KAFKA_VERSION:-} || $version == "$RENDERED_KAFKA_VERSION".* ]] || refuse "the image has another Kafka than its files are for, got ${version%.jar} for $RENDERED_KAFKA_VERSION; name an image with Kafka $RENDERED_KAFKA_VERSION, or write its version in the environment."
mapfile -t options <"$config/jvm.options"
for option in "${options[@]}"; do
  [[ $option == -javaagent:* ]] || continue
  agent=${option#-javaagent:}
  [ -f "${agent%%=*}" ] || refuse "the image lacks the JMX exporter, got nothing at ${agent%%=*}; put it there, name an image that has it under targets.kubernetes.images.jmxExporter, or set monitoring.metrics to false."
done
while IFS= read -r folder; do
  [ -n "$folder" ] || continue
  [ -d "$folder" ] || refuse "the image lacks a plugin, got no folder $folder; make an image with it (kdk images), or name one that brings it under targets.kubernetes.images.plugins."
  compgen -G "$folder/*.jar" >/dev/null || compgen -G "$folder/*/*.jar" >/dev/null || refuse "a plugin has nothing to load, got no jar in $folder; put its jars there (targets.kubernetes.images.plugins: path is the folder that holds them)."
done <"$config/plugin-folders"

while read -r file holder; do
  [ -z "$file" ] || [ -f "$file" ] || refuse "the $holder lacks a key, got nothing at $file; add the key ${file##*/} to it."
done <"$config/needed-files"
if grep -qs AWS_MSK_IAM "$config/worker.properties" "$config/needed-log-ins"; then
  compgen -G "$home/libs/aws-msk-iam-auth-*.jar" >/dev/null || refuse "the image lacks the log-in of Amazon MSK, got no aws-msk-iam-auth-*.jar in $home/libs; put it there."
fi

# One file with key and chain is what Kafka reads; $run is in memory. A folder for each certificate, named by who it is.
umask 077
for folder in "$tls"/*/; do
  [ -f "$folder/tls.key" ] || continue
  key=$(cat "$folder/tls.key")
  [[ $key == *'-----BEGIN PRIVATE KEY-----'* ]] || refuse "the private key in $folder is not PKCS #8; make it so (cert-manager: privateKey.encoding PKCS8)."
  printf '%s\n' "$key" | cat - "$folder/tls.crt" >"$run/$(basename "$folder").pem"
done

worker=$(cat "$config/worker.properties")
printf '%s\n' "${worker//'{pod}'/"$POD_NAME"}" >"$run/worker.properties"
if [ -n "${ZONE:-}" ]; then
  printf 'consumer.client.rack=%s\n' "$ZONE" >>"$run/worker.properties"
fi

# Renewed certificates are read at the next start. Without certificates there is nothing to watch.
renewed=("$tls"/*/*)
[ ! -e "${renewed[0]}" ] || bash "$config/restart-in-turn.sh" $$ "${renewed[@]}" &

# In place of this shell, so that the signal to end reaches Kafka Connect.
exec java "${options[@]}" "-Dlog4j2.configurationFile=$config/log4j2.yaml" -cp "$home/libs/*" \
  org.apache.kafka.connect.cli.ConnectDistributed "$run/worker.properties"
