#!/usr/bin/env bash
# Compares two URLs with wrk, in alternating rounds, so that a machine that gets slower or faster
# meanwhile treats both alike. Prints the median of each and their ratio (second : first).
#
#   tests/bench/compare.sh [-H 'Name: value']… FIRST_URL SECOND_URL
#
# ROUNDS, SECONDS_PER_ROUND, CONNECTIONS and WRK_THREADS in the environment change the load.
# Can be sourced: then only the functions are defined.

# A round counts only when every answer was good: refusals are cheaper than answers.
# Prints requests per second.
bench_round() {
  local url=$1 output
  shift
  output=$(wrk -t "${WRK_THREADS:-1}" -c "${CONNECTIONS:-64}" \
               -d "${SECONDS_PER_ROUND:-5}s" "$@" "$url") || return 1
  if grep -qE 'Non-2xx|Socket errors' <<<"$output"; then
    echo "$url: this round does not count, not every answer was 200:" >&2
    grep -E 'Non-2xx|Socket errors' <<<"$output" >&2
    return 1
  fi
  awk '/^Requests\/sec:/ { print $2 }' <<<"$output"
}

# Fails unless one request to the URL is answered with 200.
bench_expect_200() {
  local url=$1 status
  shift
  status=$(curl --silent --output /dev/null --write-out '%{http_code}' "$@" "$url")
  if [[ $status != 200 ]]; then
    echo "$url: answered $status, expected 200" >&2
    return 1
  fi
}

bench_median() {
  printf '%s\n' "$@" | sort -n |
    awk '{ value[NR] = $1 }
         END { middle = int((NR + 1) / 2)
               print NR % 2 ? value[middle] : (value[middle] + value[middle + 1]) / 2 }'
}

# bench_compare FIRST_URL SECOND_URL [-H 'Name: value']…
bench_compare() {
  local first_url=$1 second_url=$2
  shift 2
  local first=() second=() round result
  bench_expect_200 "$first_url" "$@" || return 1
  bench_expect_200 "$second_url" "$@" || return 1
  for ((round = 1; round <= ${ROUNDS:-5}; ++round)); do
    result=$(bench_round "$first_url" "$@") || return 1
    first+=("$result")
    result=$(bench_round "$second_url" "$@") || return 1
    second+=("$result")
    echo "round $round: ${first[-1]} and ${second[-1]} requests/s"
  done
  bench_expect_200 "$second_url" "$@" || return 1
  local first_median second_median
  first_median=$(bench_median "${first[@]}")
  second_median=$(bench_median "${second[@]}")
  echo "first:  $first_median requests/s  $first_url"
  echo "second: $second_median requests/s  $second_url"
  awk -v a="$first_median" -v b="$second_median" 'BEGIN { printf "ratio:  %.2f\n", b / a }'
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  set -euo pipefail
  headers=()
  while getopts 'H:' option; do
    [[ $option == H ]] || exit 2
    headers+=(-H "$OPTARG")
  done
  shift $((OPTIND - 1))
  if (($# != 2)); then
    echo "usage: compare.sh [-H 'Name: value']... FIRST_URL SECOND_URL" >&2
    exit 2
  fi
  bench_compare "$1" "$2" "${headers[@]}"
fi
