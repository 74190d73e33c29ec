# shellcheck shell=bash disable=SC2154
# Read by the scripts beside it. What nodes say of themselves, from their JMX exporters: a tool of Kafka would start a Java virtual machine
# every time. The caller sets `config`, the folder of the file `nodes`: a line a node, ID ROLES HOST PORT.

# look HOST PORT NAME...: the lines of these metrics; fails where nothing answers.
look() {
  local line query='' name
  for name in "${@:3}"; do query+="&name[]=$name"; done
  { exec 3<>"/dev/tcp/$1/$2"; } 2>/dev/null || return 1
  printf 'GET /metrics?%s HTTP/1.0\r\nHost: localhost\r\n\r\n' "${query#&}" >&3
  while IFS= read -r -t 5 line <&3; do
    [[ $line != kafka_* ]] || printf '%s\n' "${line%$'\r'}"
  done
  exec 3>&-
}

# values NAME LINES: the whole numbers of a metric, a line each. The exporter writes them as 3.0 or 1.2345E7.
values() {
  local line
  while IFS= read -r line; do
    [[ ${line%%[ \{]*} = "$1" && ${line##* } =~ ^(-?)([0-9]+)(\.([0-9]+))?(E([0-9]+))?$ ]] || continue
    local fraction=${BASH_REMATCH[4]}00000000000000000000
    printf '%s\n' "${BASH_REMATCH[1]}$((10#${BASH_REMATCH[2]}${fraction:0:${BASH_REMATCH[6]:-0}}))"
  done <<<"$2"
}

# ask SELF ROLE NAME...: a line `ID VALUE...` for every node but SELF that has the role (empty: any); `-` for a value that it does not
# have, and `ID silent` where it does not answer. All are asked at once, and waited for four seconds at most: an address that nothing is
# behind any more swallows what is sent to it.
ask() {
  local self=$1 wanted=$2 id role host port line known=() heard=' ' until=$((SECONDS + 4))
  shift 2
  exec {answers}<> <(:)
  while read -r id role host port; do
    [[ $id != "$self" && $role == *"$wanted"* ]] || continue
    known+=("$id")
    answer "$id" "$host" "$port" "$@" 1>&"$answers" 2>/dev/null &
  done <"$config/nodes"
  for id in "${known[@]}"; do
    IFS= read -r -t $((until > SECONDS ? until - SECONDS : 1)) -u "$answers" line || break
    heard+="${line%% *} "
    printf '%s\n' "$line"
  done
  # shellcheck disable=SC2046
  kill $(jobs -p) 2>/dev/null || :
  wait || :
  exec {answers}>&-
  for id in "${known[@]}"; do
    [[ $heard == *" $id "* ]] || printf '%s silent\n' "$id"
  done
}

# answer ID HOST PORT NAME...: the line of one node.
answer() {
  local line=$1 lines name found
  if lines=$(look "$2" "$3" "${@:4}"); then
    for name in "${@:4}"; do
      found=$(values "$name" "$lines")
      line+=" ${found:--}"
    done
  else
    line+=' silent'
  fi
  printf '%s\n' "$line"
}
