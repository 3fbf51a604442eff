#!/bin/sh
# Makes everything of a release in artifacts/release: for x86-64 and arm64 a tar.gz, a .deb and an .rpm, and for all of them a bill of
# materials and SHA256SUMS. The same commit gives the same bytes, in whatever folder. On Debian 12 or later, with the .NET 10 SDK.
#   ./release.sh [--version V] [--dirty]     V: another version than the last tag says; --dirty: also with changes that no commit has
#   ./release.sh --binary FILE ...           from binaries that are built already; only for their architectures
#   ./release.sh --output DIR                elsewhere than in artifacts/release
set -eu

# Where the person stands: what a relative path is relative to.
here=$(pwd)
cd "$(dirname "$0")"

. packaging/release/build.sh
. packaging/release/contents.sh
. packaging/release/archives.sh

say() {
  printf '%s\n' "$*" >&2
}

fail() {
  printf 'fairlead: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf 'hint: %s\n' "$2" >&2
  exit 1
}

usage() {
  sed -n '2,6s/^# //p' "$0"
}

absolute() {
  case $1 in
    /*) printf '%s\n' "$1" ;;
    *) printf '%s/%s\n' "$here" "$1" ;;
  esac
}

#
# What must be there before anything is built
#

# Each with a file that shows that it is there: on a machine without a network all of them may be.
needed_packages() {
  while read -r package file; do
    [ -e "$file" ] || printf ' %s' "$package"
  done <<-END
	dpkg-dev /usr/bin/dpkg-architecture
	lintian /usr/bin/lintian
	python3 /usr/bin/python3
	rpm /usr/bin/rpmbuild
	rpmlint /usr/bin/rpmlint
	END
  [ "$builds" = yes ] || return 0
  while read -r package file; do
    [ -e "$file" ] || printf ' %s' "$package"
  done <<-END
	clang /usr/bin/clang
	lld /usr/bin/ld.lld
	gcc /usr/bin/gcc
	libc6-dev /usr/lib/x86_64-linux-gnu/libc.a
	gcc-aarch64-linux-gnu /usr/bin/aarch64-linux-gnu-gcc
	libc6-dev-arm64-cross /usr/aarch64-linux-gnu/lib/libc.a
	END
}

install_packages() {
  packages=$(needed_packages)
  [ -n "$packages" ] || return 0
  command -v apt-get >/dev/null 2>&1 || fail "a release needs:$packages" 'these are names of Debian packages'
  [ "$(id -u)" -eq 0 ] || fail "a release needs:$packages" "sudo apt-get install$packages"
  say "Installing$packages ..."
  # shellcheck disable=SC2086 # one word for each package
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends -qq $packages >/dev/null 2>&1 || {
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends -qq $packages >/dev/null
  }
}

# What is replaced is a release, or nothing.
check_output() {
  [ -e "$output" ] || return 0
  for file in "$output"/* "$output"/.[!.]*; do
    case ${file##*/} in
      '*' | '.[!.]*' | SHA256SUMS | fairlead?*) ;;
      *) fail "$output holds something else than a release: ${file##*/}" './release.sh --output DIR' ;;
    esac
  done
}

check_sources() {
  [ -e .git ] || fail 'a release is made in a clone: the commit tells its version and its date'
  [ "$allows_changes" = yes ] || [ -z "$(git status --porcelain)" ] ||
    fail 'there are changes that no commit has' "git status; or ./release.sh --dirty, for a release of nobody's"
  SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
  export SOURCE_DATE_EPOCH
}

#
# The release
#

# One architecture: the tree that all of its packages hold, then the packages.
package() {
  say "Packaging for $1 ..."
  make_tar "$1"
  make_deb "$1"
  make_rpm "$1"
}

main() {
  allows_changes=no
  builds=yes
  version=''
  output=$PWD/artifacts/release
  binaries=''
  while [ $# -gt 0 ]; do
    case $1 in
      --version | --binary | --output) [ $# -ge 2 ] || fail "$1 needs a value" './release.sh --help' ;;
    esac
    case $1 in
      --version)
        version=${2#v}
        shift
        ;;
      --binary)
        [ -x "$(absolute "$2")" ] || fail "$2 is no program"
        binaries="$binaries $(absolute "$2")"
        builds=no
        shift
        ;;
      --output)
        output=$(absolute "${2%/}")
        shift
        ;;
      --dirty) allows_changes=yes ;;
      --help | -h)
        usage
        exit 0
        ;;
      *) fail "unknown option '$1'" './release.sh --help' ;;
    esac
    shift
  done

  command -v dotnet >/dev/null 2>&1 || fail 'the .NET 10 SDK is not installed' 'https://dotnet.microsoft.com/download'
  umask 022
  export LC_ALL=C TZ=UTC
  [ "$(uname -m)" = x86_64 ] || fail "a release is made on an x86-64 machine, and this one is $(uname -m)"
  check_output
  check_sources
  install_packages
  read_version

  # All of it or nothing: the folder takes its place when everything in it is made. One that was there goes last.
  mkdir -p "$(dirname "$output")"
  work=$(mktemp -d "$output.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  trap 'exit 1' HUP INT TERM
  new=$work/release
  mkdir "$new" "$work/binary"
  if [ "$builds" = yes ]; then
    restore
    build x86_64
    build aarch64
  else
    take_binaries
  fi
  check_binary
  write_materials
  write_completions
  for binary in "$work"/binary/*; do
    package "${binary##*/}"
  done
  lint_packages
  (cd "$new" && sha256sum -- fairlead* >SHA256SUMS)
  [ ! -e "$output" ] || mv "$output" "$work/before"
  mv "$new" "$output"
  say "fairlead $version ($commit), in $output:"
  cat "$output/SHA256SUMS"
}

main "$@"
