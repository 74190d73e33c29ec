/**
 * Part of boot.sh: how it waits and asks AWS. What only needs time, what only a person can give (a right, a route) and what will never work
 * are told apart: the first two are waited for, the second with what is missing, the third ends the script.
 */
export const TALK_TO_AWS = `
say() {
  printf 'node: %s\\n' "$1"
}

fail() {
  printf 'node: %s\\n' "$1" >&2
  exit 1
}

# of_place NAME: what the stack says about this node
of_place() {
  sed -n "s/^$1=//p" "$base/place"
}

# wait_for WHAT COMMAND...: tries until it works; says why it does not yet, whenever the reason changes and every minute
wait_for() {
  local what=$1 said='' next=0 begun=$SECONDS
  shift
  until why='no answer'; "$@"; do
    if [ "$why" != "$said" ] || [ "$SECONDS" -ge "$next" ]; then
      say "waiting for $what, $((SECONDS - begun)) s by now: $why"
      said=$why
      next=$((SECONDS + minute))
    fi
    sleep "$((minute / 12)).2"
  done
}

# call COMMAND...: asks AWS; the answer is in $answer; without one, the reason is in $why
call() {
  if answer=$(aws "$@" --output text 2>"$run/error"); then return 0; fi
  why=$(tr -s '\\n' ' ' <"$run/error" | cut -c 1-500)
  case $why in
    *UnauthorizedOperation* | *AccessDenied* | *'not authorized'*)
      why="the role of this instance lacks a right: $why"
      ;;
    *RequestLimitExceeded* | *Throttl* | *TooManyRequests* | *SlowDown*)
      why="AWS answers no more requests of this account for a while: $why"
      sleep "$((RANDOM % 10 * minute / 60)).5"
      ;;
    *'Unable to locate credentials'*)
      why='this instance has no credentials; they come by its instance profile'
      ;;
    *'Could not connect'* | *'Connect timeout'* | *'Read timeout'* | *'Name or service not known'*)
      why="no way to AWS, so an endpoint of the VPC, a route or a rule of a security group is missing: $why"
      ;;
  esac
  return 1
}

# metadata PATH: of this instance, by a session token only (IMDSv2)
metadata() {
  local token
  token=$(curl -sf -m 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$imds/latest/api/token") || return 1
  curl -sf -m 5 -H "X-aws-ec2-metadata-token: $token" "$imds/latest/meta-data/$1"
}

know_instance() {
  why='the metadata service does not answer'
  instance=$(metadata instance-id) && zone=$(metadata placement/availability-zone)
}
`;
