#!/usr/bin/env bash
# Installs what is missing, builds, and runs the tests.
#
#   ./test.sh          every test, with AddressSanitizer and UBSan, then the shipped build
#   ./test.sh NAME     the tests whose name contains NAME (for example analytics, http.router)
#   ./test.sh --list   the names
#   ./test.sh --long   adds ThreadSanitizer, long fuzzing and long runs
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

long=no
name=
for option in "$@"; do
  case "$option" in
    --long) long=yes ;;
    --list) name=--list ;;
    -h | --help) sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -*) echo "test.sh: unknown option $option" >&2; exit 2 ;;
    *) name=$option ;;
  esac
done

scripts/install_packages.sh build run test

if [ "$name" = --list ]; then
  cmake --preset dev >/dev/null
  ctest --test-dir build/dev -N | sed -n 's/^ *Test *#[0-9]*: //p'
  exit 0
fi

scripts/build.sh asan
if [ -n "$name" ]; then
  exec ctest --test-dir build/asan --output-on-failure -R "$name" --no-tests=error
fi

started=$SECONDS
# Most of them wait for disks and processes, so two cores serve three of them.
ctest --test-dir build/asan --output-on-failure --no-tests=error -j 3
echo "Sanitizer suite: $((SECONDS - started)) s"

scripts/build.sh release
scripts/check_runtime_packages.sh build/release
tests/integration/demo_test.sh build/release
tests/bench/insights.sh build/release --quick
tests/bench/takeout.sh build/release
tests/openapi/validate.sh build/release
tests/simulation/run.sh build/release

if [ "$long" = yes ]; then
  scripts/long_tests.sh
fi
echo "All tests passed"
