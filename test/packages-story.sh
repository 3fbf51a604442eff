#!/bin/sh
# What test/packages.sh plays in its Debian, as root there: al gets fairlead from the .deb, bo from the .tar.gz.
set -eu

export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root
unset SSH_AUTH_SOCK

fail() {
  printf 'fairlead: %s\n' "$1" >&2
  exit 1
}

step() {
  printf '== %s\n' "$*"
}

# Until the process has ended, half a minute at most.
gone() {
  timeout 30 tail --pid="$1" -f /dev/null || fail "process $1 has not ended"
}

milliseconds() {
  printf '%s\n' $(($(date +%s%N) / 1000000))
}

start_sshd() {
  ip link set lo up
  mkdir -p /run/sshd /root/.ssh
  ssh-keygen -q -t ed25519 -N '' -C the-key -f /root/.ssh/id_ed25519
  printf 'Host *\nStrictHostKeyChecking no\nUserKnownHostsFile /dev/null\nLogLevel ERROR\nForwardAgent yes\n' >/root/.ssh/config
  /usr/sbin/sshd
  eval "$(ssh-agent)" >/dev/null
  ssh-add -q
}

add_person() {
  useradd --create-home --shell /bin/bash --password '*' "$1"
  install -d -m 700 -o "$1" -g "$1" "/home/$1/.ssh"
  install -m 600 -o "$1" -g "$1" /root/.ssh/id_ed25519.pub "/home/$1/.ssh/authorized_keys"
}

# A command in a login shell of a person who comes with 'ssh -A': what it says, and its exit code.
login() {
  person=$1
  shift
  code=0
  ssh -tt -q "$person@127.0.0.1" bash -lic "'$*'" </dev/null >/root/said || code=$?
  tr -d '\r' </root/said
  return "$code"
}

# A pane is made in one login, and asked for keys in the next.
play() {
  login "$1" 'tmux has-session -t work 2>/dev/null || tmux new-session -d -s work' >/dev/null
  asked=$(login "$1" 'tmux send-keys -t work "ssh-add -l >~/keys 2>&1; tmux wait-for -S asked" Enter; tmux wait-for asked; cat ~/keys')
  case $asked in
    *the-key*) ;;
    *) fail "an old pane of $1's has no key: $asked" ;;
  esac
}

daemon_of() {
  pgrep -u "$1" -f 'fairlead daemon' || true
}

inode_of() {
  stat --format=%i "/home/$1/.ssh/fairlead/"*.sock
}

#
# al, from the .deb
#

try_deb() {
  step 'dpkg --install, and a person sets it up'
  cp -p /home/al/.bashrc /root/bashrc-before
  dpkg --install /release/first.deb >/dev/null
  [ -z "$(daemon_of al)" ] || fail 'a daemon runs before anybody has asked for one'
  login al 'SHELL=/bin/bash fairlead setup --yes' >/root/setup
  grep -q "/usr/bin/fairlead' init bash" /home/al/.bashrc || fail "no line in the rc file: $(cat /root/setup)"
  play al

  step 'an upgrade below the daemon: it hands over at the next command'
  old=$(daemon_of al)
  inode=$(inode_of al)
  dpkg --install /release/next.deb >/dev/null
  [ "$(daemon_of al)" = "$old" ] || fail 'the upgrade itself has touched the daemon'
  login al 'fairlead status' >/dev/null
  gone "$old"
  [ "$(readlink "/proc/$(daemon_of al)/exe")" = /usr/bin/fairlead ] || fail 'the daemon is not of the new file'
  [ "$(inode_of al)" = "$inode" ] || fail 'the socket is another one'
  play al

  step 'dpkg --remove below the daemon: logins stay quiet, panes keep their keys'
  dpkg --remove fairlead >/dev/null
  [ -z "$(login al true)" ] || fail 'a login says something'
  play al

  step 'undone, purged: nothing is left'
  dpkg --install /release/next.deb >/dev/null
  login al 'fairlead setup --undo --yes; tmux kill-server' >/dev/null
  [ -z "$(daemon_of al)" ] || fail 'the daemon goes on'
  dpkg --purge fairlead >/dev/null
  cmp /root/bashrc-before /home/al/.bashrc
  left=$(find / -xdev -path /proc -prune -o -path /release -prune -o -name '*fairlead*' -print)
  [ -z "$left" ] || fail "left behind: $left"
}

#
# bo, from the .tar.gz
#

try_tar() {
  step 'tar xf, ./install.sh --yes'
  before=$(du --summarize --block-size=1 /home/bo | cut -f1)
  began=$(milliseconds)
  login bo "tar xf /release/fairlead-*-linux-x86_64.tar.gz && SHELL=/bin/bash ./fairlead-*/install.sh --yes" >/root/install || {
    cat /root/install
    fail 'install.sh failed'
  }
  ended=$(milliseconds)
  after=$(du --summarize --block-size=1 /home/bo | cut -f1)
  play bo
  printf 'two commands: %s ms, and %s bytes in the home with the unpacked archive\n' $((ended - began)) $((after - before))
}

start_sshd
add_person al
add_person bo
try_deb
try_tar
