#!/usr/bin/env bash
# How fast is GET /insights of a cached user? Beside a plain Beast server that returns the same
# bytes, in one run, because only the ratio survives a change of machine. Fails below 0.6.
# Usage: tests/bench/insights.sh BUILD_DIR [--quick]
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
cd "$here/../.."
source tests/bench/compare.sh

build_dir=$1
ratio_min=0.6
if [ "${2:-}" = --quick ]; then
  export ROUNDS=3 SECONDS_PER_ROUND=3
fi
cmake --build "$build_dir" --target baseline_server >/dev/null

work=$(mktemp -d)
# PostgreSQL runs as another user when we are root and must be able to walk through.
chmod 755 "$work"
started=()
stop_all() {
  trap - EXIT
  for ((i = ${#started[@]} - 1; i >= 0; --i)); do
    kill -TERM "${started[i]}" 2>/dev/null || true
    wait "${started[i]}" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap stop_all EXIT
trap 'exit 130' INT TERM

# Waits until file $1 has something in it, at most 60 s, and prints it.
content_of() {
  local deadline=$((SECONDS + 60))
  until [ -s "$1" ]; do
    [ $SECONDS -lt $deadline ] || { cat "$work"/*.log >&2; return 1; }
    sleep 0.1
  done
  cat "$1"
}

"$build_dir"/polar-accesslink-simulator --port 0 --port-file "$work/simulator.port" \
  --client-id bench --client-secret bench --auto-approve >"$work/simulator.log" 2>&1 &
started+=($!)
polar=http://127.0.0.1:$(content_of "$work/simulator.port")

export DATA_DIR=$work/data API_HOST=127.0.0.1 API_PORT=0 \
  POLAR_API_BASE_URL=$polar POLAR_AUTHORIZATION_URL=$polar/oauth2/authorization \
  POLAR_TOKEN_URL=$polar/v2/oauth2/token POLAR_CLIENT_ID=bench POLAR_CLIENT_SECRET=bench
# The port is not known yet, so the address to call back is somebody else's; nobody goes there.
OAUTH_ALLOWED_CALLBACK_ORIGINS=http://127.0.0.1 \
  "$build_dir"/polar-flow-server serve --port-file "$work/server.port" >"$work/server.log" 2>&1 &
started+=($!)
base=http://127.0.0.1:$(content_of "$work/server.port")
CALLBACK_URL=http://127.0.0.1/connected scripts/connect_athlete.sh "$base" bench >"$work/key"
key=$("$build_dir"/polar-flow-server keys create --user 10000001 --rate-limit 1000000000 \
  2>"$work/keys.log")
header="X-API-Key: $key"
insights=$base/api/v1/users/10000001/insights

deadline=$((SECONDS + 60))
until curl -fsS -H "$header" "$insights" 2>/dev/null | grep -q '"status":"ready"'; do
  [ $SECONDS -lt $deadline ] || { cat "$work/server.log" >&2; exit 1; }
  sleep 0.2
done

curl -fsSi -H "$header" "$insights" >"$work/answer"
"$build_dir"/tests/bench/baseline_server 0 1 "$work/answer" >"$work/baseline.port" 2>&1 &
started+=($!)
plain=http://127.0.0.1:$(content_of "$work/baseline.port" | grep -oE '[0-9]+' | head -1)/

bench_compare "$plain" "$insights" -H "$header" | tee "$work/result"
awk -v least=$ratio_min '/^ratio:/ { ratio = $2 } END { exit !(ratio >= least) }' "$work/result" \
  || { echo "insights.sh: the ratio is below $ratio_min" >&2; exit 1; }
