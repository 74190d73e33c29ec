#!/bin/sh
# Stands in bin/ under the name of every tool of Apache Kafka and runs the one it is called by. Takes the variables that Kafka's own scripts take:
# JAVA_HOME, CLASSPATH, KAFKA_HEAP_OPTS, KAFKA_JVM_PERFORMANCE_OPTS, KAFKA_LOG4J_OPTS, KAFKA_OPTS.
set -eu

home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
name=$(basename -- "$0" .sh)
heap=-Xmx256M
logging=tools-log4j2.yaml
# A tool lives for a second or two: it starts sooner with one compiler and the simplest collector.
performance='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.awt.headless=true'
lasting='-server -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35 -XX:+ExplicitGCInvokesConcurrent -Djava.awt.headless=true'

service() {
  class=$1 heap=$2 performance=$lasting logging=log4j2.yaml
}
client() {
  class=org.apache.kafka.tools.$1 heap=-Xmx512M performance=$lasting
}

case $name in
  kafka-server-start) service kafka.Kafka '-Xms1G -Xmx1G' ;;
  connect-distributed) service org.apache.kafka.connect.cli.ConnectDistributed '-Xms256M -Xmx1G' ;;
  connect-standalone) service org.apache.kafka.connect.cli.ConnectStandalone '-Xms256M -Xmx1G' ;;
  connect-mirror-maker) service org.apache.kafka.connect.mirror.MirrorMaker '-Xms256M -Xmx1G' ;;
  kafka-console-producer) client ConsoleProducer ;;
  kafka-console-consumer) client consumer.ConsoleConsumer ;;
  kafka-console-share-consumer) client consumer.ConsoleShareConsumer ;;
  kafka-producer-perf-test) client ProducerPerformance ;;
  kafka-consumer-perf-test) client ConsumerPerformance ;;
  kafka-verifiable-producer) client VerifiableProducer ;;
  kafka-verifiable-consumer) client VerifiableConsumer ;;
  kafka-e2e-latency) client EndToEndLatency ;;
  kafka-storage) class=kafka.tools.StorageTool ;;
  kafka-configs) class=kafka.admin.ConfigCommand ;;
  kafka-metadata-shell) class=org.apache.kafka.shell.MetadataShell ;;
  kafka-acls) class=org.apache.kafka.tools.AclCommand ;;
  kafka-broker-api-versions) class=org.apache.kafka.tools.BrokerApiVersionsCommand ;;
  kafka-client-metrics) class=org.apache.kafka.tools.ClientMetricsCommand ;;
  kafka-cluster) class=org.apache.kafka.tools.ClusterTool ;;
  kafka-consumer-groups) class=org.apache.kafka.tools.consumer.group.ConsumerGroupCommand ;;
  kafka-delegation-tokens) class=org.apache.kafka.tools.DelegationTokenCommand ;;
  kafka-delete-records) class=org.apache.kafka.tools.DeleteRecordsCommand ;;
  kafka-dump-log) class=org.apache.kafka.tools.DumpLogSegments ;;
  kafka-features) class=org.apache.kafka.tools.FeatureCommand ;;
  kafka-get-offsets) class=org.apache.kafka.tools.GetOffsetShell ;;
  kafka-groups) class=org.apache.kafka.tools.GroupsCommand ;;
  kafka-leader-election) class=org.apache.kafka.tools.LeaderElectionCommand ;;
  kafka-log-dirs) class=org.apache.kafka.tools.LogDirsCommand ;;
  kafka-metadata-quorum) class=org.apache.kafka.tools.MetadataQuorumCommand ;;
  kafka-reassign-partitions) class=org.apache.kafka.tools.reassign.ReassignPartitionsCommand ;;
  kafka-replica-verification) class=org.apache.kafka.tools.ReplicaVerificationTool ;;
  kafka-share-groups) class=org.apache.kafka.tools.consumer.group.ShareGroupCommand ;;
  kafka-topics) class=org.apache.kafka.tools.TopicCommand ;;
  kafka-transactions) class=org.apache.kafka.tools.TransactionsCommand ;;
  connect-plugin-path) class=org.apache.kafka.tools.ConnectPluginPath ;;
  kafka-run-class)
    class=${1:?kafka-run-class.sh needs the name of a class}
    shift
    ;;
  *)
    echo "$0: no tool of Apache Kafka has this name" >&2
    exit 2
    ;;
esac

# Options are lists of words, so they are not quoted; the kit's own, which holds a path, is.
# shellcheck disable=SC2086
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${KAFKA_HEAP_OPTS:-$heap} ${KAFKA_JVM_PERFORMANCE_OPTS:-$performance} \
  ${KAFKA_LOG4J_OPTS:-"-Dlog4j2.configurationFile=$home/config/$logging"} ${KAFKA_OPTS:-} \
  -cp "$home/libs/*${CLASSPATH:+:$CLASSPATH}" "$class" "$@"
