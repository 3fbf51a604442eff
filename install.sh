#!/bin/sh
# Builds fairlead, installs it for this user, and adds one line to the shell's rc file when you say yes.
#   ./install.sh [--yes] [--prefix DIR]     install (default prefix: ~/.local)
#   ./install.sh --systemd ...              the same, and let your systemd start the daemon for its first client
#   ./install.sh --uninstall [--yes] [--prefix DIR]
set -eu

# Where the person stands: what a relative prefix is relative to.
here=$(pwd)
cd "$(dirname "$0")"

BEGIN='# >>> fairlead >>>'
END='# <<< fairlead <<<'

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
# The shells' rc files
#

rc_line() {
  case $1 in
    fish) printf "if test -x '%s'; '%s' init fish | source; end" "$binary" "$binary" ;;
    tcsh) printf "if ( -x '%s' ) eval \"\`'%s' init tcsh\`\"" "$binary" "$binary" ;;
    nu) printf 'if ("%s" | path exists) { ^"%s" init nu | from nuon | default {} | load-env }' "$binary" "$binary" ;;
    elvish) printf "if (has-external '%s') { eval ('%s' init elvish | slurp) }" "$binary" "$binary" ;;
    xonsh)
      printf "if p'%s'.exists(): execx(__import__('subprocess').run([p'%s', 'init', 'xonsh'], env=\${...}.detype(), capture_output=True, text=True).stdout)" "$binary" "$binary"
      ;;
    pwsh)
      printf "if (Test-Path -LiteralPath '%s') { & '%s' init pwsh | Out-String | Where-Object { \$_ } | Invoke-Expression }" "$binary" "$binary"
      ;;
    *) printf "if [ -x '%s' ]; then eval \"\$('%s' init %s)\"; fi" "$binary" "$binary" "$1" ;;
  esac
}

# One line for each rc file that a login of this person reads: "SHELL FILE".
rc_files() {
  login_shell=$(basename "${SHELL:-sh}")
  if [ "$login_shell" = bash ] || [ -f "$HOME/.bashrc" ]; then
    say "bash $HOME/.bashrc"
    # A login shell reads the first of these, and .bashrc only where they say so.
    for file in "$HOME/.bash_profile" "$HOME/.bash_login" "$HOME/.profile"; do
      if [ -f "$file" ]; then
        grep -q bashrc "$file" || say "bash $file"
        break
      fi
    done
  fi
  if [ "$login_shell" = zsh ] || [ -f "${ZDOTDIR:-$HOME}/.zshrc" ]; then
    say "zsh ${ZDOTDIR:-$HOME}/.zshrc"
  fi
  if [ "$login_shell" = fish ] || [ -d "$configs/fish" ]; then
    say "fish $configs/fish/conf.d/fairlead.fish"
  fi
  case $login_shell in
    sh | dash | ksh* | mksh) say "sh $HOME/.profile" ;;
  esac
  # A ksh that is no login shell, as in a pane of screen, reads another one.
  case $login_shell in
    ksh* | mksh)
      file=$HOME/.${login_shell%93}rc
      [ ! -f "${ENV:-}" ] || file=$ENV
      say "ksh $file"
      ;;
  esac
  # tcsh reads .cshrc only where there is no .tcshrc: a new one would hide it.
  file=$HOME/.tcshrc
  [ -f "$file" ] || [ ! -f "$HOME/.cshrc" ] || file=$HOME/.cshrc
  if [ "$login_shell" = tcsh ] || [ -f "$HOME/.tcshrc" ]; then
    say "tcsh $file"
  fi
  while read -r shell file; do
    if [ "$login_shell" = "$shell" ] || [ -f "$file" ]; then
      say "$shell $file"
    fi
  done <<EOF
nu $configs/nushell/config.nu
elvish $configs/elvish/rc.elv
xonsh $HOME/.xonshrc
pwsh $configs/powershell/Microsoft.PowerShell_profile.ps1
EOF
}

has_block() {
  [ -f "$1" ] && grep -qF "$BEGIN" "$1"
}

# Takes out the marks and the line between them, and nothing else: a person may have written inside the marks or removed one.
# Written through, so that a linked rc file stays a link and keeps its mode.
remove_block() {
  has_block "$1" || return 0
  rest=$(mktemp)
  awk -v begin="$BEGIN" -v end="$END" '
    $0 == begin { inside = 1; next }
    $0 == end { inside = 0; next }
    inside && /fairlead/ { inside = 0; next }
    { print }' "$1" >"$rest"
  cat "$rest" >"$1"
  rm -f "$rest"
  [ -s "$1" ] || case $1 in */conf.d/fairlead.fish) rm -f "$1" ;; esac
}

# First in the file: Debian's .bashrc returns early in shells that are not interactive, and a job that one of them leaves behind needs
# the line as well. What comes later in the file may still choose an agent of its own.
add_block() {
  remove_block "$2"
  mkdir -p "$(dirname "$2")"
  touch "$2"
  rest=$(mktemp)
  cat "$2" >"$rest"
  {
    [ "$1" != pwsh ] || cat "$rest" # 'using' has to come first there
    say "$BEGIN"
    rc_line "$1"
    printf '\n'
    say "$END"
    [ "$1" = pwsh ] || cat "$rest"
  } >"$2"
  rm -f "$rest"
}

for_each_rc_file() {
  rc_files | while read -r shell file; do
    "$1" "$shell" "$file"
  done
}

