/**
 * Part of boot.sh: takes the interface and the volumes of the node from whoever had them. A former instance may hold them for many minutes
 * after it was told to end; as long as it may still write, nothing is taken by force.
 */
export const TAKE_OVER = `
# A holder that is terminated lets go by itself; where EC2 does not notice within this time, it is made to.
force_after=$((10 * minute))
declare -A gone_since=()

# held WHAT HOLDER RELEASE...: says who holds it; RELEASE by force only where the holder has been terminated for long
held() {
  local what=$1 holder=$2 state
  shift 2
  if call ec2 describe-instances --instance-ids "$holder" --query 'Reservations[0].Instances[0].State.Name'; then
    state=$answer
  elif [[ $why == *InvalidInstanceID.NotFound* ]]; then
    state=terminated
  else
    return 0
  fi
  if [ "$state" != terminated ]; then
    unset "gone_since[$what]"
    why="$holder holds it and is $state; it is let go when that instance is terminated, or by whoever detaches it there"
    return 0
  fi
  [ -n "\${gone_since[$what]:-}" ] || gone_since[$what]=$SECONDS
  why="$holder holds it, though it is terminated; by force after $((gone_since[$what] + force_after - SECONDS)) s more"
  [ "$SECONDS" -ge "$((gone_since[$what] + force_after))" ] || return 0
  say "$what is taken from $holder by force, which is terminated and cannot write any more"
  if call "$@"; then why='it is being let go'; fi
}

# gone WHAT: ends the script where what the stack names does not exist
gone() {
  case $why in
    *NotFound* | *Malformed*) fail "$1 does not exist, got $why; deploy the stack again, which makes what is missing, or restore it from a snapshot first." ;;
  esac
}

attach_interface() {
  local id=$1 there state holder attachment attachment_state
  call ec2 describe-network-interfaces --network-interface-ids "$id" --query \\
    'NetworkInterfaces[0].[Status,AvailabilityZone,Attachment.InstanceId,Attachment.AttachmentId,Attachment.Status,MacAddress,PrivateIpAddress]' ||
    { gone "the network interface $id"; return 1; }
  read -r state there holder attachment attachment_state mac address <<<"$answer"
  [ "$there" = "$zone" ] || fail "the network interface $id is in another zone, got $there; this instance is in $zone. Deploy the stack again."
  if [ "$holder" = "$instance" ]; then
    why="it is $attachment_state"
    [ "$attachment_state" = attached ]
    return
  fi
  if [ "$holder" != None ]; then
    held "$id" "$holder" ec2 detach-network-interface --attachment-id "$attachment" --force
    return 1
  fi
  if [ "$state" != available ]; then
    why="it is $state"
    return 1
  fi
  if call ec2 attach-network-interface --network-interface-id "$id" --instance-id "$instance" --device-index 1; then
    why='it is being attached'
  fi
  return 1
}

# The node's address has to be on this machine, and what is answered from it has to leave by its own interface: AWS drops what another one
# sends in its name. Amazon Linux sees to both (amazon-ec2-net-utils); where nothing has after a minute, it is done here.
use_interface() {
  local link cidr
  link=$(link_of "$mac")
  why="the kernel has no interface with the address $mac yet"
  [ -n "$link" ] || return 1
  if [[ $(ip -4 -o address show dev "$link") == *" $address/"* && $(ip -4 rule show) == *"from $address "* ]]; then return 0; fi
  why="nothing has configured $link with $address and a routing rule of its own yet"
  [ "$SECONDS" -ge "$configure_after" ] || return 1
  say "$why; doing it here"
  why='the metadata service does not know the subnet'
  cidr=$(metadata "network/interfaces/macs/$mac/subnet-ipv4-cidr-block") || return 1
  why="$link cannot be configured"
  ip link set dev "$link" up &&
    ip -4 address replace "$address/\${cidr#*/}" dev "$link" noprefixroute &&
    ip -4 route replace "$cidr" dev "$link" src "$address" table 10001 &&
    ip -4 route replace default via "$(gateway_of "$cidr")" dev "$link" src "$address" table 10001 &&
    ip -4 rule add from "$address" lookup 10001 priority 10001
}

# link_of MAC: the name that the kernel gave it
link_of() {
  ip -o link show | awk -v mac="link/ether $1 " 'index($0, mac) { sub(/(@.*)?:$/, "", $2); print $2 }'
}

# gateway_of CIDR: the first address of a subnet is its router
gateway_of() {
  local a b c d
  IFS=. read -r a b c d <<<"\${1%/*}"
  printf '%s\\n' "$a.$b.$c.$((d + 1))"
}

# The interface is known by heart after the first time, so that an instance starts again without EC2's answering.
take_interface() {
  local id=$1 configure_after
  if [ -s "$base/interface" ]; then
    read -r mac address <"$base/interface"
    [ -n "$(link_of "$mac")" ] || mac=''
  fi
  [ -n "$mac" ] || wait_for "the network interface $id" attach_interface "$id"
  configure_after=$((SECONDS + minute))
  wait_for "the address $address" use_interface
  printf '%s %s\\n' "$mac" "$address" >"$base/interface"
}

attach_volume() {
  local id=$1 name=$2 state there holder attachment_state
  call ec2 describe-volumes --volume-ids "$id" --query 'Volumes[0].[State,AvailabilityZone,Attachments[0].InstanceId,Attachments[0].State]' ||
    { gone "the volume $id"; return 1; }
  read -r state there holder attachment_state <<<"$answer"
  [ "$there" = "$zone" ] || fail "the volume $id is in another zone, got $there; this instance is in $zone. Restore it from a snapshot into $zone."
  case $state in
    error | deleting | deleted) fail "the volume $id is $state; in-use and available are allowed. Restore it from a snapshot, or replace the node." ;;
  esac
  if [ "$holder" = "$instance" ]; then
    why="it is $attachment_state"
    [ "$attachment_state" = attached ]
    return
  fi
  if [ "$holder" != None ]; then
    held "$id" "$holder" ec2 detach-volume --volume-id "$id" --instance-id "$holder" --force
    [ "$attachment_state" = attached ] || why="$why (it is $attachment_state)"
    return 1
  fi
  if call ec2 attach-volume --volume-id "$id" --instance-id "$instance" --device "$name"; then
    why='it is being attached'
  fi
  return 1
}

# take_volume ID DEVICE NAME: NAME is only a token on Nitro, where the device is found by the id of the volume
take_volume() {
  local id=$1 device=$2 name=$3
  if [ -b "$device" ]; then return 0; fi
  [ -e "$root/sys/class/nvme/nvme0" ] ||
    fail "this type of instance has no NVMe, got no /sys/class/nvme/nvme0; one of the Nitro system is needed, where a volume is known by its id. Change the type."
  wait_for "the volume $id" attach_volume "$id" "$name"
  wait_for "the device of the volume $id" has_device "$device"
}

has_device() {
  why="there is no $1"
  [ -b "$1" ]
}
`;
