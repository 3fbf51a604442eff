#!/bin/sh
# Builds fairlead, installs it for this user, and lets 'fairlead setup' add one line to the shell's rc file when you say yes.
#   ./install.sh [--yes] [--prefix DIR]     install (default prefix: ~/.local)
#   ./install.sh --systemd ...              the same, and let your systemd start the daemon for its first client
#   ./install.sh --uninstall [--yes] [--prefix DIR]
set -eu

# Where the person stands: what a relative prefix is relative to.
here=$(pwd)
cd "$(dirname "$0")"

say() {
  printf '%s\n' "$*"
}

fail() {
  printf 'fairlead: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf 'hint: %s\n' "$2" >&2
  exit 1
}

usage() {
  sed -n '2,5s/^# //p' "$0"
}

# Asks on the terminal; --yes answers for the person, and nobody there means no.
agreed() {
  [ "$yes" = no ] || return 0
  [ -t 0 ] || return 1
  printf '%s [y/N] ' "$1"
  read -r answer || return 1
  case $answer in
    [Yy] | [Yy][Ee][Ss]) return 0 ;;
    *) return 1 ;;
  esac
}

#
# Building
#

runtime_identifier() {
  case $(uname -m) in
    x86_64) say linux-x64 ;;
    aarch64) say linux-arm64 ;;
    *) fail "there is no build for $(uname -m)" "fairlead is built for x86_64 and aarch64" ;;
  esac
}

# A native build links with gcc's parts and with lld.
missing_packages() {
  command -v cc >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1 || command -v clang >/dev/null 2>&1 || printf ' gcc'
  [ -n "$(find /usr/lib -name crt1.o -print -quit 2>/dev/null)" ] || printf ' libc6-dev'
  command -v ld.lld >/dev/null 2>&1 || printf ' lld'
}

install_packages() {
  packages=$(missing_packages)
  [ -n "$packages" ] || return 0
  command -v apt-get >/dev/null 2>&1 || fail "the build needs:$packages" "install them with this system's package manager"
  if [ "$(id -u)" -eq 0 ]; then
    root=''
  elif command -v sudo >/dev/null 2>&1; then
    root=sudo
  else
    fail "installing$packages needs root, and there is no sudo here" "ask an administrator for: apt-get install$packages"
  fi
  say "The build needs the Debian packages$packages. They are installed now, with apt-get."
  # The lists of a fresh machine are empty.
  # shellcheck disable=SC2086 # one word for each package
  $root apt-get install --yes --no-install-recommends $packages >/dev/null 2>&1 || {
    $root apt-get update -qq
    $root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $packages
  }
}

build() {
  command -v dotnet >/dev/null 2>&1 || fail 'the .NET 10 SDK is not installed' 'https://dotnet.microsoft.com/download'
  case $(dotnet --version 2>/dev/null || say none) in
    1[0-9].*) ;;
    *) fail 'the .NET SDK here is older than 10' 'https://dotnet.microsoft.com/download' ;;
  esac
  install_packages
  say 'Building fairlead (a minute or two) ...'
  build_log=$(mktemp)
  dotnet publish src/Fairlead --configuration Release --runtime "$(runtime_identifier)" \
    -p:FairleadStatic=true --output artifacts >"$build_log" 2>&1 || {
    cat "$build_log" >&2
    fail 'the build failed' "its messages are above, and in $build_log"
  }
  rm -f "$build_log"
}

#
# Manual pages and completions, where man and the shells look by themselves
#

# The words that each shell's completion file is installed as.
completion_files() {
  say "bash bash-completion/completions/fairlead"
  say "zsh zsh/site-functions/_fairlead"
  say "fish fish/vendor_completions.d/fairlead.fish"
}

