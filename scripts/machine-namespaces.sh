#!/bin/sh
# machine-namespaces.sh FOLDER COMMAND…: runs a command as the operator's own machine, in namespaces that end with it: a bridge for machines
# to be plugged into, their names in /etc/hosts, and SSH settings that are nobody else's. Called by `npm run test:hosts`.
set -eu
folder=$1
shift
ip link set lo up
ip link add hosts type bridge
ip addr add 192.0.2.1/24 dev hosts
ip link set hosts up
mkdir -p "$folder/ssh" /run/netns "$HOME/.ssh"
mount -t tmpfs tmpfs /run/netns
printf '127.0.0.1 localhost\n' >"$folder/names"
for number in 1 2 3 4 5 6; do
  printf '192.0.2.1%s n%s.lab.example n%s\n' "$number" "$number" "$number" >>"$folder/names"
done
mount --bind "$folder/names" /etc/hosts
mount --bind "$folder/ssh" "$HOME/.ssh"
"$@"
