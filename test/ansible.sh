#!/bin/sh
# Plays the Ansible role against a host of its own: an sshd on loopback, and a person there without any rights.
#   test/ansible.sh [FILE]      (the program: artifacts/fairlead)
# By hand and before a release. Runs as root on Debian, and installs ansible-core and ansible-lint. All that it makes is removed again.
set -eu

cd "$(dirname "$0")/.."

program=$(readlink -f "${1:-artifacts/fairlead}")
role=$PWD/packaging/ansible/roles/fairlead
person=flan$$
work=$(mktemp -d)
server=''
passed=0
failed=0

fail() {
  printf 'fairlead: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf 'hint: %s\n' "$2" >&2
  exit 1
}

clean_up() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  pkill -KILL -u "$person" 2>/dev/null || true
  userdel --force "$person" 2>/dev/null || true
  rm -rf "/home/${person:?}" "$work"
}

check() {
  if [ "$2" = "$3" ]; then
    passed=$((passed + 1))
    printf 'passed  %s\n' "$1"
  else
    failed=$((failed + 1))
    printf "failed  %s: '%s' was expected, '%s' came\n" "$1" "$2" "$3"
  fi
}

install_packages() {
  for package in ansible-core ansible-lint openssh-server; do
    dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
      DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends -qq "$package" >/dev/null
  done
}

start_host() {
  chmod 711 "$work" # sshd reads the list of keys as the person
  useradd -m -s /bin/bash -p '*' "$person"
  mkdir -p /run/sshd
  ssh-keygen -q -t ed25519 -N '' -f "$work/host"
  ssh-keygen -q -t ed25519 -N '' -f "$work/key"
  # Until a port is free.
  for port in $(shuf -i 20000-40000 -n 20); do
    {
      printf 'ListenAddress 127.0.0.1\nPort %s\nHostKey %s/host\nAuthorizedKeysFile %s/key.pub\nAllowUsers %s\n' "$port" "$work" "$work" "$person"
      printf 'PidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nSubsystem sftp internal-sftp\n'
    } >"$work/sshd_config"
    /usr/sbin/sshd -D -e -f "$work/sshd_config" 2>"$work/sshd.log" &
    server=$!
    while kill -0 "$server" 2>/dev/null; do
      ! grep -q 'Server listening' "$work/sshd.log" || break 2
    done
  done
  printf '[127.0.0.1]:%s %s\n' "$port" "$(cat "$work/host.pub")" >"$work/known_hosts"
  cat >"$work/inventory" <<-END
	host ansible_host=127.0.0.1 ansible_port=$port ansible_user=$person ansible_ssh_private_key_file=$work/key ansible_python_interpreter=/usr/bin/python3
	[all:vars]
	ansible_ssh_common_args='-F none -o IdentitiesOnly=yes -o UserKnownHostsFile=$work/known_hosts -o ControlPath=none'
	END
  mkdir "$work/programs"
  cp "$program" "$work/programs/fairlead-linux-$(uname -m)"
  cat >"$work/play.yml" <<-END
	---
	- name: Play the role
	  hosts: all
	  gather_facts: false
	  roles:
	    - role: fairlead
	      vars:
	        fairlead_programs: "$work/programs"
	END
}

# Prints how many tasks have changed something, or what went wrong.
play() {
  env -u SSH_AUTH_SOCK HOME="$work" LC_ALL=C.UTF-8 ANSIBLE_ROLES_PATH="${role%/*}" ANSIBLE_NOCOLOR=1 ANSIBLE_RETRY_FILES_ENABLED=0 \
    ansible-playbook -i "$work/inventory" "$work/play.yml" --diff "$@" >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    printf 'failed\n'
    return
  }
  sed -n 's/^host .*changed=\([0-9]*\).*/\1/p' "$work/log"
}

# What is in the home, but for what Ansible and bash keep there.
home() {
  (cd "/home/$person" && find . -path ./.ansible -prune -o -name '.bash_history' -o -type f -exec sha256sum {} + -o -printf '%y %p\n') | sort
}

as_person() {
  setpriv --reuid="$person" --regid="$person" --init-groups env -i HOME="/home/$person" USER="$person" PATH=/usr/bin:/bin "$@"
}

tell_story() {
  fairlead=/home/$person/.local/bin/fairlead
  as_person mkdir "/home/$person/.local"
  before=$(home)

  check 'a check of a new host says what would change' 2 "$(play --check)"
  check 'and changes nothing' "$before" "$(home)"
  check 'the first run changes' 3 "$(play)"
  check 'the program is there' yes "$(cmp -s "$program" "$fairlead" && echo yes)"
  check 'and so is its line' 1 "$(grep -c '^# >>> fairlead >>>' "/home/$person/.bashrc")"
  check 'the second run changes nothing' 0 "$(play)"
  check 'nor would a third' 0 "$(play --check)"

  as_person "$fairlead" start >/dev/null
  old=$(as_person "$fairlead" status | sed -n 's/.*pid \([0-9]*\).*/\1/p')
  printf '\n' >>"$work/programs/fairlead-linux-$(uname -m)" # the ELF header does not speak of it
  check 'another program is copied, and the daemon restarted' 2 "$(play)"
  new=$(as_person "$fairlead" status | sed -n 's/.*pid \([0-9]*\).*/\1/p')
  check 'by handing over' yes "$([ -n "$new" ] && [ "$old" != "$new" ] && echo yes)"

  sed -i '/fairlead/d' "/home/$person/.bashrc"
  check 'a check says that the line is gone' 1 "$(play --check)"
  check 'a run brings it back' 1 "$(play)"

  check 'a check says what absent would remove' 1 "$(play --check --extra-vars fairlead_state=absent)"
  check 'absent removes it' 2 "$(play --extra-vars fairlead_state=absent)"
  check 'and nothing is left' '' "$(find "/home/$person" -path '*/.ansible' -prune -o -name '*fairlead*' -print)$(grep fairlead "/home/$person/.bashrc")"
  check 'nor does a daemon run' '' "$(pgrep -u "$person" fairlead)"
  check 'once more changes nothing' 0 "$(play --extra-vars fairlead_state=absent)"
}

[ "$(id -u)" -eq 0 ] || fail 'it makes a user and starts sshd, which needs root' "sudo $0"
[ -f "$program" ] || fail "there is no $program" 'publish it first (CONTRIBUTING.md), or name another one'
install_packages
trap clean_up EXIT
trap 'exit 1' HUP INT TERM
check 'ansible-lint has nothing to say' '' "$(cd "$role" && env HOME="$work" LC_ALL=C.UTF-8 ansible-lint --offline --nocolor -q --profile production 2>&1)"
start_host
tell_story
printf '\n%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
