#!/usr/bin/env bash
# Configures and builds one preset. Usage: scripts/build.sh PRESET [TARGET…]
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

preset=$1
shift
log=$(mktemp)
trap 'rm -f "$log"' EXIT
cmake --preset "$preset" >"$log" 2>&1 || {
  cat "$log" >&2
  exit 1
}

# One heavy translation unit needs about 1.5 GB, so memory limits the jobs on small boxes.
memory_jobs=$(awk '/MemAvailable/ {print int($2 / 1572864)}' /proc/meminfo)
jobs=$(nproc)
[ "$memory_jobs" -ge 1 ] || memory_jobs=1
[ "$memory_jobs" -ge "$jobs" ] || jobs=$memory_jobs

# A compiler cache leaves files with a precompiled header alone unless it is told so.
export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros}

# Nothing to do is said by silence; otherwise Ninja's own progress line is the progress.
if ! ninja -C "build/$preset" -n "$@" | grep -q 'no work to do'; then
  echo "Building ($preset, $jobs jobs; the first build takes some minutes)"
fi
NINJA_STATUS="[%f/%t, %es] " ninja -C "build/$preset" -j "$jobs" "$@" \
  | { grep -v 'no work to do\|Entering directory' || true; }
