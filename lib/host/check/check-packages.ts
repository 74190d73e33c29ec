/** Looks for packages by name. Shared by the check and the installation, so that both find the same. */
export const PACKAGE_LOOKUP = `# package NAME: where it lies
package() {
  for place in "$here/packages" "$here/../packages" "$here"; do
    if [ -f "$place/$1" ]; then
      printf '%s\\n' "$place/$1"
      return 0
    fi
  done
  return 1
}

# sum_of PATH: its SHA-256
sum_of() {
  sha256sum -- "$1" | cut -d ' ' -f 1
}

# The machine, as packages are named after it.
case $(uname -m) in
  x86_64 | amd64) machine=x64 ;;
  aarch64 | arm64) machine=arm64 ;;
  *) machine=$(uname -m) ;;
esac
`;

/** Packages that have to be there are what they were, and what is inside is what they are named after. */
export const CHECK_PACKAGES = `# whole PATH: whether a package is the one in packages.sha256 beside it
whole() {
  sums=$(dirname -- "$1")/packages.sha256
  [ -f "$sums" ] || return 0
  wanted=$(sed -n "s/^\\([0-9a-f]*\\)  $(basename -- "$1")$/\\1/p" "$sums")
  got=$(sum_of "$1")
  [ "$got" != "$wanted" ] || return 0
  problem "$1 is not the package that it was, got sha256 $got; \${wanted:-none} is in packages.sha256. Copy it again."
  return 1
}

check_kafka() {
  jar=libs/kafka_2.13-$version.jar
  if [ -e "$root$KAFKA_HOME/$jar" ] || [ -e "$root$KAFKA_HOME-$version/$jar" ]; then return; fi
  if [ -e "$root$KAFKA_HOME-$version" ]; then
    problem "$KAFKA_HOME-$version is no Kafka, got no $jar in it; what kdk packages made is needed. Move it away."
  fi
  if [ -e "$root$KAFKA_HOME" ] && [ ! -L "$root$KAFKA_HOME" ]; then
    problem "$KAFKA_HOME is a folder of its own, got no link; versions lie beside each other. Move it away."
  fi
  if ! archive=$(package "kafka_2.13-$version.tgz"); then
    problem "Kafka $version is not in $KAFKA_HOME, and kafka_2.13-$version.tgz is not in packages/; run kdk packages, or put it there."
    return
  fi
  whole "$archive" || return
  tar -tzf "$archive" 2>/dev/null | grep -q "/$jar\\$" ||
    problem "$archive is not Kafka $version, got no $jar in it; what kdk packages makes is needed. Copy it again."
  room "$(dirname -- "$root$KAFKA_HOME")" 400 'to unpack Kafka'
}

check_java() {
  if [ -n "$bundled_java" ]; then
    if archive=$(package "java-$machine.tar.gz") || archive=$(package java.tar.gz); then
      whole "$archive" && room "$(dirname -- "$root$bundled_java")" 400 'to unpack Java'
    elif [ ! -x "$root$KAFKA_JAVA" ]; then
      problem "there is no Java in $bundled_java, and java-$machine.tar.gz is not in packages/; give it to kdk packages by --java, or put it there."
    fi
    return
  fi
  [ -z "$root" ] || return
  if ! command -v "$KAFKA_JAVA" >/dev/null; then
    problem "there is no Java, got none for $KAFKA_JAVA; 17 or newer is needed. Install it (Debian: openjdk-17-jre-headless, RHEL: java-17-openjdk-headless), or write java: bundled under targets.hosts."
    return
  fi
  java=$("$KAFKA_JAVA" -version 2>&1 | sed -n 's/.* version "\\([0-9][^"]*\\)".*/\\1/p')
  major=\${java%%[!0-9]*}
  [ "\${major:-0}" -ge 17 ] || problem "the Java of this host is too old, got \${java:-no version} from $KAFKA_JAVA; 17 or newer is needed. Install a newer one."
}

check_agent() {
  [ -n "$KAFKA_METRICS" ] || return
  if agent=$(package jmx_prometheus_javaagent.jar); then
    whole "$agent"
  elif [ ! -f "$root$KAFKA_JMX_EXPORTER_JAR" ]; then
    problem "the JMX exporter is not at $KAFKA_JMX_EXPORTER_JAR, and jmx_prometheus_javaagent.jar is not in packages/; run kdk packages, or put it there."
  fi
}

# kdk is for whoever looks after the cluster; nothing of the node needs it.
check_kdk() {
  for archive in "$here/packages/kdk-"*"-$machine.tgz" "$here/../packages/kdk-"*"-$machine.tgz"; do
    [ -f "$archive" ] || continue
    whole "$archive"
    return
  done
}
`;
