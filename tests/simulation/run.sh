#!/usr/bin/env bash
# Builds and runs the simulation of the scheduler and the measurement of its queue.
# Usage: tests/simulation/run.sh BUILD_DIR [--long] [--seed N]; BUILD_DIR should be a release build.
set -euo pipefail
build_dir=$1
shift
cmake --build "$build_dir" --target sync_simulation sync_queue_cost >/dev/null
"$build_dir/tests/simulation/sync_simulation" "$@"
"$build_dir/tests/simulation/sync_queue_cost"