install_shared() {
  for page in packaging/man/*.[15]; do
    mkdir -p "$share/man/man${page##*.}"
    cp "$page" "$share/man/man${page##*.}/"
  done
  completion_files | while read -r shell file; do
    mkdir -p "$(dirname "$share/$file")"
    "$binary" completions "$shell" >"$share/$file"
  done
  say "Installed the manual (man fairlead) and the completions for bash, zsh and fish in $share."
}

# The folders are everybody's: those that are empty go, too, as far as they are.
uninstall_shared() {
  rm -f "$share/man/man1/fairlead.1" "$share/man/man1"/fairlead-*.1 "$share/man/man5/fairlead.toml.5"
  completion_files | while read -r _ file; do
    rm -f "$share/$file"
  done
  for folder in man/man1 man/man5 man bash-completion/completions bash-completion zsh/site-functions zsh fish/vendor_completions.d fish; do
    rmdir "$share/$folder" 2>/dev/null || true
  done
}

#
# What the person asked for
#

install_fairlead() {
  build
  mkdir -p "$prefix/bin"
  # Renamed into place: a daemon that runs keeps the file it was started from.
  cp artifacts/fairlead "$binary.new"
  chmod 755 "$binary.new"
  mv -f "$binary.new" "$binary"
  say "Installed $binary."
  install_shared
  say ''
  complete=yes
  "$binary" setup "$@" || complete=no # it has said why, and fairlead is of use without it
  say ''
  # A daemon that runs hands its sockets to the new program; one that was started from elsewhere, or is too old to, is stopped.
  "$binary" restart 2>/dev/null || {
    "$binary" stop >/dev/null 2>&1 || true
    "$binary" start
  } || fail 'the daemon did not start' "$binary daemon"
  case ":$PATH:" in
    *":$prefix/bin:"*) ;;
    *) say "$prefix/bin is not in your PATH: the rc line does not need it, typing 'fairlead' does." ;;
  esac
  say 'Shells and panes that are open already need nothing once the login that they came from has ended: fairlead then answers at the path they have.'
  say ''
  # No agent at this moment is an answer, too.
  "$binary" status || true
  [ "$complete" = yes ]
}

# An installation that is broken, or older than 'setup', can undo nothing.
undo_setup() {
  if [ -x "$binary" ] && "$binary" setup --undo --yes; then
    return
  fi
  say "'$binary setup --undo' has not done its work. What may be left of it:"
  say "  in the rc files of your shells, what stands between '# >>> fairlead >>>' and '# <<< fairlead <<<'"
  say "  in ${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user, fairlead.socket and fairlead.service"
}

uninstall_fairlead() {
  if ! agreed "Remove $binary, the lines in the rc files and what else 'fairlead setup' has made, and stop the daemon?"; then
    fail 'nothing was removed' './install.sh --uninstall --yes'
  fi
  socket=''
  undo_setup # first: systemd would start the daemon again
  if [ -x "$binary" ]; then
    socket=$("$binary" path 2>/dev/null || true)
    "$binary" stop >/dev/null || say 'The daemon could not be stopped for that reason. If it runs, it runs on until it is killed.'
  fi
  rm -f "$binary"
  uninstall_shared
  if [ -n "$socket" ]; then
    rm -f "$socket" "${socket%.sock}.ctl" "${socket%.sock}.lock" "${socket%.sock}.log" "${socket%.sock}.healed" "${socket%.sock}.moved"
    rmdir "$(dirname "$socket")" 2>/dev/null || true
  fi
  say "Removed $binary."
}

main() {
  yes=no
  action=install_fairlead
  prefix=${HOME:?}/.local
  with_systemd=''
  while [ $# -gt 0 ]; do
    case $1 in
      --yes | -y) yes=yes ;;
      --prefix)
        [ $# -ge 2 ] || fail '--prefix needs a folder' './install.sh --prefix ~/.local'
        shift
        prefix=$1
        ;;
      --prefix=*) prefix=${1#--prefix=} ;;
      --systemd) with_systemd=--systemd ;;
      --uninstall) action=uninstall_fairlead ;;
      --help | -h)
        usage
        exit 0
        ;;
      *) fail "unknown option '$1'" './install.sh --help' ;;
    esac
    shift
  done
  case $prefix in
    '') fail '--prefix needs a folder' './install.sh --prefix ~/.local' ;; # of a variable that is not set
    /*) ;;
    *) prefix=$here/$prefix ;;
  esac
  binary=$prefix/bin/fairlead
  share=$prefix/share
  set --
  [ "$yes" = no ] || set -- --yes
  [ -z "$with_systemd" ] || set -- "$@" "$with_systemd"
  "$action" "$@"
}

main "$@"
