#!/bin/sh
# machine-root.sh FOLDER: the files of a machine that runs systemd, a Java runtime, an SSH server and, where it is given a seed, cloud-init, for
# `npm run test:hosts`. Once, by debootstrap as root; machines are layers above it.
set -eu
root=$1
packages=systemd,systemd-sysv,dbus,openssh-server,sudo,openssl,procps,iproute2,netbase,openjdk-17-jre-headless,curl,xfsprogs
debootstrap --variant=minbase --include="$packages" bookworm "$root.new"
# Where a debootstrap has it among its packages, some of what it needs is left without configuration.
chroot "$root.new" sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends cloud-init'
# What a machine in a container has no hardware for, and names and keys that each machine has to have of its own.
for unit in systemd-udevd.service systemd-udev-trigger.service systemd-networkd.service systemd-networkd-wait-online.service \
  systemd-resolved.service systemd-firstboot.service systemd-timesyncd.service; do
  ln -sf /dev/null "$root.new/etc/systemd/system/$unit"
done
rm -f "$root.new"/etc/machine-id "$root.new"/etc/ssh/ssh_host_*
rm -rf "$root.new"/var/cache/apt/archives/*.deb "$root.new"/var/lib/apt/lists/*
# Disks are mounted before anything that has to find them.
cat >"$root.new/etc/systemd/system/volumes.service" <<'UNIT'
[Unit]
DefaultDependencies=no
Before=local-fs.target kafka.service
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/mount-volumes
[Install]
WantedBy=local-fs.target
UNIT
cat >"$root.new/usr/local/sbin/mount-volumes" <<'SCRIPT'
#!/bin/sh
# /etc/volumes: a device and where it is mounted on each line
while read -r device folder; do
  mkdir -p "$folder"
  mountpoint -q "$folder" || mount -o noatime "$device" "$folder"
done </etc/volumes
SCRIPT
chmod 0755 "$root.new/usr/local/sbin/mount-volumes"
mkdir -p "$root.new/etc/systemd/system/local-fs.target.wants"
ln -s /etc/systemd/system/volumes.service "$root.new/etc/systemd/system/local-fs.target.wants/volumes.service"
chroot "$root.new" useradd --create-home --shell /bin/sh kafka-ops
echo 'kafka-ops ALL=(ALL) NOPASSWD: ALL' >"$root.new/etc/sudoers.d/kafka-ops"
mv "$root.new" "$root"
