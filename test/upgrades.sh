#!/bin/sh
# Plays every pair of command and daemon of two versions: of this checkout, and of an older commit. By hand and before a release, as root: it makes users.
#   test/upgrades.sh [COMMIT]    default: the last tag; without one the commit before the daemon's files moved out of the socket's folder
# Needs what ./test.sh has installed. The older program is built once, into artifacts/older.
set -eu

cd "$(dirname "$0")/.."

last_tag=$(git describe --tags --abbrev=0 HEAD^ 2>/dev/null || printf '29b2cf8')
commit=$(git rev-parse --short=12 "${1:-$last_tag}^{commit}")
older=$PWD/artifacts/older/$commit/fairlead

if [ ! -x "$older" ]; then
  sources=$(mktemp -d)
  trap 'rm -rf "$sources"' EXIT
  git archive "$commit" | tar -x -C "$sources"
  printf 'building %s ...\n' "$commit"
  (cd "$sources" && dotnet publish src/Fairlead --configuration Release --runtime linux-x64 -p:FairleadStatic=true --output "$sources/out" --disable-build-servers >"$sources/log" 2>&1) || {
    cat "$sources/log" >&2
    exit 1
  }
  install -D "$sources/out/fairlead" "$older"
fi

if [ -z "${FAIRLEAD_BINARY:-}" ]; then
  dotnet publish src/Fairlead --configuration Release --runtime linux-x64 -p:FairleadStatic=true --output artifacts
  FAIRLEAD_BINARY=$PWD/artifacts/fairlead
fi

dotnet build test/Fairlead.EndToEnd --configuration Release
FAIRLEAD_OLDER_BINARY=$older
export FAIRLEAD_BINARY FAIRLEAD_OLDER_BINARY
printf 'this program: %s\nthe older one: %s (%s)\n' "$("$FAIRLEAD_BINARY" --version)" "$("$older" --version)" "$commit"
dotnet test --project test/Fairlead.EndToEnd --no-build --configuration Release --filter-namespace 'Fairlead.EndToEnd.Upgrades' --explicit only
