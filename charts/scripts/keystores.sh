#!/usr/bin/env bash
# Makes the keystores of this pod, one for each Secret: key and chain in one file, which is what Kafka reads. The folder is in memory.
#   keystores.sh make              once, before Kafka starts; a Secret that Kafka could not use is an error
#   keystores.sh watch PID         again whenever the kubelet has brought a renewed Secret, until the process PID has ended
# Kafka reads them when it starts; restart-in-turn.sh sees to that.
set -euo pipefail

tls=/etc/kafka/tls
listeners=/etc/kafka/listener-tls
run=/run/kafka

refuse() {
  echo "keystores: $*" >&2
  return 1
}

keystore() { # keystore FOLDER FILE: writes FILE, if it is not that already
  local folder=$1 file=$2 key chain
  key=$(cat "$folder/tls.key") || refuse "the private key of the Secret cannot be read, got no $folder/tls.key." || return
  chain=$(cat "$folder/tls.crt") || refuse "the certificate of the Secret cannot be read, got no $folder/tls.crt." || return
  [[ $key == *'-----BEGIN PRIVATE KEY-----'* ]] || refuse "the private key of the Secret is not PKCS #8, got $folder/tls.key; make it so (cert-manager: privateKey.encoding PKCS8)." || return
  # The kubelet replaced it in between: the two do not belong together.
  [ "$key" = "$(cat "$folder/tls.key")" ] || { keystore "$folder" "$file" && return; }
  [ ! -f "$file" ] || [ "$(cat "$file")" != "$key"$'\n'"$chain" ] || return 0
  (
    umask 077
    printf '%s\n%s\n' "$key" "$chain" >"$file.new"
  )
  mv -f "$file.new" "$file"
}

all() {
  local folder
  keystore "$tls" "$run/keystore.pem" || return
  for folder in "$listeners"/*/; do
    [ -d "$folder" ] || continue
    keystore "${folder%/}" "$run/keystore-$(basename "$folder").pem" || return
  done
}

case ${1:-} in
  make) all ;;
  watch)
    while kill -0 "$2" 2>/dev/null; do
      sleep 10
      all || true
    done
    ;;
  *) refuse "there is no such task, got ${1:-none}; make and watch PID are allowed." ;;
esac
