#!/usr/bin/env bash
# Starts the AccessLink simulator and the server, connects the demo athlete through the real OAuth
# exchange, waits for the first sync, and says how to look around. Ctrl-C stops both.
# Usage: scripts/demo.sh BUILD_DIR [SERVER_OPTION…]
set -euo pipefail

build_dir=$1
shift
host=127.0.0.1
port=${API_PORT:-8000}
simulator_port=${DEMO_SIMULATOR_PORT:-8010}
athlete=10000001
if [ "$(id -u)" -eq 0 ]; then
  default_data_dir=/var/lib/polar-flow-server
else
  default_data_dir=${XDG_DATA_HOME:-$HOME/.local/share}/polar-flow-server
fi
demo_dir=${DATA_DIR:-$default_data_dir-demo}
base=http://$host:$port
simulator=http://$host:$simulator_port

say() { printf '%s\n' "$*"; }

fail() {
  printf 'demo: %s\n' "$*" >&2
  for log in "$demo_dir"/simulator.log "$demo_dir"/server.log; do
    if [ -s "$log" ]; then
      printf '%s\n' "--- the end of $log" >&2
      tail -n 12 "$log" >&2
    fi
  done
  exit 1
}

mkdir -p "$demo_dir"
# PostgreSQL runs as another user when we are root and must be able to walk through.
chmod 755 "$demo_dir"

simulator_pid=
server_pid=
stop_all() {
  trap - EXIT INT TERM
  if [ -n "$server_pid" ]; then
    say ""
    say "Stopping"
    kill -TERM "$server_pid" 2>/dev/null || true
    wait "$server_pid" 2>/dev/null || true
  fi
  if [ -n "$simulator_pid" ]; then
    kill -TERM "$simulator_pid" 2>/dev/null || true
    wait "$simulator_pid" 2>/dev/null || true
  fi
}
trap stop_all EXIT
trap 'stop_all; exit 0' INT TERM

# Waits until `curl` gets an answer from $1, at most 60 s, while process $2 lives.
wait_for() {
  local deadline=$((SECONDS + 60))
  until curl -fsS -o /dev/null --max-time 2 "$1" 2>/dev/null; do
    kill -0 "$2" 2>/dev/null || return 1
    [ $SECONDS -lt $deadline ] || return 1
    sleep 0.1
  done
}

say "Starting the simulated Polar account on $simulator"
"$build_dir"/polar-accesslink-simulator --host "$host" --port "$simulator_port" --athletes 1 \
  --client-id demo-client --client-secret demo-secret --auto-approve \
  --state-file "$demo_dir/simulator.json" >"$demo_dir/simulator.log" 2>&1 &
simulator_pid=$!
wait_for "$simulator/simulator/requests" "$simulator_pid" || fail "the simulator did not start"

say "Starting the server on $base (data in $demo_dir)"
env DATA_DIR="$demo_dir" API_HOST="$host" API_PORT="$port" \
  POLAR_API_BASE_URL="$simulator" POLAR_AUTHORIZATION_URL="$simulator/oauth2/authorization" \
  POLAR_TOKEN_URL="$simulator/v2/oauth2/token" \
  POLAR_CLIENT_ID=demo-client POLAR_CLIENT_SECRET=demo-secret \
  OAUTH_ALLOWED_CALLBACK_ORIGINS="$base" \
  "$build_dir"/polar-flow-server serve "$@" >"$demo_dir/server.log" 2>&1 &
server_pid=$!
wait_for "$base/ready" "$server_pid" || fail "the server did not start"

key_file=$demo_dir/demo-api-key
api_key=
[ ! -s "$key_file" ] || api_key=$(cat "$key_file")
insights() {
  curl -fsS --max-time 5 -H "X-API-Key: $api_key" "$base/api/v1/users/$athlete/insights" 2>/dev/null
}

if [ -z "$api_key" ] || ! insights >/dev/null; then
  say "Connecting athlete $athlete (OAuth authorization code)"
  api_key=$("$(dirname "$0")"/connect_athlete.sh "$base" demo) || fail "connecting failed"
  (umask 077 && printf '%s' "$api_key" >"$key_file")
fi

say "Syncing"
deadline=$((SECONDS + 120))
until answer=$(insights) && [[ $answer != *'"data_age_days":0,'* ]]; do
  kill -0 "$server_pid" 2>/dev/null || fail "the server ended"
  [ $SECONDS -lt $deadline ] || fail "the first sync did not finish within two minutes"
  sleep 0.25
done
nights=$(curl -fsS -H "X-API-Key: $api_key" "$base/api/v1/users/$athlete/sleep?days=365" \
  | grep -o '"date"' | wc -l)
say "Synced: $nights nights"

cat <<BANNER

  polar-flow-server is running with a simulated athlete.

    URL      $base
    User     $athlete
    API key  $api_key

  How am I, and what should I do today?

    curl -H 'X-API-Key: $api_key' $base/api/v1/users/$athlete/insights

  The last seven nights, and what is normal for this person:

    curl -H 'X-API-Key: $api_key' '$base/api/v1/users/$athlete/sleep?days=7'
    curl -H 'X-API-Key: $api_key' $base/api/v1/users/$athlete/baselines

  Logs are in $demo_dir. Ctrl-C stops everything.

BANNER
wait "$server_pid" || fail "the server ended"
