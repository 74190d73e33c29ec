/** The host itself: whether it is the right one, and fit for a node. */
export const CHECK_MACHINE = `# own_addresses: of this machine, one a line
own_addresses() {
  if command -v ip >/dev/null; then
    ip -o addr show | awk '{ sub("/.*", "", $4); print $4 }'
  else
    hostname -I | tr ' ' '\\n'
  fi
}

check_host() {
  command -v systemctl >/dev/null || problem "there is no systemd here; the node is a service of systemd. Use a system that has it."
  if [ -f "$config/kafka.env" ]; then
    other=$(
      # shellcheck source=/dev/null
      . "$config/kafka.env"
      printf 'node %s of cluster %s' "$KAFKA_NODE_ID" "$KAFKA_CLUSTER_ID"
    )
    [ "$other" = "node $KAFKA_NODE_ID of cluster $KAFKA_CLUSTER_ID" ] ||
      problem "another node is installed here, got $other in $config; this folder is of node $KAFKA_NODE_ID of cluster $KAFKA_CLUSTER_ID. Copy it to its own host; or, if the other one is gone for good, move $config away."
  fi
  [ ! -e "$KAFKA_STATE_DIR/other-address" ] || return 0
  found=$(getent ahosts "$host" | awk '{ print $1 }' | sort -u)
  if [ -z "$found" ]; then
    problem "the address of this node is not known here, got nothing for $host; every node and this one itself must find it. Put it into DNS or /etc/hosts."
    return
  fi
  own=$(own_addresses)
  for address in $found; do
    case $address in
      127.* | ::1) return 0 ;;
    esac
    printf '%s\\n' "$own" | grep -qxF -e "$address" && return 0
  done
  problem "this is another host, got $(printf '%s\\n' "$found" | tr '\\n' ' ')for $host and $(printf '%s\\n' "$own" | grep -v -e '^127[.]' -e '^::1$' | tr '\\n' ' ')here; the folder of a node belongs on its own host. Copy the right one; or, where addresses are translated on the way, create the file $KAFKA_STATE_DIR/other-address."
}

# A node that runs holds its own ports.
check_ports() {
  [ "$running" = no ] || return 0
  listening=$(awk '$4 == "0A" { n = split($2, part, ":"); print part[n] }' /proc/net/tcp /proc/net/tcp6 2>/dev/null | sort -u)
  printf '%s\\n' "$ports" | while read -r port name; do
    printf '%s\\n' "$listening" | grep -qx "$(printf '%04X' "$port")" || continue
    who=$(ss -Hltnp "sport = :$port" 2>/dev/null | sed -n 's/.*users:((\\(.*\\)))*$/\\1/p' | head -n 1)
    printf '%s %s %s\\n' "$port" "$name" "\${who:-a process}"
  done >"$taken"
  while read -r port name who; do
    problem "port $port ($name) is taken, got $who; Kafka listens there. End what has it, or give the listener another port."
  done <"$taken"
}

check_clock() {
  [ "$(timedatectl show -p NTPSynchronized --value 2>/dev/null)" != no ] ||
    warn 'the clock is not synchronised; certificates, retention and quorum go by it. Run chrony or systemd-timesyncd.'
}

check_memory() {
  total=$(awk '$1 == "MemTotal:" { print int($2 / 1024) }' /proc/meminfo)
  if [ $((heap * 4)) -gt $((total * 3)) ]; then
    problem "the Java heap does not fit into the memory of this host, got $heap MiB of $total MiB; at most three quarters are allowed. Say how much it has: memory of the host in the inventory."
  elif [ $((heap * 2)) -gt "$total" ]; then
    warn "the Java heap takes $heap of $total MiB; what is left is the page cache, from which consumers are served. Say how much it has: memory of the host in the inventory."
  fi
}

check_kernel() {
  case $(cat /sys/kernel/mm/transparent_hugepage/enabled 2>/dev/null) in
    *'[always]'*) warn 'transparent huge pages are on for everything; a heap that the kernel rearranges pauses. Boot with transparent_hugepage=madvise.' ;;
  esac
  files=$(cat /proc/sys/fs/nr_open 2>/dev/null || printf 1000000)
  [ "$files" -ge 1000000 ] || warn "a process may open $files files at most; two and a socket are needed for every segment and client. Raise fs.nr_open to 1048576."
}

# Files that server.properties names beside the certificate: passwords by a config provider, stores of listeners.
check_secrets() {
  { grep -o '[$]{dir:[^}]*}' "$here/server.properties" | sed 's/^..dir:\\(.*\\):\\([^:]*\\)}$/\\1\\/\\2/'
    grep -o '[$]{file:[^}]*}' "$here/server.properties" | sed 's/^..file:\\(.*\\):[^:]*}$/\\1/'
    sed -n 's/^[^#]*[.]location=\\(\\/.*\\)$/\\1/p' "$here/server.properties"; } | sort -u >"$taken"
  while IFS= read -r file; do
    case $file in
      "$keystore" | "$truststore") continue ;;
    esac
    if [ ! -s "$file" ]; then
      problem "server.properties names a file that is not there or empty, got $file; $user reads it at the start. Put it there, for root and the group $group alone to read."
    elif id "$user" >/dev/null 2>&1 && command -v runuser >/dev/null && ! runuser -u "$user" -- test -r "$file"; then
      problem "$user cannot read $file, which server.properties names; it is read at the start. chown root:$group and chmod 0640 it."
    fi
  done <"$taken"
}
`;