has_line() {
  has_block "$2" && grep -qxF "$(rc_line "$1")" "$2"
}

show_block() {
  if has_line "$1" "$2"; then
    say "  $2 has it already"
  else
    say "  $2:"
    say "    $(rc_line "$1")"
  fi
}

# Says something when an rc file lacks its line.
tell_missing() {
  has_line "$1" "$2" || say "$2"
}

drop_block() {
  if has_block "$2"; then
    remove_block "$2"
    say "Removed the line from $2."
  fi
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
# systemd's units, only when asked for
#

systemd_runs() {
  command -v systemctl >/dev/null 2>&1 && systemctl --user show-environment >/dev/null 2>&1
}

# The unit at $1 with the paths of this installation. A % begins a specifier there, so it is doubled.
unit() {
  UNIT_SOCKET=$(printf '%s' "$socket" | sed 's/%/%%/g') \
  UNIT_CONTROL=$(printf '%s' "${socket%.sock}.ctl" | sed 's/%/%%/g') \
  UNIT_PROGRAM=$(printf '%s' "$binary" | sed 's/%/%%/g') awk '
    /^ListenStream=.*[.]sock$/ { print "ListenStream=" ENVIRON["UNIT_SOCKET"]; next }
    /^ListenStream=.*[.]ctl$/ { print "ListenStream=" ENVIRON["UNIT_CONTROL"]; next }
    /^ExecStart=/ { print "ExecStart=\"" ENVIRON["UNIT_PROGRAM"] "\" daemon"; next }
    { print }' "$1"
}

install_units() {
  socket=$("$binary" path)
  mkdir -p "$units"
  for name in fairlead.socket fairlead.service; do
    unit "packaging/systemd/$name" >"$units/$name"
  done
  say "Installed fairlead.socket and fairlead.service in $units."
  if ! systemd_runs; then
    say 'No systemd of yours runs here. In a login where one does, type:'
    say "  '$binary' stop; systemctl --user daemon-reload && systemctl --user enable --now fairlead.socket"
  elif systemctl --user --quiet is-active fairlead.socket; then
    systemctl --user daemon-reload
  else
    # Two cannot listen at one path: systemd takes it over from the daemon.
    "$binary" stop >/dev/null || true
    systemctl --user daemon-reload
    systemctl --user --quiet enable --now fairlead.socket || fail 'systemd does not listen' 'systemctl --user status fairlead.socket'
  fi
  say "'loginctl enable-linger' keeps your systemd, and fairlead, between your logins: a session that you leave detached may need it."
}

uninstall_units() {
  [ -e "$units/fairlead.socket" ] || [ -e "$units/fairlead.service" ] || return 0
  if systemd_runs; then
    systemctl --user --quiet disable --now fairlead.socket fairlead.service 2>/dev/null || true
  fi
  rm -f "$units/fairlead.socket" "$units/fairlead.service"
  ! systemd_runs || systemctl --user daemon-reload
  say "Removed fairlead.socket and fairlead.service from $units."
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
  say 'One line in the rc file gives each login its SSH_AUTH_SOCK:'
  for_each_rc_file show_block
  if [ -n "$(for_each_rc_file tell_missing)" ]; then
    if agreed 'Add it?'; then
      for_each_rc_file add_block
      say 'Added.'
    else
      say 'Nothing was added. The lines above are all there is to it.'
    fi
  fi
  say ''
  # A daemon that runs hands its sockets to the new program; one that was started from elsewhere, or is too old to, is stopped.
  "$binary" restart 2>/dev/null || {
    "$binary" stop >/dev/null 2>&1 || true
    "$binary" start
  } || fail 'the daemon did not start' "$binary daemon"
  [ "$with_systemd" = no ] || install_units
  case ":$PATH:" in
    *":$prefix/bin:"*) ;;
    *) say "$prefix/bin is not in your PATH: the rc line does not need it, typing 'fairlead' does." ;;
  esac
  say 'Shells and panes that are open already need nothing once the login that they came from has ended: fairlead then answers at the path they have.'
  say ''
  # No agent at this moment is an answer, too.
  "$binary" status || true
}

uninstall_fairlead() {
  if ! agreed "Remove $binary and the lines in the rc files, and stop the daemon?"; then
    fail 'nothing was removed' './install.sh --uninstall --yes'
  fi
  socket=''
  uninstall_units # first: systemd would start the daemon again
  if [ -x "$binary" ]; then
    socket=$("$binary" path 2>/dev/null || true)
    "$binary" stop >/dev/null || say 'The daemon could not be stopped for that reason. If it runs, it runs on until it is killed.'
  fi
  for_each_rc_file drop_block
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
  with_systemd=no
  prefix=${HOME:?}/.local
  configs=${XDG_CONFIG_HOME:-$HOME/.config}
  units=$configs/systemd/user
  while [ $# -gt 0 ]; do
    case $1 in
      --yes | -y) yes=yes ;;
      --prefix)
        [ $# -ge 2 ] || fail '--prefix needs a folder' './install.sh --prefix ~/.local'
        shift
        prefix=$1
        ;;
      --prefix=*) prefix=${1#--prefix=} ;;
      --systemd) with_systemd=yes ;;
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
    /*) ;;
    *) prefix=$here/$prefix ;;
  esac
  binary=$prefix/bin/fairlead
  share=$prefix/share
  $action
}

main "$@"
