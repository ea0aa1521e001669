#!/bin/sh
# scripts/check_layers finds each kind of fault in a small tree. Environment: SOURCE.
set -u
work=$(mktemp -d "${TMPDIR:-/tmp}/idi-layers-test.XXXXXX")
trap 'rm -rf "$work"' EXIT
failures=0

tree() {
  rm -rf "$work/tree"
  for room in low high; do
    mkdir -p "$work/tree/libs/$room/include/idi/$room" "$work/tree/libs/$room/src" \
      "$work/tree/libs/$room/tests"
    echo "#pragma once" >"$work/tree/libs/$room/include/idi/$room/$room.hpp"
  done
  echo 'idi_add_rooms(libs/low libs/high)' >"$work/tree/CMakeLists.txt"
  echo 'idi_add_library(low SOURCES src/low.cpp)' >"$work/tree/libs/low/CMakeLists.txt"
  echo 'idi_add_library(high SOURCES src/high.cpp DEPENDS low)' >"$work/tree/libs/high/CMakeLists.txt"
  echo '#include "idi/low/low.hpp"' >"$work/tree/libs/low/src/low.cpp"
  echo '#include "idi/low/low.hpp"' >"$work/tree/libs/high/src/high.cpp"
}
check() { # NAME CODE TEXT
  "$SOURCE/scripts/check_layers" --root "$work/tree" >"$work/out" 2>&1
  code=$?
  if [ $code != "$2" ] || ! grep -qF -- "$3" "$work/out"; then
    failures=$((failures + 1))
    echo "FAILED: $1 (exit code $code)"
    cat "$work/out"
  fi
}

tree
check 'a good tree' 0 'high         -> low'
tree
echo '#include "idi/high/high.hpp"' >"$work/tree/libs/low/src/low.cpp"
check 'an upward include' 1 'low is below high'
tree
echo 'idi_add_library(high SOURCES src/high.cpp)' >"$work/tree/libs/high/CMakeLists.txt"
check 'an undeclared include' 1 'does not declare it'
tree
echo 'idi_add_library(low SOURCES src/low.cpp DEPENDS high)' >"$work/tree/libs/low/CMakeLists.txt"
check 'a cycle' 1 'low depends on high, which is not below it'
tree
echo '#include <sqlite3.h>' >>"$work/tree/libs/high/src/high.cpp"
check "another room's library" 1 'sqlite3.h'
tree
echo '#include "../../low/src/secret.hpp"' >>"$work/tree/libs/high/src/high.cpp"
check 'a way around' 1 'leaves high'
tree
echo '#include "idi/nowhere/x.hpp"' >>"$work/tree/libs/high/src/high.cpp"
check 'an unknown room' 1 'no room nowhere'
tree
echo '#include "idi/high/high.hpp"' >"$work/tree/libs/low/tests/low_test.cpp"
echo 'idi_add_test(low_test SOURCES tests/low_test.cpp DEPENDS low high)' >>"$work/tree/libs/low/CMakeLists.txt"
check 'a test that says what it needs' 0 'points down'
tree
mkdir "$work/tree/libs/low/tools"
echo '#include "idi/high/high.hpp"' >"$work/tree/libs/low/tools/measure.cpp"
printf '%s\n' 'add_executable(measure tools/measure.cpp)' \
  'target_link_libraries(measure PRIVATE idi::low idi::high)' >>"$work/tree/libs/low/CMakeLists.txt"
check 'a tool that links what it needs' 0 'low          -> (nothing)'
echo 'target_link_libraries(low PRIVATE idi::high)' >>"$work/tree/libs/low/CMakeLists.txt"
check 'a library that links what is above' 1 'low depends on high, which is not below it'
tree
echo '#include <gtest/gtest.h>' >>"$work/tree/libs/high/src/high.cpp"
check 'a test library in the product' 1 'belongs to tests'

# The architecture page shows the graph as it is.
"$SOURCE/scripts/check_layers" --graph | sed 's/^/  /' >"$work/graph"
sed -n '/^<!-- graph/,/^| room/p' "$SOURCE/docs/architecture.md" | grep '^    ' >"$work/shown"
cmp -s "$work/graph" "$work/shown" || {
  failures=$((failures + 1))
  echo 'FAILED: docs/architecture.md shows another graph; put in the output of scripts/check_layers --graph'
  diff "$work/shown" "$work/graph"
}

[ $failures = 0 ] || exit 1
echo 'layers: every fault is found'
