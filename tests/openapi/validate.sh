#!/usr/bin/env bash
# Starts the server and holds the document that it tells about itself, in both forms, against the
# OpenAPI specification.
# Usage: tests/openapi/validate.sh BUILD_DIR
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
cd "$here/../.."

build_dir=$1
npm_seconds_max=180
work=$(mktemp -d)
# PostgreSQL runs as another user when we are root and must be able to walk through.
chmod 755 "$work"
server=
stop_all() {
  trap - EXIT
  if [ -n "$server" ]; then
    kill -TERM "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap stop_all EXIT
trap 'exit 130' INT TERM

# Node.js trusts a list of its own; the machine's is what its owner has chosen.
export NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}
cp "$here"/package.json "$here"/package-lock.json "$here"/validate.js "$work"
(cd "$work" && timeout "$npm_seconds_max" npm ci --silent --no-audit --no-fund --ignore-scripts)

DATA_DIR=$work/data KEY_DIR=$work/keys API_HOST=127.0.0.1 API_PORT=0 API_KEY=check \
  "$build_dir"/polar-flow-server serve --port-file "$work/server.port" >"$work/server.log" 2>&1 &
server=$!
deadline=$((SECONDS + 60))
until [ -s "$work/server.port" ] \
  && curl -fs "http://127.0.0.1:$(cat "$work/server.port")/health" >/dev/null; do
  [ $SECONDS -lt $deadline ] || { cat "$work/server.log" >&2; exit 1; }
  sleep 0.1
done
for form in json yaml; do
  curl -fsS -o "$work/openapi.$form" \
    "http://127.0.0.1:$(cat "$work/server.port")/schema/openapi.$form"
done
node "$work/validate.js" "$work/openapi.json" "$work/openapi.yaml"
