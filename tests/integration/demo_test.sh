#!/usr/bin/env bash
# Goal: what the README promises about the demo is true. Method: start it as a person does, paste
# its three lines, press Ctrl-C, look whether anything is left, start it again.
# Usage: tests/integration/demo_test.sh BUILD_DIR
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."

build_dir=$(readlink -f "$1")
second_start_seconds_max=10
folder=$(mktemp -d)
chmod 755 "$folder"
demo_pid=
stranger_pid=

say() { printf '%s\n' "$*"; }

fail() {
  printf 'demo_test: %s\n' "$*" >&2
  for file in "$folder"/output* "$folder"/data-demo/*.log; do
    [ -s "$file" ] && { printf '%s\n' "--- $file" >&2; tail -n 30 "$file" >&2; }
  done
  exit 1
}

# Whatever happens, nothing of ours stays behind.
cleanup() {
  if [ -n "$demo_pid" ] && kill -0 "$demo_pid" 2>/dev/null; then
    kill -INT "$demo_pid" 2>/dev/null || true
    wait "$demo_pid" 2>/dev/null || true
  fi
  [ -z "$stranger_pid" ] || kill "$stranger_pid" 2>/dev/null || true
  rm -rf "$folder"
}
trap cleanup EXIT

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Processes that have our data directory on their command line or in their environment.
ours() {
  local process
  for process in /proc/[0-9]*; do
    if { cat "$process/cmdline" "$process/environ" || true; } 2>/dev/null \
      | grep -qaF "$folder/data"; then
      printf '%s ' "${process#/proc/}"
    fi
  done
}

start_demo() {
  output=$folder/output$1
  : >"$output"
  # A new session, so that the signal below goes where Ctrl-C in a terminal would: to all of them.
  # A shell in the background ignores SIGINT, which the demo would inherit.
  setsid env --default-signal=INT DATA_DIR="$folder/data" API_PORT="$port" \
    DEMO_SIMULATOR_PORT="$simulator_port" scripts/demo.sh "$build_dir" >"$output" 2>&1 &
  demo_pid=$!
  local deadline=$((SECONDS + 180))
  until grep -q 'Ctrl-C stops everything' "$output"; do
    kill -0 "$demo_pid" 2>/dev/null || fail "start $1 ended before its banner"
    [ $SECONDS -lt $deadline ] || fail "start $1 printed no banner"
    sleep 0.1
  done
}

stop_demo() {
  kill -INT -- "-$demo_pid"
  wait "$demo_pid" || fail "the demo ended with code $?"
  demo_pid=
  local left
  left=$(ours)
  [ -z "$left" ] || fail "processes are left: $left"
  ! curl -s -o /dev/null --max-time 2 "http://127.0.0.1:$port/health" || fail "the server is left"
  ! curl -s -o /dev/null --max-time 2 "http://127.0.0.1:$simulator_port/simulator/health" \
    || fail "the simulator is left"
}

port=$(free_port)
simulator_port=$(free_port)

# Stands for the data of a real server.
mkdir "$folder/data"
echo precious >"$folder/data/kept"

say "A port that somebody else has"
mkdir "$folder/stranger"
echo yes >"$folder/stranger/ready"
python3 -m http.server --bind 127.0.0.1 --directory "$folder/stranger" "$port" \
  >"$folder/stranger.log" 2>&1 &
stranger_pid=$!
until curl -fs -o /dev/null --max-time 2 "http://127.0.0.1:$port/ready"; do sleep 0.1; done
if DATA_DIR="$folder/data" API_PORT="$port" DEMO_SIMULATOR_PORT="$simulator_port" \
  timeout 180 scripts/demo.sh "$build_dir" >"$folder/output0" 2>&1; then
  fail "the demo took a stranger for its server"
fi
grep -q 'another program has the port of the server' "$folder/output0" \
  || fail "the demo does not say that the port is taken"
kill "$stranger_pid"
wait "$stranger_pid" 2>/dev/null || true
stranger_pid=

say "Options that name other data"
for option in --data-dir=/x --database-url=postgresql://h/d --config=x.toml; do
  ! DATA_DIR="$folder/data" scripts/demo.sh "$build_dir" "$option" >"$folder/output0" 2>&1 \
    || fail "the demo takes $option"
done

say "First start"
start_demo 1
[ -n "$(ours)" ] || fail "the test does not see the processes of a running demo"
mapfile -t lines < <(sed -n 's/^ *\(curl .*\)$/\1/p' "$output")
[ "${#lines[@]}" -eq 3 ] || fail "the banner shows ${#lines[@]} curl lines, not 3"
for line in "${lines[@]}"; do
  answer=$(bash -c "$line -fsS") || fail "the pasted line failed: $line"
  python3 - "$answer" <<'PYTHON' || fail "no data from: $line"
import json
import sys

answer = json.loads(sys.argv[1])
rows = answer if isinstance(answer, list) else answer["baselines"]
sys.exit(0 if len(rows) > 0 else 1)
PYTHON
done
key=$(sed -n 's/.*API key  *\(pfk_[0-9a-f]*\)$/\1/p' "$output")
nights=$(sed -n 's/^Synced: \(.*\) nights$/\1/p' "$output")
[ "$nights" -gt 20 ] || fail "only '$nights' nights after the first sync"
say "Ctrl-C"
stop_demo

say "Second start"
begin=$(date +%s%N)
start_demo 2
milliseconds=$((($(date +%s%N) - begin) / 1000000))
[ "$milliseconds" -lt $((second_start_seconds_max * 1000)) ] \
  || fail "the second start took $milliseconds ms"
[ "$(sed -n 's/.*API key  *\(pfk_[0-9a-f]*\)$/\1/p' "$output")" = "$key" ] || fail "the key changed"
[ "$(sed -n 's/^Synced: \(.*\) nights$/\1/p' "$output")" -ge "$nights" ] || fail "nights are lost"
bash -c "${lines[0]} -fsS" >/dev/null || fail "the old line works no more"
stop_demo
[ "$(cat "$folder"/data/*)" = precious ] || fail "the demo touched the data of the real server"
say "The demo works; its second start took $milliseconds ms"
