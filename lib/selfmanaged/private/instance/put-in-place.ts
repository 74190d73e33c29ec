/** Part of boot.sh: what the node runs (Java, Kafka, its certificate), and its files by the install script of every host. */
export const PUT_IN_PLACE = `
# fetch_package NAME: from S3, and kept; install.sh finds it in the folder packages beside its own
fetch_package() {
  local name=$1 place sum
  place=$(of_place packages)
  sum=$(awk -v name="$name" '{ file = $2; sub(/^.*[*\\/]/, "", file); if (file == name) print $1 }' "$base/packages/packages.sha256")
  [ -n "$sum" ] || { why="$place/packages.sha256 does not name it; kdk packages writes both"; return 1; }
  if is_package "$name" "$sum"; then return 0; fi
  call s3 cp --only-show-errors "$place/$name" "$base/packages/$name.part" || return 1
  mv -f -- "$base/packages/$name.part" "$base/packages/$name"
  is_package "$name" "$sum" && return
  why="it is not what packages.sha256 says, got sha256 $(sha256sum "$base/packages/$name" | cut -d ' ' -f 1); $sum is allowed"
  rm -f -- "$base/packages/$name"
  return 1
}

is_package() {
  printf '%s  %s\\n' "$2" "$base/packages/$1" | sha256sum -c --status 2>/dev/null
}

fetch_checksums() {
  mkdir -p -- "$base/packages"
  call s3 cp --only-show-errors "$(of_place packages)/packages.sha256" "$base/packages/packages.sha256.part" || return 1
  mv -f -- "$base/packages/packages.sha256.part" "$base/packages/packages.sha256"
}

# What came already is only checked: an instance starts again without S3. An update asks S3 what there is now.
fetch_packages() {
  local name
  [ -f "$base/packages/packages.sha256" ] || wait_for "$(of_place packages)/packages.sha256" fetch_checksums
  for name in "\${packages[@]}"; do
    wait_for "$(of_place packages)/$name" fetch_package "$name"
  done
}

install_java() {
  why='there is no dnf to install it with; make an image that has Java'
  command -v dnf >/dev/null || return 1
  why='dnf does not install it; the repositories of Amazon Linux are in S3, so S3 has to be reached from this subnet'
  dnf install -y -q java-21-amazon-corretto-headless
}

# The certificate goes from the secret into memory and from there to where Kafka reads it; it is in no argument and no log.
fetch_certificate() {
  local secret
  secret=$(of_place secret)
  call secretsmanager get-secret-value --secret-id "$secret" --query SecretString || {
    case $why in *AWSCURRENT*) why="nobody has put a certificate into it yet: a JSON object with node.pem and ca.crt" ;; esac
    return 1
  }
  why='it is no JSON object with node.pem and ca.crt'
  printf '%s\\n' "$answer" | python3 -c '
import json, os, sys
secret = json.load(sys.stdin)
for name in ("node.pem", "ca.crt"):
    path = os.path.join(sys.argv[1], name)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secret[name])
' "$run/tls" 2>/dev/null || return 1
  answer=
  ln -sfn -- "$run/tls/node.pem" "$here/node.pem"
  ln -sfn -- "$run/tls/ca.crt" "$here/ca.crt"
}

# With a certificate from before, the node need not wait for Secrets Manager.
take_certificate() {
  install -d -m 0700 "$run/tls"
  if [ -f "$root$keystore" ]; then
    fetch_certificate || say "the certificate of before is kept: $why"
  else
    wait_for "the certificate in $(of_place secret)" fetch_certificate
  fi
}

drop_certificate() {
  rm -rf -- "$run/tls"
  if [ -L "$here/node.pem" ]; then rm -f -- "$here/node.pem" "$here/ca.crt"; fi
}

# fetch_files: what the stack has now, in a folder of its own that takes the place of the last one at once
fetch_files() {
  local files folder
  call ssm get-parameter --name "$(of_place parameter)" --query Parameter.Value || return 1
  printf '%s\\n' "$answer" >"$base/place.new"
  files=$(sed -n 's/^files=//p' "$base/place.new")
  folder=$(basename -- "$files" .zip)
  if [ ! -d "$base/$folder" ]; then
    call s3 cp --only-show-errors "$files" "$run/files.zip" || return 1
    why="$files is no zip"
    rm -rf -- "$base/$folder.part"
    python3 -m zipfile -e "$run/files.zip" "$base/$folder.part" || return 1
    rm -f -- "$run/files.zip"
    find "$base/$folder.part" -name '*.sh' -exec chmod 0755 {} +
    mv -- "$base/$folder.part" "$base/$folder"
  fi
  ln -sfn -- "$folder" "$base/files.new"
  mv -fT -- "$base/files.new" "$base/files"
  mv -f -- "$base/place.new" "$base/place"
}
`;
