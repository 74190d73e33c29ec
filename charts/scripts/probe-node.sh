#!/usr/bin/env bash
# probe-node.sh PORT CHECK...: succeeds where every check holds, in this order:
#   running   the broker is past recovery and registered (BrokerState 3)
#   caught-up it reaches every broker that it follows, without lag, and all its disks work; looked at twice, since the first look may come
#             before the first fetch
#   quorum    the controller is leader or follower of the quorum, not still joining it
#   others    no other broker misses a replica, no broker is fenced, and this node has all that the other controllers committed
#   whole     every node answers, no broker misses a replica, and all follow the quorum: none would be missed if this one went; no probe of
#             a pod, but what a node asks before it starts again by itself (restart-in-turn.sh)
# Only the others know whether they have taken this node back: a broker that still dials an old address has no lag. They may miss somebody
# else, who may never come, so they are waited for only as long as it gets better (PATIENCE). Everything else is waited for without end.
set -euo pipefail

port=$1
shift
config=${BASH_SOURCE[0]%/*}
run=/run/kafka
source "$config/ask-nodes.sh"

# Longer than a name is cached (5 s), a connection tried (6 s) and a session lasts (9 s), one after the other.
PATIENCE=60

not_yet() {
  echo "not yet: $*"
  exit 1
}

own() { # own NAME...: `lines` of these metrics of this node
  lines=$(look 127.0.0.1 "$port" "$@") || not_yet 'the JMX exporter of this pod does not answer'
}

all_are() { # all_are VALUE NAME: all lines of the metric have that value
  local value
  while read -r value; do
    [ "$value" = "$1" ] || return 1
  done < <(values "$2" "$lines")
}

has() { # has NAME: there is such a metric
  [[ $lines == *"$1"* ]]
}

running() {
  own kafka_server_kafkaserver_brokerstate
  { has kafka_server_kafkaserver_brokerstate && all_are 3 kafka_server_kafkaserver_brokerstate; } ||
    not_yet 'running: the broker recovers its log or waits for the controllers'
}

caught_up() {
  local fetchers=kafka_server_replica_fetcher_metrics manager=kafka_server_replicafetchermanager
  local reached disks=kafka_log_logmanager_offlinelogdirectorycount
  own ${manager}_{maxlag,failedpartitionscount} $disks ${fetchers}_{connection_count,responses}
  has ${manager}_maxlag || not_yet 'caught-up: the broker follows nobody yet'
  all_are 0 $disks || not_yet 'caught-up: a disk of this broker does not work'
  all_are 0 ${manager}_failedpartitionscount || not_yet 'caught-up: replicas of this broker failed; its log says why'
  for reached in ${fetchers}_{connection_count,responses}; do
    reached=$(values "$reached" "$lines")
    [[ ,${reached//$'\n'/,}, != *,0,* ]] || not_yet 'caught-up: a broker that this one follows is not reached yet'
  done
  all_are 0 ${manager}_maxlag || not_yet "caught-up: $(values ${manager}_maxlag "$lines") records behind its leaders"
}

quorum() {
  own kafka_server_raft_metrics_current_state
  [[ $lines == *'state="'@(leader|follower)'"'* ]] || not_yet 'quorum: the controller is neither leader nor follower'
}

others() {
  local id missing committed open=0 highest=0 who='' controller='' wanted=broker
  [[ $(roles "${POD_NAME##*-}") != *controller* ]] || controller=yes wanted=''
  while read -r id missing committed; do
    [[ $committed != +([0-9]) ]] || ((committed <= highest)) || highest=$committed
    case $missing in
      0) ;;
      silent) open=$((open + 1)) who+=", node $id does not answer" ;;
      -) [[ $(roles "$id") != *broker* ]] || open=$((open + 1)) who+=", broker $id has not started" ;;
      *) open=$((open + missing)) who+=", broker $id misses replicas of $missing partitions" ;;
    esac
  done < <(ask "${POD_NAME##*-}" "$wanted" kafka_server_replicamanager_underreplicatedpartitions kafka_server_raft_metrics_high_watermark)
  if [ -n "$controller" ]; then
    own kafka_server_raft_metrics_log_end_offset kafka_controller_kafkacontroller_fencedbrokercount
    committed=$(values kafka_server_raft_metrics_log_end_offset "$lines")
    ((${committed:-0} >= highest)) || not_yet "others: they committed $highest records of metadata, this one has ${committed:-0}"
    missing=$(values kafka_controller_kafkacontroller_fencedbrokercount "$lines")
    ((${missing:-0} == 0)) || open=$((open + missing)) who+=", $missing brokers are fenced"
  fi
  ((open == 0)) || patient "$open" "${who#, }"
}

whole() {
  local under=kafka_server_replicamanager_underreplicatedpartitions mark=kafka_server_raft_metrics_high_watermark
  local id missing committed reached behind=1000
  own $under $mark
  reached=$(values $mark "$lines")
  missing=$(values $under "$lines")
  answered "${POD_NAME##*-}" "${missing:--}" "${reached:--}"
  while read -r id missing committed; do
    answered "$id" "$missing" "$committed"
    ((committed + behind >= reached)) || not_yet "whole: node $id has $committed of $reached records of metadata"
    ((reached + behind >= committed)) || not_yet "whole: this node has $reached of $committed records of metadata"
  done < <(ask "${POD_NAME##*-}" '' $under $mark)
}

# answered ID MISSING COMMITTED: what a node says is as it should be.
answered() {
  [ "$2" != silent ] || not_yet "whole: node $1 does not answer"
  [[ $2 == 0 || $(roles "$1") != *broker* ]] || not_yet "whole: broker $1 misses replicas of $2 partitions"
  [[ $3 == +([0-9]) ]] || not_yet "whole: node $1 does not follow the quorum"
}

roles() { # roles ID: those of that node
  local id role
  while read -r id role _; do
    [ "$id" != "$1" ] || echo "$role"
  done <"$config/nodes"
}

# patient OPEN WHO: passes once OPEN has not come lower for PATIENCE seconds. The file goes when the container starts again.
patient() {
  local now least since
  read -r now _ </proc/uptime
  now=${now%.*}
  read -r least since 2>/dev/null <"$run/gate" || least=$(($1 + 1)) since=$now
  (($1 >= least)) || {
    least=$1 since=$now
    echo "$least $since" >"$run/gate"
  }
  ((now - since >= PATIENCE)) || not_yet "others: $2"
  [ ! -f "$run/pid" ] || echo "probe-node: started though it got no better for $PATIENCE s: $2" >"/proc/$(<"$run/pid")/fd/2" || :
}

for check in "$@"; do
  case $check in
    running | quorum | others | whole) $check ;;
    caught-up) caught_up && sleep 2 && caught_up ;;
    *)
      echo "probe-node: there is no such check, got $check; running, caught-up, quorum, others and whole are allowed." >&2
      exit 2
      ;;
  esac
done
