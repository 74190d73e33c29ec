#!/usr/bin/env bash
# Brings the quorum of controllers back after most of their disks were lost. From then on nobody can be elected: metadata stands still, and
# brokers serve what they have. The longest copy of the metadata log that is left, of a controller or of a broker, goes to the disks that
# lack it, under the directory ids that this log names as voters: so every voter has all that was ever committed.
#   restore-quorum.sh              says what each disk holds, and touches nothing
#   restore-quorum.sh --restore    stops the controllers, copies, and starts them again; where it was interrupted, run it again
# It needs kubectl with the rights to scale StatefulSets, to make and delete pods, and to run commands in them.
set -euo pipefail

namespace='@namespace@'
cluster_id='@cluster-id@'
# Controllers: ID POD STATEFULSET REPLICAS, a line each. Brokers: their pods.
controllers='@controllers@'
brokers='@brokers@'
disks="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/restore-quorum.yaml"
folder=/var/lib/kafka/data-0/kafka
timeout=${RESTORE_TIMEOUT_SECONDS:-900}

refuse() {
  echo "restore-quorum: $*" >&2
  exit 1
}

case "$#${1:-}" in
  0) restore= ;;
  1--restore) restore=yes ;;
  *) refuse "there is no such option, got $*; --restore is allowed." ;;
esac
command -v kubectl >/dev/null || refuse "there is no kubectl on the PATH; it is needed."

k() { kubectl -n "$namespace" "$@"; }

