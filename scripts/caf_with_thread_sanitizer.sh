#!/usr/bin/env bash
# Builds CAF from Debian's source package with ThreadSanitizer into build/caf-tsan, because a race
# detector is blind inside Debian's uninstrumented library and then reports false races around it.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

prefix=$PWD/build/caf-tsan
[ ! -e "$prefix/lib/libcaf_core.so" ] || exit 0

work=$prefix/source
mkdir -p "$work/lists/partial"
cd "$work"
if [ ! -e actor-framework_0.17.6.orig.tar.gz ]; then
  echo "deb-src http://deb.debian.org/debian bookworm main" >sources.list
  apt_options=(-o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=-
    -o "Dir::State::lists=$work/lists")
  apt-get "${apt_options[@]}" update -qq
  # Only the original tarball is needed; Debian's own patches concern other architectures.
  apt-get "${apt_options[@]}" source -qq --download-only actor-framework || true
fi
tar xf actor-framework_0.17.6.orig.tar.gz
source_dir=$work/actor-framework-0.17.6
# GCC 12 no longer includes <limits> by accident.
sed -i '0,/#include/s//#include <limits>\n#include/' \
  "$source_dir/libcaf_io/caf/io/network/receive_buffer.hpp"
cmake -S "$source_dir" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo \
  -DCMAKE_CXX_FLAGS="-fsanitize=thread -w" -DCMAKE_INSTALL_PREFIX="$prefix" \
  -DCAF_NO_EXAMPLES=yes -DCAF_NO_UNIT_TESTS=yes -DCAF_NO_TOOLS=yes -DCAF_NO_OPENSSL=yes \
  -DCAF_NO_OPENCL=yes -DCAF_NO_PYTHON=yes >"$work/configure.log"
NINJA_STATUS="[caf %f/%t] " ninja -C "$work/build" install >"$work/build.log"
