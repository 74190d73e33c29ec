/**
 * Part of boot.sh: mounts a volume that is the node's own, formats one that has nothing on it, and touches no other. All is looked at
 * before anything is written.
 */
export const MOUNT_VOLUMES = `
# open_volume ID DEVICE DIR: the log directory DIR is a folder of the volume
open_volume() {
  local id=$1 device dir=$3 mount uuid line
  device=$(readlink -f -- "$2")
  mount=$root\${dir%/*}
  if mountpoint -q -- "$mount"; then
    [ "$(findmnt -n -o SOURCE --mountpoint "$mount" | tail -n 1)" = "$device" ] ||
      fail "something else is mounted on $mount, got $(findmnt -n -o SOURCE --mountpoint "$mount" | tail -n 1); $device, which is $id, is needed. Unmount it."
  else
    format_empty "$id" "$device"
    look_before "$id" "$device" "$dir"
    mkdir -p -- "$mount"
    uuid=$(blkid -p -s UUID -o value "$device")
    line="UUID=$uuid \${dir%/*} xfs noatime,nofail 0 0"
    if ! grep -qxF -- "$line" "$root/etc/fstab"; then
      awk -v mount="\${dir%/*}" '$2 != mount' "$root/etc/fstab" >"$root/etc/fstab.new"
      printf '%s\\n' "$line" >>"$root/etc/fstab.new"
      chmod 0644 "$root/etc/fstab.new"
      mv -f -- "$root/etc/fstab.new" "$root/etc/fstab"
      # systemd unmounts at once what its older idea of fstab says something else about.
      [ -n "$root" ] || systemctl daemon-reload
    fi
    mount -t xfs -o noatime "$device" "$mount" 2>"$run/error" || cannot_mount "$id" "$device"
  fi
  # A volume that was made larger: nothing to do otherwise.
  xfs_growfs -d "$mount" >/dev/null 2>"$run/error" || say "$id was not grown to the size of its volume: $(cat -- "$run/error")"
}

cannot_mount() {
  umount "$run/look" 2>/dev/null || true
  fail "the file system of $1 cannot be mounted, got $(tr -s '\\n' ' ' <"$run/error"); nothing was changed. See what xfs_repair -n $2 says, or restore the volume from a snapshot."
}

# format_empty ID DEVICE: makes a file system where there is nothing, or only what mkfs did not get done with
format_empty() {
  local id=$1 device=$2 status=0 found
  dd if="$device" of=/dev/null bs=1M count=1 status=none 2>"$run/error" ||
    fail "the volume $id cannot be read, got $(tr -s '\\n' ' ' <"$run/error"); restore it from a snapshot, or replace the node."
  found=$(blkid -p -o export "$device" 2>"$run/error") || status=$?
  if [ "$status" -eq 2 ]; then
    # No signature is not yet nothing: encrypted disks and raw databases have none.
    cmp -s -n 1048576 -- "$device" /dev/zero ||
      fail "the volume $id has something on it that is no file system, got data in its first MiB; an empty one or the node's own is needed. Attach the right volume, or wipe it if nothing on it is needed."
    say "formatting the volume $id, which is empty"
    mkfs.xfs -q "$device"
    return
  fi
  [ "$status" -eq 0 ] ||
    fail "the volume $id has several signatures on it, got $(wipefs -n -i -o TYPE "$device" | tail -n +2 | tr '\\n' ' '); an empty one or the node's own is needed. Attach the right volume, or wipe it if nothing on it is needed."
  grep -qx 'TYPE=xfs' <<<"$found" ||
    fail "the volume $id has something else on it, got $(grep -E '^(PT)?TYPE=' <<<"$found" | tr '\\n' ' '); an XFS file system or nothing is needed. Attach the right volume, or wipe it if nothing on it is needed."
  # mkfs sets this byte of the superblock first and clears it last, so what has it was never mounted: an interrupted mkfs, and no data.
  if [ "$(dd if="$device" bs=1 skip=126 count=1 status=none | od -An -tu1 | tr -d ' ')" = 1 ]; then
    say "formatting the volume $id again: making its file system was interrupted"
    mkfs.xfs -q -f "$device"
  fi
}

# look_before ID DEVICE DIR: whose it is, without writing to it, not even its own journal
look_before() {
  local id=$1 device=$2 folder meta cluster node other
  folder=$run/look/\${3##*/}
  mkdir -p -- "$run/look"
  mount -t xfs -o ro,norecovery "$device" "$run/look" 2>"$run/error" || cannot_mount "$id" "$device"
  meta=$folder/meta.properties
  cluster='' node='' other=''
  if [ -f "$meta" ]; then
    cluster=$(sed -n 's/^cluster\\.id=//p' "$meta" | tr -d '\\r')
    node=$(sed -n 's/^node\\.id=//p' "$meta" | tr -d '\\r')
  else
    other=$(find "$run/look" -mindepth 1 ! -path "$folder" ! -path "$run/look/lost+found" -printf '%P' -quit)
  fi
  umount -- "$run/look"
  [ -z "$other" ] ||
    fail "the volume $id holds something else, got $other; an empty file system or the node's own is needed. Attach the right volume, or remove what is not needed."
  [ -n "$cluster$node" ] || return 0
  if [ "$cluster" != "$KAFKA_CLUSTER_ID" ] || [ "$node" != "$KAFKA_NODE_ID" ]; then
    fail "the volume $id belongs to another node, got node.id $node of cluster $cluster; this is node $KAFKA_NODE_ID of cluster $KAFKA_CLUSTER_ID. Attach the right volume; nothing on this one was changed."
  fi
}
`;
