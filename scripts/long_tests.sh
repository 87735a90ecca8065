#!/usr/bin/env bash
# The tests that take long: ThreadSanitizer, long fuzzing, a million simulated users.
# `./test.sh --long` calls this.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

echo "ThreadSanitizer: building CAF with it"
scripts/caf_with_thread_sanitizer.sh
cmake --preset tsan -DPOLAR_FLOW_CAF_ROOT="$PWD/build/caf-tsan" >/dev/null
scripts/build.sh tsan http_tests polar_tests actors_tests
LD_LIBRARY_PATH=$PWD/build/caf-tsan/lib \
  ctest --test-dir build/tsan --output-on-failure --no-tests=error -R '^(http|polar|actors)\.'

echo "Long fuzzing"
POLAR_FLOW_LONG=1 ctest --test-dir build/asan --output-on-failure --no-tests=error -R '^fuzz\.'

echo "A million users"
tests/simulation/run.sh build/release --long

echo "What one user's analytics cost"
cmake --build build/release --target analytics_bench >/dev/null
build/release/tests/bench/analytics_bench
