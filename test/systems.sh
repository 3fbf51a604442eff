#!/bin/sh
# Plays the end-to-end tests that depend on a system's own sshd, shells, tmux and screen in other Debians, and prints a table of them.
#   test/systems.sh [--binary FILE] [SUITE...]      (default: artifacts/fairlead, in bullseye, bookworm, trixie and sid)
# By hand and before a release: it takes some minutes a system, and is not part of ./test.sh. Runs as root on Debian, with the tests built
# (dotnet build test/Fairlead.EndToEnd -c Release). FILE may be the program for arm64: qemu plays the processor for it.
#
# A system is a tree that debootstrap makes in artifacts/systems, of the archive and with the keyring that this machine's apt has. It stays
# there: remove it to have a newer one. The tests are the very ones of ./test.sh, run inside: with the tree as their root, so that all they start
# is that system's, and .NET and this checkout mounted into it, read-only. Nothing that they do is left in the tree.
set -eu

cd "$(dirname "$0")/.."

trees=$PWD/artifacts/systems
tests=test/Fairlead.EndToEnd/bin/Release/net10.0/Fairlead.EndToEnd.dll
packages=openssh-client,openssh-server,tmux,screen,zsh,fish,git,iproute2,procps,python3

fail() {
  printf 'fairlead: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf 'hint: %s\n' "$2" >&2
  exit 1
}

# What apt gets this machine's own packages from.
archive() {
  # shellcheck disable=SC2016 # the words are apt's
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' | head -n 1
}

make_tree() {
  [ ! -d "$trees/$1" ] || return 0
  command -v debootstrap >/dev/null 2>&1 || DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends -qq debootstrap >&2
  printf 'making %s (a minute or two) ...\n' "$1" >&2
  mkdir -p "$trees"
  rm -rf "$trees/$1.new"
  debootstrap --variant=minbase --include="$packages" "$1" "$trees/$1.new" "$(archive)" >"$trees/$1.log" 2>&1 ||
    fail "no tree of $1" "its messages are in $trees/$1.log"
  mv "$trees/$1.new" "$trees/$1"
}

# Runs in namespaces of its own, as "$0" SUITE BINARY: all of it ends and vanishes with them.
play_inside() {
  dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
  mount -t tmpfs changes /mnt
  mkdir /mnt/upper /mnt/work /mnt/root
  root=/mnt/root
  mount -t overlay -o "lowerdir=$trees/$1,upperdir=/mnt/upper,workdir=/mnt/work" "$1" "$root"
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  for folder in home run tmp; do
    mount -t tmpfs -o mode=755 "$folder" "$root/$folder"
  done
  chmod 1777 "$root/tmp"
  mkdir "$root/run/lock"
  for folder in "$dotnet" "$PWD"; do
    mkdir -p "$root/$folder"
    mount --bind "$folder" "$root/$folder"
    mount -o remount,bind,ro "$root/$folder"
  done
  cp "$2" "$root/run/fairlead"
  # Nobody else on this machine has these ids: its own tests, going on meanwhile, end all processes of a user of theirs.
  sed -i 's/^UID_MIN.*/UID_MIN 30000/; s/^GID_MIN.*/GID_MIN 30000/' "$root/etc/login.defs"
  # The older shells of ReattachTests have other packages in each Debian.
  exec chroot "$root" env -i PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 HOME=/root \
    DOTNET_CLI_TELEMETRY_OPTOUT=1 FAIRLEAD_BINARY=/run/fairlead \
    "$dotnet/dotnet" "$PWD/$tests" --output Detailed \
    --filter-class '*.WholeStoryTests' --filter-class '*.ReattachTests' --filter-class '*.OverlappingLoginsTests' \
    --filter-class '*.OldPaneTests' --filter-class '*.DetachedJobTests' --filter-class '*.SharedSessionTests' \
    --filter-class '*.DetachedSessionTests' \
    --filter-not-method '*So_are_the_older_shells'
}

# e_machine of the ELF header, elf(5).
is_for_arm64() {
  [ "$(od -An -j18 -N2 -tu2 "$1" | tr -d ' ')" -eq 183 ] && [ "$(uname -m)" != aarch64 ]
}

play() {
  set -- unshare --mount --pid --fork --kill-child --propagation private "$0" --inside "$1" "$binary"
  ! is_for_arm64 "$binary" || set -- /usr/bin/python3 test/Fairlead.EndToEnd/Staging/on-arm64.py "$@"
  "$@"
}

# The second word of what each says of its version, without commas and dates.
version() {
  chroot "$@" 2>&1 | sed -n 's/^OpenSSH_\([^ ,]*\).*/\1/p; s/^tmux //p; s/^Screen version \([^ ]*\).*/\1/p'
}

row() {
  tree=$trees/$1
  log=$trees/$1.tests
  play "$1" >"$log" 2>&1 || complete=no
  good=$(sed -n 's/^ *succeeded: *//p' "$log" | tail -n 1)
  bad=$(sed -n 's/^ *failed: *//p' "$log" | tail -n 1)
  if [ -z "$good" ]; then
    result='did not run'
  elif [ "$bad" -eq 0 ]; then
    result="$good passed"
  else
    result="$good passed, $bad failed"
  fi
  printf '| Debian %s (%s) | %s | %s | %s | %s |\n' "$(cat "$tree/etc/debian_version")" "$1" \
    "$(version "$tree" ssh -V)" "$(version "$tree" tmux -V)" "$(version "$tree" screen --version)" "$result"
}

main() {
  binary=$PWD/artifacts/fairlead
  suites=''
  while [ $# -gt 0 ]; do
    case $1 in
      --inside)
        play_inside "$2" "$3"
        ;;
      --binary)
        [ $# -ge 2 ] || fail '--binary needs a file' "$0 --binary artifacts/arm64/fairlead"
        shift
        binary=$(readlink -f "$1")
        ;;
      -*) fail "unknown option '$1'" "sed -n 2,5p $0" ;;
      *) suites="$suites $1" ;;
    esac
    shift
  done
  [ "$(id -u)" -eq 0 ] || fail 'it mounts file systems and makes users, which needs root' "sudo $0"
  [ -f "$binary" ] || fail "there is no $binary" 'publish it first (CONTRIBUTING.md), or name another one with --binary'
  [ -f "$tests" ] || fail 'the tests are not built' 'dotnet build test/Fairlead.EndToEnd -c Release'
  complete=yes
  for suite in ${suites:-bullseye bookworm trixie sid}; do
    make_tree "$suite"
  done
  printf '| system | OpenSSH | tmux | screen | result |\n| --- | --- | --- | --- | --- |\n'
  for suite in ${suites:-bullseye bookworm trixie sid}; do
    row "$suite"
  done
  [ "$complete" = yes ] || {
    grep -h '^failed ' "$trees"/*.tests >&2 || true
    fail 'not everything passed' "$trees/*.tests"
  }
}

main "$@"
