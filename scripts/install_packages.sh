#!/usr/bin/env bash
# Installs the Debian packages named on the command line that are not there yet.
# Usage: scripts/install_packages.sh [--list] GROUP…
# With --list it only prints the names.
# Groups: build (compiler and headers), run (what the built server starts), runtime (the shared
# libraries of a server built elsewhere), test (what the tests add).
set -euo pipefail

build_packages=(
  g++ cmake ninja-build pkg-config mold ccache git ca-certificates
  libcaf-dev libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev libboost-test1.81-dev
  libpqxx-dev libpq-dev libssl-dev libfmt-dev libspdlog-dev libtomlplusplus-dev libcli11-dev
  libzstd-dev zlib1g-dev libarchive-dev
)
run_packages=(postgresql-15 curl ca-certificates)
runtime_packages=(
  libcaf-core0.17 libboost-json1.81.0 libboost-url1.81.0 libpqxx-6.4 libtomlplusplus3
  libspdlog1.10 libfmt9 libzstd1 zlib1g libssl3 libarchive13
)
test_packages=(wrk curl openssl python3)
# A Node.js that is not Debian's brings its own npm.
command -v npm >/dev/null || test_packages+=(nodejs npm)

only_list=no
if [ "${1:-}" = --list ]; then
  only_list=yes
  shift
fi

wanted=()
for group in "$@"; do
  case "$group" in
    build) wanted+=("${build_packages[@]}") ;;
    run) wanted+=("${run_packages[@]}") ;;
    runtime) wanted+=("${runtime_packages[@]}") ;;
    test) wanted+=("${test_packages[@]}") ;;
    *) echo "install_packages.sh: unknown group '$group'" >&2; exit 2 ;;
  esac
done

if [ "$only_list" = yes ]; then
  printf '%s\n' "${wanted[@]}"
  exit 0
fi

missing=()
for package in "${wanted[@]}"; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

sudo=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "These Debian packages are missing, and installing them needs root or sudo:" >&2
    echo "  ${missing[*]}" >&2
    exit 1
  fi
  sudo=(sudo)
fi

echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"

# Debian's PostgreSQL package would create and start a system cluster. We only want the programs:
# the server runs a private cluster in its own data directory.
no_cluster=/etc/postgresql-common/createcluster.d/polar-flow-server.conf
if [[ " ${missing[*]} " == *" postgresql-15 "* ]] && ! [ -e "$no_cluster" ]; then
  "${sudo[@]}" mkdir -p "$(dirname "$no_cluster")"
  echo "create_main_cluster = false" | "${sudo[@]}" tee "$no_cluster" >/dev/null
fi

"${sudo[@]}" apt-get update -qq
"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  -o Dpkg::Options::=--force-confold "${missing[@]}"