# What the tool of Kafka says of a log, as `EPOCH RECORDS DIRECTORY_ID VOTERS`; VOTERS is ID:DIRECTORY_ID,...
# shellcheck disable=SC2016 # it is awk that fills these in
summary='
  function reach(of, count) { if (count >= records) { epoch = of; records = count } }
  $1 == "id" { id = $2 }
  $1 == "file" { in_log = $2 ~ /\.log$/ }
  $1 == "Snapshot" { reach($6 + 0, $4 + 0) }
  $1 == "baseOffset:" && in_log {
    for (i = 1; i < NF; i++) { if ($i == "lastOffset:") last = $(i + 1); if ($i == "partitionLeaderEpoch:") of = $(i + 1) }
    reach(of + 0, last + 1)
  }
  /KRaftVoters/ {
    voters = ""
    while (match($0, /"voterId":[0-9]+,"voterDirectoryId":"[^"]+"/)) {
      voter = substr($0, RSTART + 10, RLENGTH - 11)
      $0 = substr($0, RSTART + RLENGTH)
      sub(/,"voterDirectoryId":"/, ":", voter)
      voters = voters (voters == "" ? "" : ",") voter
    }
  }
  END { print epoch + 0, records + 0, id == "" ? "-" : id, voters == "" ? "-" : voters }'

look() { # look POD: the summary of the metadata log on its disk
  k exec -i "$1" -- bash -s "$folder" <<'POD' | awk "$summary"
cd "$1/__cluster_metadata-0" 2>/dev/null || exit 0
sed -n 's/^directory.id=/id /p' ../meta.properties
for file in *.checkpoint *.log; do
  [ -s "$file" ] || continue
  echo "file $file"
  # The second is where it was before Kafka 4.
  for tool in org.apache.kafka.tools kafka.tools; do
    java -Xmx64m -XX:TieredStopAtLevel=1 -cp '/opt/kafka/libs/*' "$tool.DumpLogSegments" --cluster-metadata-decoder --files "$file" \
      </dev/null 2>/dev/null && break
  done
done | grep -E '^(file|Snapshot|baseOffset)|KRaftVoters' || :
POD
}

# The pod that shows the disk of a controller: its own, or while controllers are stopped one that only holds the disk.
pod_of() { [ -z "$stopped" ] && echo "$2" || echo "restore-quorum-$1"; }

# Sets `source`, its `epoch`, `records` and `voters`, and `held`: the same of each controller, by its id.
declare -A held
survey() {
  local id pod found
  source='' epoch=0 records=0 voters=-
  consider() { # consider POD EPOCH RECORDS DIRECTORY_ID VOTERS
    echo "restore-quorum: $1 holds $3 records of metadata, epoch $2"
    if (($2 > epoch || ($2 == epoch && $3 > records))) && [ "$5" != - ]; then source=$1 epoch=$2 records=$3 voters=$5; fi
  }
  while read -r id pod _; do
    pod=$(pod_of "$id" "$pod")
    found=$(look "$pod") || refuse "the disk of controller $id cannot be looked at, got no answer of pod $pod; it may hold the longest log."
    held[$id]=$found
    # shellcheck disable=SC2086 # words of one line
    consider "$pod" $found
  done <<<"$controllers"
  for pod in $brokers; do
    # shellcheck disable=SC2086
    if found=$(look "$pod"); then consider "$pod" $found; else echo "restore-quorum: $pod does not answer"; fi
  done
  [ -n "$source" ] || refuse 'no disk holds a log of metadata, got none on controllers and brokers; there is nothing to restore from.'
}

# The directory id under which a controller votes, by the log of the source; nothing where it has no vote.
voter() { # voter ID
  local one
  for one in ${voters//,/ }; do [ "${one%%:*}" != "$1" ] || echo "${one#*:}"; done
}

# Whether a controller lacks what the source has: its log, or its name as a voter.
lacks() { # lacks ID
  local its of directory
  read -r its of directory _ <<<"${held[$1]}"
  [ "$its $of $directory" != "$epoch $records $(voter "$1")" ]
}

whole() { # how many voters have their log, and how many there are
  local id here=0 all=0 directory
  while read -r id _; do
    [ -n "$(voter "$id")" ] || continue
    read -r _ _ directory _ <<<"${held[$id]}"
    all=$((all + 1))
    [ "$directory" != "$(voter "$id")" ] || here=$((here + 1))
  done <<<"$controllers"
  echo "$here $all"
}

copy() { # copy ID: the log of the source to the disk of a controller, in place of what is there, which is kept beside it
  local pod="restore-quorum-$1" directory
  read -r _ _ directory _ <<<"${held[$1]}"
  echo "restore-quorum: copying the log of $source to controller $1"
  k exec "$pod" -- bash -c "mkdir -p $folder && rm -rf $folder/../restored && mkdir $folder/../restored"
  k exec "$source" -- tar -C "$folder" -cf - __cluster_metadata-0 | k exec -i "$pod" -- tar -C "$folder/../restored" -xf -
  k exec -i "$pod" -- bash -es "$1" "$(voter "$1")" "$cluster_id" "$directory" <<POD
cd $folder
log=__cluster_metadata-0
# What it voted for is its own; a disk under another name has never voted.
rm -f ../restored/\$log/quorum-state
[ "\$4" != "\$2" ] || [ ! -f \$log/quorum-state ] || cp \$log/quorum-state ../restored/\$log/
[ ! -e \$log ] || { rm -rf ../before-restore; mv \$log ../before-restore; }
mv ../restored/\$log .
printf 'version=1\ncluster.id=%s\nnode.id=%s\ndirectory.id=%s\n' "\$3" "\$1" "\$2" >meta.properties
rmdir ../restored
sync
POD
}

stopped=
# Interrupted before: the disks are held by their own pods already.
[ -z "$(k get pods -l kafka-deployment-kit/restore=quorum -o name)" ] || [ -z "$restore" ] || stopped=yes
if [ -z "$stopped" ]; then
  survey
  read -r here all < <(whole)
  echo "restore-quorum: $here of $all voters have their disk; the longest log is that of $source"
  ((2 * here <= all)) || refuse "most voters have their disk, got $here of $all; they elect a leader by themselves, and the others join them."
  [ -n "$restore" ] || exit 0
fi

trap 'echo "restore-quorum: interrupted; the controllers are stopped. Run it again." >&2' ERR
while read -r _ _ set _; do k scale "statefulset/$set" --replicas=0; done < <(sort -u -k 3,3 <<<"$controllers")
# Without a quorum they have nobody to take leave of, and would wait for one.
while read -r _ pod _; do k delete pod "$pod" --grace-period=5 --ignore-not-found --wait=false; done <<<"$controllers"
while read -r _ pod _; do k wait --for=delete "pod/$pod" --timeout="${timeout}s"; done <<<"$controllers"
k apply -f "$disks"
k wait --for=condition=Ready pod -l kafka-deployment-kit/restore=quorum --timeout="${timeout}s"
stopped=yes
survey
while read -r id _; do
  if [ -n "$(voter "$id")" ] && lacks "$id"; then copy "$id"; fi
done <<<"$controllers"
k delete -f "$disks" --wait
while read -r _ _ set replicas; do k scale "statefulset/$set" --replicas="$replicas"; done < <(sort -u -k 3,3 <<<"$controllers")
trap - ERR

deadline=$((SECONDS + timeout))
while read -r id pod _; do
  until k wait --for=condition=Ready "pod/$pod" --timeout=10s >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || refuse "controller $id did not become ready, got pod $pod; its log says why."
    sleep 1
  done
done <<<"$controllers"
echo 'restore-quorum: done'
