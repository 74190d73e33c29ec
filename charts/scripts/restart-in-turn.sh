#!/usr/bin/env bash
# restart-in-turn.sh PID FILE...: once a Secret has brought other certificates than those the process PID began with, ends it when its turn
# comes; the kubelet starts the container again. Kafka reads certificates when it starts: listeners of a broker can be told to read them
# again, but not the connections of the quorum, nor controllers (KAFKA-20025, KAFKA-20583).
# Nodes have turns by the clock, one after the other as in the file `nodes` beside this one, and need the whole cluster to have been well
# for a while within theirs. Workers, which have no such file, have turns by ordinal.
set -euo pipefail

config=${BASH_SOURCE[0]%/*}
pid=$1
shift
ordinal=${POD_NAME##*-}

TURN=600
# Longer than clocks differ, and than a rolling restart pauses between two pods.
STEADY=240
LOOK=10
# Workers that may have turns at the same time are as many apart.
WORKERS=16

say() {
  echo "restart-in-turn: $*" >&2
}

contents() {
  cat "$@" 2>/dev/null || :
}

# trusted FILE...: the authorities that this node trusts, which everybody shares.
trusted() {
  local file
  for file in "$@"; do [[ $file != */ca.crt ]] || contents "$file"; done
}

# all_kept BEFORE NOW: every authority from before is there still; else others would be taken for strangers while they have not restarted.
all_kept() {
  local rest=$1 block
  while [[ $rest == *'-----BEGIN'*'-----END'* ]]; do
    block=${rest#*-----BEGIN}
    block=${block%%-----END*}
    [[ $2 == *"$block"* ]] || return 1
    rest=${rest#*-----END}
  done
}

# my_turn NOW
my_turn() {
  local id place=0 count=0
  if [ -f "$config/nodes" ]; then
    while read -r id _; do
      [ "$id" != "$ordinal" ] || place=$count
      count=$((count + 1))
    done <"$config/nodes"
  else
    place=$((ordinal % WORKERS)) count=$WORKERS
  fi
  (($1 / TURN % count == place))
}

well() {
  [ -f "$config/nodes" ] || return 0
  doubt=$(bash "$config/probe-node.sh" "$port" whole 2>&1)
}

if [ -f "$config/nodes" ]; then
  while read -r id _ _ port; do
    [ "$id" != "$ordinal" ] || break
  done <"$config/nodes"
fi
began=$(contents "$@")
trust=$(trusted "$@")
announced=
since=
doubt=
while kill -0 "$pid" 2>/dev/null; do
  sleep "$LOOK"
  now=$(contents "$@")
  [ "$now" != "$began" ] || continue
  if [ -f "$config/nodes" ] && ! all_kept "$trust" "$(trusted "$@")"; then
    [ "$announced" = authority ] || say "warning: ca.crt has lost an authority that this node trusts; nothing restarts by itself. See 'When the authority changes' in the runbook of kdk render --day2."
    announced=authority
    continue
  fi
  [ "$announced" = renewed ] || say "the certificates were renewed; this node starts again in its turn."
  announced=renewed
  clock=$(printf '%(%s)T' -1)
  if ! my_turn "$clock"; then
    [ -z "$doubt" ] || say "not in this turn: $doubt"
    since='' doubt=
    continue
  fi
  if ! well; then
    since=
    continue
  fi
  doubt=
  since=${since:-$clock}
  [ -f "$config/nodes" ] && ((clock - since < STEADY)) && continue
  say 'starting again, for the renewed certificates.'
  kill -TERM "$pid"
  exit
done
