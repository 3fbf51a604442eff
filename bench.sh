#!/bin/sh
# Measures fairlead beside a direct socket and other relays; bench/README.md says what, and how to read the table.
#   ./bench.sh [--quick] [--json] [--only PART]... [--relay NAME='COMMAND with {listen} and {agent}']...
set -eu

cd "$(dirname "$0")"

case $(uname -m) in
  aarch64) runtime=linux-arm64 ;;
  *) runtime=linux-x64 ;;
esac

quietly() {
  log=$(mktemp)
  "$@" >"$log" 2>&1 || {
    cat "$log" >&2
    rm -f "$log"
    exit 1
  }
  rm -f "$log"
}

# A binary from before the last change of a source would measure what is gone.
if [ -z "$(find artifacts/fairlead -prune 2>/dev/null)" ] ||
  [ -n "$(find src -name bin -prune -o -name obj -prune -o -type f -newer artifacts/fairlead -print | head -n 1)" ]; then
  printf 'bench: building artifacts/fairlead ...\n' >&2
  quietly dotnet publish src/Fairlead --configuration Release --runtime "$runtime" -p:FairleadStatic=true --output artifacts
  touch artifacts/fairlead
fi

# The programs in C have no build of their own: one file each.
compile() {
  source=bench/Fairlead.Bench/Staging/$1.c
  binary=artifacts/bench-$1
  shift
  if [ -z "$(find "$binary" -newer "$source" 2>/dev/null)" ]; then
    mkdir -p artifacts
    quietly cc -O2 "$@" -o "$binary" "$source"
  fi
}
compile floor
compile sleepers -static -nostdlib -ffreestanding -fno-stack-protector
quietly dotnet build bench/Fairlead.Bench --configuration Release

exec bench/Fairlead.Bench/bin/Release/net10.0/Fairlead.Bench "$@"
