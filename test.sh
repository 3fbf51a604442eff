#!/bin/sh
# Everything that must hold, fastest first: scripts, format, build, unit tests, the native binary and its packages, end to end.
# Runs as root on Debian: the end-to-end tests make users and start sshd on loopback. Installs what it needs.
set -eu

cd "$(dirname "$0")"

passed=0
failed=0

step() {
  printf '\n== %s\n' "$*"
}

install_packages() {
  wanted=$(cat test/packages.txt)
  missing=''
  for package in $wanted; do
    dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  step "installing$missing"
  apt-get update -qq
  # shellcheck disable=SC2086 # one word for each package
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends -qq $missing >/dev/null
}

# Runs a command that runs tests, and adds its figures to the sum. A skipped test counts as failed: whatever it waits for has to be there.
run_tests() {
  output=$(mktemp)
  status=0
  "$@" >"$output" 2>&1 || status=$?
  cat "$output"
  good=$(sed -n 's/^ *succeeded: *//p' "$output" | tail -n 1)
  bad=$(sed -n 's/^ *failed: *//p' "$output" | tail -n 1)
  skipped=$(sed -n 's/^ *skipped: *//p' "$output" | tail -n 1)
  rm -f "$output"
  passed=$((passed + ${good:-0}))
  failed=$((failed + ${bad:-0} + ${skipped:-0}))
  if [ "$status" -ne 0 ] && [ "${bad:-0}" -eq 0 ]; then
    failed=$((failed + 1))
  fi
}

[ "$(id -u)" -eq 0 ] || {
  printf 'fairlead: the tests make users and start sshd, which needs root\nhint: sudo ./test.sh\n' >&2
  exit 2
}

install_packages

step 'scripts'
shellcheck -x bench.sh install.sh release.sh test.sh docs/pictures/make packaging/deploy/deploy packaging/*.sh packaging/*/*.sh test/*.sh

step 'build'
dotnet restore --locked-mode
dotnet build --no-restore --configuration Release

step 'format'
dotnet format --no-restore --verify-no-changes

step 'unit tests'
run_tests dotnet test --project test/Fairlead.Tests --no-build --configuration Release

step 'native binary'
dotnet publish src/Fairlead --configuration Release --runtime linux-x64 -p:FairleadStatic=true --output artifacts

step 'packages of that binary'
# What packages show of the project's address needs one.
RepositoryUrl=https://example.org/fairlead ./release.sh --dirty --binary artifacts/fairlead --output artifacts/test-release

FAIRLEAD_BINARY="$PWD/artifacts/fairlead"
FAIRLEAD_CHAOS_SEED=${FAIRLEAD_CHAOS_SEED:-$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}
export FAIRLEAD_BINARY FAIRLEAD_CHAOS_SEED
step "end to end, with chaos of seed $FAIRLEAD_CHAOS_SEED"
# A test that is not run would count as skipped. In the background of a script, SIGINT would be ignored in all that the tests start.
run_tests env --default-signal=INT dotnet test --project test/Fairlead.EndToEnd --no-build --configuration Release --filter-not-trait 'When=by hand'

step 'native binary for arm64'
dotnet publish src/Fairlead --configuration Release --runtime linux-arm64 -p:FairleadStatic=true --output artifacts/arm64

step 'the whole story on arm64'
FAIRLEAD_BINARY="$PWD/artifacts/arm64/fairlead"
run_tests /usr/bin/python3 test/Fairlead.EndToEnd/Staging/on-arm64.py \
  dotnet test/Fairlead.EndToEnd/bin/Release/net10.0/Fairlead.EndToEnd.dll --filter-class '*.WholeStoryTests'

printf '\n%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
