#!/usr/bin/env bash
# Fails when a built program needs a shared library that none of the packages in the image brings:
# then it would not even start there. Usage: scripts/check_runtime_packages.sh BUILD_DIR
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

build_dir=$1
# These are in every Debian, so no list has to name them.
always_there=(libc6 libstdc++6 libgcc-s1)
mapfile -t listed < <(scripts/install_packages.sh --list runtime)

status=0
for program in polar-flow-server polar-accesslink-simulator; do
  mapfile -t libraries < <(readelf -d "$build_dir/$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
  if [ ${#libraries[@]} -eq 0 ]; then
    echo "check_runtime_packages.sh: $program names no library at all" >&2
    status=1
  fi
  for library in "${libraries[@]}"; do
    package=$(dpkg-query -S "*/$library" 2>/dev/null | sed -n '1s/[:,].*//p')
    if [[ " ${listed[*]} ${always_there[*]} " != *" ${package:-unknown} "* ]]; then
      echo "check_runtime_packages.sh: $program needs $library of ${package:-no package}," \
        "which the group runtime of install_packages.sh lacks" >&2
      status=1
    fi
  done
done
exit "$status"
