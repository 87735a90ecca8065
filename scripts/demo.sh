#!/usr/bin/env bash
# Starts the AccessLink simulator and the server, connects the demo athlete through the real OAuth
# exchange, waits for the first sync, and says how to look around. Ctrl-C stops both.
# Usage: [DEMO_DATA_DIR=…] [API_PORT=…] [DEMO_SIMULATOR_PORT=…] scripts/demo.sh BUILD_DIR [OPTION…]
# Its data is in DEMO_DATA_DIR, by default what the server would use with `-demo` appended.
set -euo pipefail

build_dir=$(readlink -f "$1")
scripts=$(dirname "$(readlink -f "$0")")
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
data_dir=${DATA_DIR:-$default_data_dir}
demo_dir=${DEMO_DATA_DIR:-${data_dir%/}-demo}
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

refuse() {
  printf 'demo: %s\n' "$*" >&2
  exit 2
}

# An athlete who does not exist must not get into the data of people who do.
for option in "$@"; do
  case "$option" in
    --config* | --*data-dir* | --*database-url*)
      refuse "the demo has data of its own, so $option is not for it; DEMO_DATA_DIR says where" ;;
    --port* | --server*port*) refuse "API_PORT chooses the port, not $option" ;;
  esac
done
if [ -e "$demo_dir/postgresql" ] && [ ! -e "$demo_dir/simulator.log" ]; then
  refuse "$demo_dir holds data that is not of a demo"
fi

mkdir -p "$demo_dir"
demo_dir=$(readlink -f "$demo_dir")
# PostgreSQL runs as another user when we are root and must be able to walk through.
chmod 755 "$demo_dir"

simulator_pid=
server_pid=
stop_all() {
  trap - EXIT INT TERM HUP
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
trap 'stop_all; exit 0' INT TERM HUP

# Waits until process $1, whose log is $2.log, has written $2.port and answers $3, at most 60 s. Only
# the file proves that whoever answers is ours.
wait_for() {
  local deadline=$((SECONDS + 60))
  until [ -s "$demo_dir/$2.port" ] && curl -fsS -o /dev/null --max-time 2 "$3" 2>/dev/null; do
    if ! kill -0 "$1" 2>/dev/null; then
      ! grep -q 'cannot listen on\|Address already in use' "$demo_dir/$2.log" \
        || fail "another program has the port of the $2; choose one with $4"
      fail "the $2 did not start"
    fi
    [ $SECONDS -lt $deadline ] || fail "the $2 did not start within a minute"
    sleep 0.1
  done
}

# Both in sessions of their own: a Ctrl-C in the terminal reaches only this script, which then asks
# them once. Asked twice, the server would end at once.
rm -f "$demo_dir/simulator.port" "$demo_dir/server.port"
say "Starting the simulated Polar account on $simulator"
setsid "$build_dir"/polar-accesslink-simulator --host "$host" --port "$simulator_port" \
  --port-file "$demo_dir/simulator.port" --athletes 1 \
  --client-id demo-client --client-secret demo-secret --auto-approve \
  --state-file "$demo_dir/simulator.json" >"$demo_dir/simulator.log" 2>&1 &
simulator_pid=$!
wait_for "$simulator_pid" simulator "$simulator/simulator/requests" DEMO_SIMULATOR_PORT

# From an empty environment and another folder: neither DATABASE_URL nor a .env may name real data.
say "Starting the server on $base (data in $demo_dir)"
cd "$demo_dir"
setsid env -i PATH="$PATH" HOME="$demo_dir" POLAR_FLOW_CONFIG=/dev/null \
  DATA_DIR="$demo_dir" API_HOST="$host" API_PORT="$port" \
  POLAR_API_BASE_URL="$simulator" POLAR_AUTHORIZATION_URL="$simulator/oauth2/authorization" \
  POLAR_TOKEN_URL="$simulator/v2/oauth2/token" \
  POLAR_CLIENT_ID=demo-client POLAR_CLIENT_SECRET=demo-secret \
  OAUTH_ALLOWED_CALLBACK_ORIGINS="$base" \
  "$build_dir"/polar-flow-server serve --port-file "$demo_dir/server.port" "$@" \
  >"$demo_dir/server.log" 2>&1 &
server_pid=$!
wait_for "$server_pid" server "$base/ready" API_PORT

key_file=$demo_dir/demo-api-key
api_key=
[ ! -s "$key_file" ] || api_key=$(cat "$key_file")
insights() {
  curl -fsS --max-time 5 -H "X-API-Key: $api_key" "$base/api/v1/users/$athlete/insights" 2>/dev/null
}

if [ -z "$api_key" ] || ! insights >/dev/null; then
  say "Connecting athlete $athlete (OAuth authorization code)"
  api_key=$("$scripts"/connect_athlete.sh "$base" demo) || fail "connecting failed"
  (umask 077 && printf '%s' "$api_key" >"$key_file")
fi

sync_status() {
  curl -fsS --max-time 5 -H "X-API-Key: $api_key" "$base/api/v1/users/$athlete/sync/status" \
    2>/dev/null
}

# Everything is there when a sync has ended and none runs; before that, answers have gaps.
say "Syncing"
deadline=$((SECONDS + 120))
until answer=$(sync_status) && [[ $answer == *'"is_syncing":false'* ]] \
  && [[ $answer != *'"last_synced_at":null'* ]]; do
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
