#!/usr/bin/env bash
# Builds and runs the simulation of the scheduler, the measurement of its queue, and the simulation
# of the alarms.
# Usage: tests/simulation/run.sh BUILD_DIR [--long] [--seed N]; BUILD_DIR should be a release build.
set -euo pipefail
build_dir=$1
shift
cmake --build "$build_dir" --target sync_simulation sync_queue_cost alarm_simulation >/dev/null
"$build_dir/tests/simulation/sync_simulation" "$@"
"$build_dir/tests/simulation/sync_queue_cost"
"$build_dir/tests/simulation/alarm_simulation"
