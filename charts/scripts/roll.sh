#!/usr/bin/env bash
# Restarts the pods of one cluster one by one, brokers first, then controllers, the active one last. It goes on only while every
# StatefulSet is whole and no partition lacks a replica, and stops at the first doubt; run it again, and it does what is left.
#   roll.sh                            pods that have not taken the last change of their StatefulSet
#   roll.sh --older-than TIME          every pod that has not started since, for example 2026-11-26T12:00:00Z: another authority
#   roll.sh --dry-run ...              says which they are, and touches nothing
# It needs kubectl with the rights to read StatefulSets, to read and delete pods, and to run commands in them.
set -euo pipefail

namespace='@namespace@'
name='@name@'
# Empty where there are no metrics: then the gate of each pod is all that is asked.
metrics_port='@metrics-port@'
selector="app.kubernetes.io/name=kafka,app.kubernetes.io/instance=$name"
timeout=${ROLL_TIMEOUT_SECONDS:-21600}
pause=${ROLL_PAUSE_SECONDS:-5}

refuse() {
  echo "roll: $*" >&2
  exit 1
}

dry=
older=
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry=yes ;;
    --older-than)
      older=${2:-}
      [[ $older =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$ ]] ||
        refuse "not a time, got --older-than '$older'; one like 2026-11-26T12:00:00Z is allowed."
      shift
      ;;
    *) refuse "there is no such option, got $1; --dry-run and --older-than TIME are allowed." ;;
  esac
  shift
done
command -v kubectl >/dev/null || refuse "there is no kubectl on the PATH; it is needed."

k() { kubectl -n "$namespace" "$@"; }

# name|generation|seen generation|pods|available pods|revision|strategy
sets() {
  k get statefulsets -l "$selector" -o 'jsonpath={range .items[*]}{.metadata.name}|{.metadata.generation}|{.status.observedGeneration}|{.spec.replicas}|{.status.availableReplicas}|{.status.updateRevision}|{.spec.updateStrategy.type}{"\n"}{end}'
}

# name|set|revision|uid|started at, of one role, by name. A pod that does not run has not started since any time.
pods() {
  k get pods -l "$selector,kafka-deployment-kit/$1=true" -o 'jsonpath={range .items[*]}{.metadata.name}|{.metadata.ownerReferences[0].name}|{.metadata.labels.controller-revision-hash}|{.metadata.uid}|{.status.containerStatuses[0].state.running.startedAt}{"\n"}{end}'
}

metric() { # metric POD NAME: its value as the pod itself tells it
  # shellcheck disable=SC2016 # it is the shell in the pod that fills these in
  k exec "$1" -c kafka -- bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0"
    printf "GET /metrics?name[]=%s HTTP/1.0\r\nHost: localhost\r\n\r\n" "$1" >&3
    while IFS= read -r line; do [[ ${line%%[ \{]*} != "$1" ]] || echo "${line%$'"'\r'"'}"; done <&3' "$metrics_port" "$2" |
    sed -n '1s/.* //p'
}

# Says what is not as it should be; silent where all is well. What Kubernetes does not tell is no good news.
doubts() {
  local lines set generation seen wanted available pod value
  if ! lines=$(sets) || [ -z "$lines" ]; then
    echo "Kubernetes does not list the StatefulSets"
    return
  fi
  while IFS='|' read -r set generation seen wanted available _; do
    [ "$generation" = "$seen" ] || echo "StatefulSet $set was not looked at by Kubernetes yet"
    [ "$wanted" = "${available:-0}" ] || echo "StatefulSet $set has ${available:-0} of $wanted pods available"
  done <<<"$lines"
  [ -n "$metrics_port" ] || return 0
  if ! lines=$(pods broker) || [ -z "$lines" ]; then
    echo "Kubernetes does not list the brokers"
    return
  fi
  while IFS='|' read -r pod _; do
    value=$(metric "$pod" kafka_server_replicamanager_underreplicatedpartitions 2>/dev/null) || value=
    [ "$value" = 0.0 ] || echo "broker $pod leads partitions that lack a replica, or does not say (${value:-no answer})"
  done <<<"$lines"
}

# Lets the whole cluster settle; the time-out is that of a full copy of a disk.
settle() { # settle WHAT
  local deadline=$((SECONDS + timeout)) found
  while found=$(doubts) && [ -n "$found" ]; do
    [ "$SECONDS" -lt "$deadline" ] || refuse "$1, got: ${found//$'\n'/; }; nothing more was restarted."
    sleep "$pause"
  done
}

# Pods of a role that are to be restarted, by name.
due() {
  local lines pod set revision started current strategy
  local -A revisions=() strategies=()
  lines=$(sets) || return 1
  while IFS='|' read -r set _ _ _ _ current strategy; do
    revisions[$set]=$current
    strategies[$set]=$strategy
  done <<<"$lines"
  lines=$(pods "$1") || return 1
  while IFS='|' read -r pod set revision _ started; do
    if [ -z "$pod" ]; then
      continue
    elif [ -n "$older" ]; then
      [[ ! $started < $older ]] || echo "$pod"
    elif [ "${strategies[$set]:-}" = OnDelete ] && [ "$revision" != "${revisions[$set]}" ]; then
      echo "$pod"
    fi
  done <<<"$lines"
}

# The next one: the active controller only when no other is left.
next() { # next ROLE
  local names pod last=
  names=$(due "$1") || return 1
  for pod in $names; do
    if [ -n "$metrics_port" ] && [ "$(metric "$pod" kafka_controller_kafkacontroller_activecontrollercount 2>/dev/null || true)" = 1.0 ]; then
      last=$pod
    else
      echo "$pod"
      return
    fi
  done
  [ -z "$last" ] || echo "$last"
}

restart() { # restart POD
  local uid deadline now
  uid=$(k get pod "$1" -o 'jsonpath={.metadata.uid}')
  echo "roll: restarting $1"
  k delete pod "$1" --wait=false >/dev/null
  deadline=$((SECONDS + timeout))
  while true; do
    now=$(k get pod "$1" --ignore-not-found -o 'jsonpath={.metadata.uid}') || now=
    [ -z "$now" ] || [ "$now" = "$uid" ] || break
    [ "$SECONDS" -lt "$deadline" ] || refuse "$1 was not made again; nothing more was restarted."
    sleep "$pause"
  done
  settle "the cluster did not become whole after $1"
}

[ -n "$(sets)" ] || refuse "there is no StatefulSet of $name in namespace $namespace; apply the manifests first."
if [ -n "$dry" ]; then
  for role in broker controller; do
    due "$role" | sed "s/^/roll: would restart $role /" || refuse "Kubernetes does not list the pods."
  done
  doubts | sed 's/^/roll: not whole: /'
  exit
fi
found=$(doubts)
[ -z "$found" ] || refuse "the cluster is not whole, got: ${found//$'\n'/; }. A pod that the change itself is to cure: delete it by hand, and run this again."
for role in broker controller; do
  while true; do
    pod=$(next "$role") || refuse "Kubernetes does not list the pods; what is left was not restarted."
    [ -n "$pod" ] || break
    restart "$pod"
  done
done
# Kubernetes itself rolls the StatefulSets that share no role with another.
found=$(sets) || refuse "Kubernetes does not list the StatefulSets; run this again."
while IFS='|' read -r set _ _ _ _ _ strategy; do
  [ "$strategy" = OnDelete ] || k rollout status "statefulset/$set" --timeout "${timeout}s"
done <<<"$found"
echo "roll: done"
