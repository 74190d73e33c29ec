#!/usr/bin/env bash
# What `npm run test:system` needs beyond Node.js, a JDK and Maven, on Debian as root.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends shellcheck systemd python3 python3-venv >/dev/null
# kube-score comes as source: a minute of two cores, once. It is compiled while the rest is installed.
command -v go >/dev/null || { echo "system-setup: there is no go on the PATH, 1.23 or newer is needed for kube-score." >&2; exit 1; }
venv=${KDK_SYSTEM_VENV:-$HOME/.cache/kafka-deployment-kit/system-venv}
[ -x "$venv/bin/pip" ] || python3 -m venv "$venv"
[ -x "$venv/bin/kube-score" ] || GOBIN=$venv/bin go install github.com/zegl/kube-score/cmd/kube-score@v1.20.0 &
compiling=$!
"$venv/bin/pip" install --quiet --disable-pip-version-check cfn-lint==1.58.0 kubernetes-validate==1.37.0 ministack==1.5.33
# Apart: it pins what others need newer.
[ -x "$venv/checkov/bin/pip" ] || python3 -m venv "$venv/checkov"
"$venv/checkov/bin/pip" install --quiet --disable-pip-version-check checkov==3.3.30
"$(dirname "$0")/strimzi-definitions.sh" 1.2.0 "$(dirname "$venv")/strimzi-1.2.0"
wait "$compiling"
echo "system tools: $venv/bin"
