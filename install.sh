#!/bin/sh
# Installs fairlead for this user, and lets 'fairlead setup' add one line to the shell's rc file when you say yes.
#   ./install.sh [--yes] [--prefix DIR]     install (default prefix: ~/.local)
#   ./install.sh --binary FILE ...          install that file; else the 'fairlead' beside this script, else one that is built here
#   ./install.sh --systemd ...              the same, and let your systemd start the daemon for its first client
#   ./install.sh --uninstall [--yes] [--prefix DIR]
set -eu

# Where the person stands: what a relative prefix is relative to.
here=$(pwd)
cd "$(dirname "$0")"
# Removed again when this does not come to its end: the new program, and the folder that was made for it.
new=''
made=no

say() {
  printf '%s\n' "$*"
}

fail() {
  printf 'fairlead: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf 'hint: %s\n' "$2" >&2
  exit 1
}

# A path as a person types it, and as 'fairlead setup' prints it in a command.
typed() {
  # shellcheck disable=SC2088 # for a person to read
  case $1 in
    *[!A-Za-z0-9/._+:@%-]*) say "'$1'" ;;
    "$HOME"/*) say "~/${1#"$HOME"/}" ;;
    *) say "$1" ;;
  esac
}

usage() {
  sed -n '2,6s/^# //p' "$0"
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
  say "The build needs the Debian packages$packages."
  agreed "Install them now, with ${root:+$root }apt-get?" || fail 'the build needs them' "${root:+$root }apt-get install$packages"
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
  # The packages are those of the lock files, to the byte; no server of the build stays behind.
  {
    dotnet restore src/Fairlead --locked-mode --disable-build-servers &&
      dotnet publish src/Fairlead --no-restore --configuration Release --runtime "$(runtime_identifier)" \
        -p:FairleadStatic=true --output artifacts --disable-build-servers
  } >"$build_log" 2>&1 || {
    cat "$build_log" >&2
    fail 'the build failed' "its messages are above, and in $build_log"
  }
  rm -f "$build_log"
}

#
# The program
#

# A file's own word for what it runs on (e_machine of elf(5)); of a script nothing.
architecture() {
  case $(od -An -tx1 -N20 "$1" 2>/dev/null | tr -d ' \n') in
    7f454c46????????????????????????????3e00) say x86_64 ;;
    7f454c46????????????????????????????b700) say aarch64 ;;
    7f454c46*) say 'another kind of machine' ;;
  esac
}

# Where the program comes from. Whoever has unpacked an archive needs nothing to build it.
find_source() {
  if [ -n "$source" ]; then
    [ -f "$source" ] || fail "there is no file $source" './install.sh --binary FILE'
  elif [ -f fairlead ]; then
    source=./fairlead
  else
    build
    source=artifacts/fairlead
  fi
  made_for=$(architecture "$source")
  case $made_for in
    '' | "$(uname -m)") ;;
    *) fail "$source is for $made_for, and this machine is $(uname -m)" "take the fairlead for $(uname -m)" ;;
  esac
}

leave_no_trace() {
  rm -f "$new"
  [ "$made" = no ] || rmdir "$prefix/bin" "$prefix" 2>/dev/null || true
}

# In a home of several architectures 'fairlead deploy' has put a few lines at fairlead's place, which begin the right program of those beside them.
is_launcher() {
  grep -q 'fairlead for several architectures' "$1" 2>/dev/null && [ -z "$(architecture "$1")" ]
}

# What this script has not put at fairlead's place it neither replaces nor removes. $1: the hint.
refuse_others() {
  [ ! -L "$binary" ] || fail "$binary is a symbolic link" "$1"
  [ ! -d "$binary" ] || fail "$binary is a folder" "$1"
  [ ! -e "$binary" ] || is_launcher "$binary" || grep -q 'fairlead init' "$binary" 2>/dev/null || fail "$binary is another program" "$1"
}

# Copied beside its place, run there, and only then renamed: what was installed works until the new one is known to. A daemon that runs keeps the file
# that it was started from.
place_binary() {
  refuse_others "mv '$binary' '$binary.old', or ./install.sh --prefix DIR"
  place=$binary
  ! is_launcher "$binary" || place=$binary-linux-$(uname -m)
  [ -d "$prefix/bin" ] || made=yes
  mkdir -p "$prefix/bin" 2>/dev/null || fail "$prefix/bin cannot be made" './install.sh --prefix DIR'
  new=$prefix/bin/.fairlead.$$
  trap leave_no_trace EXIT
  trap 'exit 1' HUP INT TERM
  cp "$source" "$new" 2>/dev/null || fail "there is no room for the program in $prefix/bin, or it may not be written to" "df '$prefix/bin'; ls -ld '$prefix/bin'"
  chmod 755 "$new"
  status=0
  said=$("$new" --version 2>&1) || status=$?
  case $status-$said in
    0-fairlead\ *) ;;
    126-*) fail "programs in $prefix/bin may not be run (is it mounted noexec?)" './install.sh --prefix DIR, on another file system' ;;
    *) fail "$source does not run here: ${said:-it ended with status $status}" './install.sh --binary FILE, with another one' ;;
  esac
  mv -f "$new" "$place"
  made=no
  say "Installed $said as $(typed "$place")."
}

# Up to 0.1 this script copied the manual and the completions. 'fairlead setup' has them now, but knows only what is in ~/.local/share.
remove_former_files() {
  case $prefix in
    "$HOME"/*) ;;
    *) return 0 ;; # there they are a package's
  esac
  for file in "$share"/man/man1/fairlead.1 "$share"/man/man1/fairlead-*.1 "$share"/man/man5/fairlead.toml.5 \
    "$share/bash-completion/completions/fairlead" "$share/zsh/site-functions/_fairlead" "$share/fish/vendor_completions.d/fairlead.fish"; do
    if ! grep -q "made by 'fairlead setup'" "$file" 2>/dev/null && grep -q -e '^[.]Dt FAIRLEAD' -e 'completion for fairlead, made from' "$file" 2>/dev/null; then
      rm -f "$file"
    fi
  done
  for folder in man/man1 man/man5 man bash-completion/completions bash-completion zsh/site-functions zsh fish/vendor_completions.d fish; do
    rmdir "$share/$folder" 2>/dev/null || true
  done
}

#
# What the person asked for
#

install_fairlead() {
  find_source
  place_binary
  remove_former_files
  say ''
  # It has said why. A daemon that runs hands over at the next command.
  "$binary" setup "$@" || {
    typed=$(typed "$binary")
    say "The program is at $typed. To set it up: $typed setup. To remove it: rm $typed"
    exit 1
  }
  say ''
  # A daemon that runs hands its sockets to the new program; one that was started from elsewhere, or is too old to, is stopped.
  "$binary" restart 2>/dev/null || {
    "$binary" stop >/dev/null 2>&1 || true
    "$binary" start
  } || fail 'the daemon did not start' "$binary daemon"
  say "Log in again with 'ssh -A' to use it. Open panes can stay open: when the login they came from ends, fairlead answers at their old socket."
  say ''
  # No agent at this moment is an answer, too.
  "$binary" status || true
}

# What 'fairlead setup --undo' would do, without the notes that only it needs: here the program goes as well, and the question comes below.
show_plan() {
  if [ -x "$binary" ]; then
    "$binary" setup --undo --check 2>/dev/null | sed -e '/^The program itself is kept/d' -e '/^To apply these changes/d' -e '/^There is nothing to undo/d'
  fi
  say 'Will remove the program, with all that belongs to it:'
  say "  $binary"
}

# An installation that is broken, or older than 'setup', can undo nothing.
undo_setup() {
  if [ -x "$binary" ] && "$binary" setup --undo --yes >/dev/null; then
    return
  fi
  say "'$(typed "$binary") setup --undo' did not finish. What may be left:"
  say "  in the rc files of your shells, the lines between '# >>> fairlead >>>' and '# <<< fairlead <<<'"
  say "  in ${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user, fairlead.socket and fairlead.service"
}

uninstall_fairlead() {
  refuse_others './install.sh --uninstall --prefix DIR'
  show_plan
  if ! agreed 'Apply these changes?'; then
    fail 'nothing was removed' './install.sh --uninstall --yes'
  fi
  socket=''
  state=''
  stopped=yes
  undo_setup # first: systemd would start the daemon again
  if [ -x "$binary" ]; then
    socket=$("$binary" path 2>/dev/null || true)
    state=$("$binary" path --json 2>/dev/null | sed -n 's|.*"control":"\([^"\\]*\)/ctl".*|\1|p')
    "$binary" stop >/dev/null || {
      socket=''
      state=''
      stopped=no
    }
  fi
  # With what 'fairlead deploy' has put beside it: the former program, and those for each architecture.
  for file in "$binary" "$binary-linux-x86_64" "$binary-linux-aarch64"; do
    rm -f "$file" "$file.before"
  done
  remove_former_files
  if [ -n "$socket" ]; then
    rm -f "$socket" "${socket%.sock}.moved"
    rmdir "$(dirname "$socket")" 2>/dev/null || true
  fi
  if [ -n "$state" ]; then
    for file in ctl lock agent log healed moved links; do
      rm -f "$state/$file"
    done
    rmdir "$state" "$(dirname "$state")" 2>/dev/null || true
  fi
  say "Removed fairlead from $(typed "$prefix/bin")."
  [ "$stopped" = yes ] || fail 'the daemon was not stopped for the reason above, so its files were kept' 'kill -KILL PID, if it runs'
}

main() {
  yes=no
  action=install_fairlead
  prefix=${HOME:?}/.local
  with_systemd=''
  source=''
  while [ $# -gt 0 ]; do
    case $1 in
      --yes | -y) yes=yes ;;
      --prefix)
        [ $# -ge 2 ] || fail '--prefix needs a folder' './install.sh --prefix ~/.local'
        shift
        prefix=$1
        ;;
      --binary)
        [ $# -ge 2 ] || fail '--binary needs a file' './install.sh --binary ./fairlead'
        shift
        source=$1
        ;;
      --binary=*) source=${1#--binary=} ;;
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
  case $source in
    '' | /*) ;;
    *) source=$here/$source ;;
  esac
  binary=$prefix/bin/fairlead
  share=$prefix/share
  set --
  [ "$yes" = no ] || set -- --yes
  [ -z "$with_systemd" ] || set -- "$@" "$with_systemd"
  "$action" "$@"
}

main "$@"
