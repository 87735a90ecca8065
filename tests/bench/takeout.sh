#!/usr/bin/env bash
# How much memory do five years need on their way out and in again? Plants them, downloads them,
# and imports the zip into a fresh server. Fails when a server needed 64 MB more than it has when
# it is idle, when the zip is not whole, or when the second server gives another takeout.
# Usage: tests/bench/takeout.sh BUILD_DIR
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."

build_dir=$1
growth_kb_max=$((64 * 1000 * 1000 / 1024))
import_seconds_max=600
user=api/v1/users/five-years
work=$(mktemp -d)
# PostgreSQL runs as another user when we are root and must be able to walk through.
chmod 755 "$work"
servers=()
stop_all() {
  trap - EXIT
  for server in "${servers[@]}"; do
    kill -TERM "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap stop_all EXIT
trap 'exit 130' INT TERM

# Starts a server whose files are in $work/NAME; sets `server` and `base`.
start() {
  local place=$work/$1 deadline=$((SECONDS + 60))
  mkdir "$place"
  chmod 755 "$place"
  DATA_DIR=$place/data KEY_DIR=$place/keys API_HOST=127.0.0.1 API_PORT=0 API_KEY=bench \
    "$build_dir"/polar-flow-server serve --port-file "$place/server.port" \
    >"$place/server.log" 2>&1 &
  server=$!
  servers+=("$server")
  until [ -s "$place/server.port" ] \
    && curl -fs "http://127.0.0.1:$(cat "$place/server.port")/ready" >/dev/null; do
    [ $SECONDS -lt $deadline ] || { cat "$place/server.log" >&2; exit 1; }
    sleep 0.1
  done
  base=http://127.0.0.1:$(cat "$place/server.port")
}

ask() { curl -fsS -H 'X-API-Key: bench' "$@"; }

kb_of() { awk -v name="$1:" '$1 == name { print $2 }' "/proc/$server/status"; }

# From here on the peak counts anew.
begin_measuring() {
  idle=$(kb_of VmRSS)
  echo 5 >"/proc/$server/clear_refs"
  started=$(date +%s%N)
}

end_measuring() {
  local growth=$(($(kb_of VmHWM) - idle))
  echo "takeout.sh: $1 in $((($(date +%s%N) - started) / 1000000)) ms;" \
    "idle $idle kB, growth $growth kB"
  [ $growth -lt $growth_kb_max ] || { echo "takeout.sh: too much memory" >&2; exit 1; }
}

start first
mapfile -t postmaster <"$work/first/data/postgresql/postmaster.pid"
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --file tests/support/five_years.sql \
  "host=${postmaster[4]} port=${postmaster[3]} user=polar_flow dbname=polar_flow" >/dev/null
ask "$base/$user/sleep" >/dev/null
begin_measuring
ask -o "$work/first.zip" "$base/$user/export/takeout.zip"
end_measuring "$(du -k "$work/first.zip" | cut -f1) kB taken out"

start second
begin_measuring
ask -X POST -H 'Content-Type: application/zip' --data-binary "@$work/first.zip" \
  "$base/$user/import/takeout" >/dev/null
deadline=$((SECONDS + import_seconds_max))
until ask "$base/$user/import" | grep -Eq '"status":"(finished|failed)"'; do
  [ $SECONDS -lt $deadline ] || { echo "takeout.sh: the import does not end" >&2; exit 1; }
  sleep 0.5
done
end_measuring "$(ask "$base/$user/import" | grep -Eo '"rows_changed":[0-9]+' | head -1) imported"
ask -o "$work/second.zip" "$base/$user/export/takeout.zip"

python3 - "$work/first.zip" "$work/second.zip" <<'END'
import hashlib, json, sys, zipfile

# What belongs to a server: its numbers, and when it wrote a row down.
OWN = {"reply_id", "number", "updated_at", "state", "changes"}


def content(path):
    whole = zipfile.ZipFile(path)
    assert whole.testzip() is None
    found = {}
    for entry in whole.infolist():
        if entry.filename.startswith("replies/"):
            digest = hashlib.sha256(whole.read(entry)).hexdigest()
            found.setdefault("replies", []).append(digest)
        elif entry.filename.startswith("tables/"):
            rows = [json.loads(line) for line in whole.read(entry).splitlines()]
            found[entry.filename] = [
                json.dumps({k: v for k, v in row.items() if k not in OWN}, sort_keys=True)
                for row in rows
            ]
    return {name: sorted(lines) for name, lines in found.items()}


first, second = map(content, sys.argv[1:])
assert len(first["replies"]) == 6000, len(first["replies"])
assert len(first["tables/sleep.jsonl"]) == 1826
for name in sorted(first.keys() | second.keys()):
    left, right = first.get(name, []), second.get(name, [])
    if left != right:
        missing = sorted(set(left) - set(right))[:1]
        added = sorted(set(right) - set(left))[:1]
        sys.exit(f"takeout.sh: {name}: {len(left)} and {len(right)} rows\n{missing}\n{added}")
print(f"takeout.sh: {len(first)} tables are the same on both servers")
END
