#!/usr/bin/env bash
# Installs what is missing, builds, and starts polar-flow-server.
#
#   ./run.sh               the server, for real use
#   ./run.sh --demo        the server with a simulated Polar account, to look around
#   ./run.sh --build-only  install and build, then stop; the server is build/release/polar-flow-server
#
# Other options go to the server (see build/release/polar-flow-server --help).
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

mode=serve
server_options=()
for option in "$@"; do
  case "$option" in
    --demo) mode=demo ;;
    --build-only) mode=build ;;
    -h | --help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) server_options+=("$option") ;;
  esac
done

if [ "$mode" = build ] && [ ${#server_options[@]} -gt 0 ]; then
  echo "run.sh: --build-only takes no other option: ${server_options[*]}" >&2
  exit 2
fi

scripts/install_packages.sh build run
scripts/build.sh release

case "$mode" in
  build) echo "Built build/release/polar-flow-server" ;;
  serve) exec build/release/polar-flow-server serve "${server_options[@]}" ;;
  demo) exec scripts/demo.sh build/release "${server_options[@]}" ;;
esac
