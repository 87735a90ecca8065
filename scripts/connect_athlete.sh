#!/usr/bin/env bash
# Connects the simulator's first athlete to a server as a browser and an app would do it: start page,
# consent page, callback, exchange of the code. Prints the API key.
# Usage: [CALLBACK_URL=…] scripts/connect_athlete.sh BASE_URL CLIENT_ID
set -euo pipefail

base=$1
client=$2
cookies=$(mktemp)
trap 'rm -f "$cookies"' EXIT

callback=${CALLBACK_URL:-$base/connected}
step="$base/oauth/start?callback_url=$callback&client_id=$client"
for _ in 1 2 3; do
  step=$(curl -fsS --max-time 15 -b "$cookies" -c "$cookies" -o /dev/null \
    -w '%{redirect_url}' "$step")
done
code=$(sed -n 's/.*[?&]code=\([^&]*\).*/\1/p' <<<"$step")
if [ -z "$code" ]; then
  echo "the connection was refused: $step" >&2
  exit 1
fi
answer=$(curl -fsS --max-time 15 -H 'Content-Type: application/json' \
  -d "{\"code\":\"$code\",\"client_id\":\"$client\"}" "$base/oauth/exchange")
sed -n 's/.*"api_key":"\([^"]*\)".*/\1/p' <<<"$answer"
