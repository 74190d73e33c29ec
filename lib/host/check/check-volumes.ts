/** On which file system a folder is; shared with the script that formats. */
export const ON_ROOT = `# on_root PATH: whether a path, which need not exist yet, is on the file system of /. By device and not by mount point: systemd makes
# every path that a service may write to a mount point of its own.
on_root() {
  path=$1
  while [ ! -e "$path" ]; do path=$(dirname -- "$path"); done
  [ "$(stat -c %d -- "$path")" = "$(stat -c %d /)" ]
}

# unmounted DIR: prints where its volume was mounted when it was installed, if nothing is mounted there now. By device as well.
unmounted() {
  mount=$(sed -n "s|^$1 ||p" "$KAFKA_STATE_DIR/volumes" 2>/dev/null | tail -n 1)
  [ -n "$mount" ] && [ "$mount" != / ] || return 0
  if [ ! -d "$mount" ] || [ "$(stat -c %d -- "$mount")" = "$(stat -c %d -- "$(dirname -- "$mount")")" ]; then
    printf '%s\\n' "$mount"
  fi
}

# property FILE NAME: the value in a .properties file as Kafka writes it
property() {
  sed -n "s/^$2=//p" "$1" | tr -d '\\r'
}
`;

/** What a log directory must be before Kafka gets it: there, its own, writable, with room, of this node and no other. */
export const CHECK_VOLUMES = `# room PATH MIB WHAT: whether there is as much room; the path need not exist yet
room() {
  path=$1
  while [ ! -e "$path" ]; do path=$(dirname -- "$path"); done
  free=$(df -Pk -- "$path" 2>/dev/null | awk 'NR == 2 { print int($4 / 1024) }')
  [ "\${free:-0}" -ge "$2" ] || problem "$1 has no room $3, got \${free:-0} MiB; at least $2 MiB are needed. Make room, or a larger volume."
}

check_volumes() {
  devices=
  while IFS= read -r dir; do
    parent=$(dirname -- "$dir")
    gone=$(unmounted "$dir")
    if [ -n "$gone" ]; then
      problem "nothing is mounted on $gone, and $dir was on the volume there; mount it. Or, if that volume is gone for good, take its line out of $KAFKA_STATE_DIR/volumes."
    elif [ ! -d "$dir" ] && [ ! -d "$parent" ]; then
      problem "$parent is not there; a volume is needed for $dir. Mount it first."
    elif [ "$KAFKA_DATA_DIRS_ON_ROOT" = refused ] && on_root "$dir" && [ ! -e "$dir/on-root-file-system" ]; then
      problem "$dir is on the root file system; a log directory needs a volume of its own. Mount it; or, if this is meant, create the file $dir/on-root-file-system."
    else
      check_volume "$dir" "$parent"
    fi
  done <<DIRS
$KAFKA_DATA_DIRS
DIRS
  room "$KAFKA_LOG_DIR" 100 'for the logs of the process'
}

# check_volume DIR PARENT
check_volume() {
  if [ -e "$1" ]; then place=$1; else place=$2; fi
  if ! said=$(find "$place" -maxdepth 1 2>&1 >/dev/null); then
    problem "$place cannot be read, got $said; a disk that answers is needed. Look at dmesg and replace it."
    return
  fi
  [ -w "$place" ] || problem "$place is read-only; Kafka writes there. Look at dmesg for why it was mounted so, mend it and mount it again."
  room "$1" 100 'for records'
  used=$(df -Pk -- "$place" | awk 'NR == 2 { print int($5) }')
  [ "\${used:-0}" -lt 85 ] || warn "$place is $used % full; Kafka stops where a disk is full. Shorten retention, or grow the volume."
  [ "$(df -Pi -- "$place" | awk 'NR == 2 && $2 + 0 > 0 { print $4 }')" != 0 ] || problem "$place has no inodes left, got 0; every segment takes four. Remove files, or make the file system anew with more."
  kind=$(stat -f -c %T -- "$place")
  case $kind in
    xfs | ext2/ext3 | ext4) ;;
    *) warn "$place is $kind; Kafka is run on xfs and ext4. Know what it does with files that are open and removed." ;;
  esac
  device=$(stat -c %d -- "$place")
  case " $devices " in
    *" $device "*) warn "$1 shares its volume with another log directory; the loss of one is the loss of both. Give each a volume of its own." ;;
  esac
  devices="$devices $device"
  [ -d "$1" ] || return
  [ ! -e "$1/lost+found" ] || problem "$1 is the volume itself, got lost+found in it; Kafka takes every folder there for a partition and stops. Name a folder on the volume in logDirs."
  owner=$(stat -c %U -- "$1")
  case $owner in
    "$user" | root | UNKNOWN) ;;
    *) problem "$1 belongs to $owner; $user is needed. If nobody else uses it: chown -R $user $1" ;;
  esac
  meta=$1/meta.properties
  if [ -f "$meta" ]; then
    cluster=$(property "$meta" cluster.id)
    node=$(property "$meta" node.id)
    if [ "$cluster" != "$KAFKA_CLUSTER_ID" ]; then
      problem "$1 belongs to another cluster, got cluster.id $cluster; this node is of cluster $KAFKA_CLUSTER_ID. Attach the right volume, or move the folder away if its data is not needed."
    elif [ "$node" != "$KAFKA_NODE_ID" ]; then
      problem "$1 belongs to another node, got node.id $node; this is node $KAFKA_NODE_ID. Attach the right volume, or move the folder away if its data is not needed."
    else
      check_level "$1"
    fi
  else
    found=$(find "$1" -mindepth 1 -maxdepth 1 ! -name on-root-file-system ! -name lost+found | head -n 1)
    [ -z "$found" ] || problem "$1 is not formatted and not empty, got $found; an empty directory is needed. Move its content away."
  fi
}

# check_level DIR: an older Kafka ends at its start where the cluster has features in force that it does not know. The number of the
# metadata.version is on the disk: in a FeatureLevelRecord (frame 1, key 12, version 0) of a snapshot, or later in the log.
check_level() {
  level=
  for file in "$1"/__cluster_metadata-0/*.checkpoint "$1"/__cluster_metadata-0/*.log; do
    [ -f "$file" ] || continue
    record=$(LC_ALL=C tr '\\000-\\011\\013-\\037' '\\100-\\111\\113-\\137' <"$file" | LC_ALL=C tr -d '\\200-\\377' | grep -o 'AL@Qmetadata[.]version@.' | tail -n 1)
    [ -z "$record" ] || level=$(printf '%d' "'\${record#"\${record%?}"}")
  done
  [ -n "$level" ] || return 0
  [ "$level" -lt 64 ] || level=$((level - 64))
  [ "$level" -le "$known_level" ] || problem "Kafka $version is too old for this cluster, got metadata.version level $level in $1; $known_level is the last that it knows. Install the newer Kafka again: an upgrade that was finalised has no way back."
}
`;
