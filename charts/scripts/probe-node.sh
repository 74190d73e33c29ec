#!/usr/bin/env bash
# probe-node.sh PORT CHECK...: succeeds where every check holds, read from the JMX exporter of this pod. A tool of Kafka would start
# a Java virtual machine every time.
#   running   the broker is past recovery and registered (BrokerState 3)
#   caught-up its replicas follow their leaders without lag; twice, since the first look may come before the first fetch
#   quorum    the controller is leader or follower of the quorum, not still joining it
set -euo pipefail

port=$1
shift

metrics() { # metrics NAME: the lines of one metric
  local line
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf 'GET /metrics?name[]=%s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" >&3
  while IFS= read -r line; do
    [[ ${line%%[ \{]*} != "$1" ]] || printf '%s\n' "${line%$'\r'}"
  done <&3
  exec 3>&-
}

value_is() { # value_is NAME VALUE: there is such a metric, and every line of it has that value
  local lines line
  lines=$(metrics "$1")
  [ -n "$lines" ] || return 1
  while IFS= read -r line; do
    [ "${line##* }" = "$2" ] || return 1
  done <<<"$lines"
}

holds() {
  case $1 in
    running) value_is kafka_server_kafkaserver_brokerstate 3.0 ;;
    caught-up)
      value_is kafka_server_replicafetchermanager_maxlag 0.0 &&
        sleep 2 && value_is kafka_server_replicafetchermanager_maxlag 0.0
      ;;
    quorum) [[ $(metrics kafka_server_raft_metrics_current_state) == *'state="'@(leader|follower)'"'* ]] ;;
    *)
      echo "probe-node: there is no such check, got $1; running, caught-up and quorum are allowed." >&2
      exit 2
      ;;
  esac
}

for check in "$@"; do
  holds "$check" || {
    echo "not yet: $check"
    exit 1
  }
done
