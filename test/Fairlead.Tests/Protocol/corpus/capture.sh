#!/usr/bin/env bash
# Makes the corpus anew: what a real ssh, ssh-add, ssh-keygen and ssh-agent say to each other, one file for each frame, in a folder for
# the version of OpenSSH that comes first in PATH.
#
#   VERSION/req-STEP-N.bin    the N-th frame that STEP's client sent, length included
#   VERSION/resp-STEP-N.bin   the N-th that the agent sent
#
# socat stands between client and agent and dumps both directions. The keys are made here, used here and worthless; the agent, the
# sshd (loopback only) and every file but the corpus are gone at the end. Needs openssh-client, openssh-server,
# git and socat.
set -euo pipefail
shopt -s nullglob

version=$(ssh -V 2>&1 | cut -d ' ' -f 1)
corpus=$(cd "$(dirname "$0")" && pwd)/${version%,}
work=$(mktemp -d)
port=${FAIRLEAD_CAPTURE_PORT:-22922}
export SSH_ASKPASS="$work/askpass" SSH_ASKPASS_REQUIRE=force DISPLAY=none
agent_pid='' sshd_pid='' tap_pid=''

clean_up() {
    for pid in $tap_pid $sshd_pid $agent_pid; do
        kill "$pid" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap clean_up EXIT

wait_for() {
    for _ in $(seq 200); do
        "$@" 2>/dev/null && return
        sleep 0.02
    done
    echo "capture: gave up on: $*" >&2
    exit 1
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$port"); }

# Cuts a dump into frames.
split() {
    local dump=$1 prefix=$2 at=0 number=1 size length
    size=$(stat -c %s "$dump")
    while ((at < size)); do
        length=$((16#$(tail -c "+$((at + 1))" "$dump" | head -c 4 | od -An -tx1 | tr -d ' \n')))
        tail -c "+$((at + 1))" "$dump" | head -c "$((4 + length))" >"$corpus/$prefix-$number.bin"
        at=$((at + 4 + length)) number=$((number + 1))
    done
}

# record STEP COMMAND...: runs the command against the agent, and keeps what both said.
record() {
    local step=$1
    shift
    local tap="$work/tap.$step"
    socat -r "$tap.req" -R "$tap.resp" "UNIX-LISTEN:$tap,fork" "UNIX-CONNECT:$work/agent" &
    tap_pid=$!
    wait_for test -S "$tap"
    SSH_AUTH_SOCK=$tap "$@" >"$work/out" 2>&1 </dev/null || echo "capture: $step: exit $? (some are meant to fail): $(tail -n 1 "$work/out")"
    kill "$tap_pid"
    wait "$tap_pid" 2>/dev/null || true
    tap_pid=''
    split "$tap.req" "req-$step"
    split "$tap.resp" "resp-$step"
}

# send BYTES: one frame as printf escapes, for requests that no program of OpenSSH sends. ssh-agent drops the answers of a client
# that closes its half early, hence the pause.
send() {
    { printf '%b' "$1"; sleep 0.3; } | socat - "UNIX-CONNECT:$SSH_AUTH_SOCK"
}

silently() { ssh-add -q "$@" 2>/dev/null; }
with_agent() { SSH_AUTH_SOCK=$work/agent "$@"; }

printf '#!/bin/sh\necho fairlead-test\n' >"$work/askpass"
chmod +x "$work/askpass"

for type in ed25519 rsa ecdsa; do
    ssh-keygen -q -t "$type" -N '' -C "$type for tests" -f "$work/$type"
done
ssh-keygen -q -t ed25519 -N '' -C 'authority for tests' -f "$work/authority"
ssh-keygen -q -t ed25519 -N '' -C 'certified for tests' -f "$work/certified"
ssh-keygen -q -s "$work/authority" -I fairlead-test -n "nobody,$(id -un)" "$work/certified.pub"
ssh-keygen -q -t ed25519 -N '' -C 'host for tests' -f "$work/host"

cat "$work/ed25519.pub" "$work/rsa.pub" >"$work/authorized_keys"
echo "[127.0.0.1]:$port $(cut -d ' ' -f 1,2 "$work/host.pub")" >"$work/known_hosts"
cat >"$work/sshd_config" <<END
ListenAddress 127.0.0.1:$port
HostKey $work/host
AuthorizedKeysFile $work/authorized_keys
TrustedUserCAKeys $work/authority.pub
PidFile none
UsePAM no
StrictModes no
PermitRootLogin prohibit-password
PasswordAuthentication no
END
cat >"$work/ssh_config" <<END
Host *
    HostName 127.0.0.1
    Port $port
    UserKnownHostsFile $work/known_hosts
    StrictHostKeyChecking yes
    IdentityFile none
    BatchMode yes
END

ssh-agent -D -a "$work/agent" >/dev/null &
agent_pid=$!
[ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd
"$(command -v sshd || echo /usr/sbin/sshd)" -D -e -f "$work/sshd_config" 2>"$work/sshd.log" &
sshd_pid=$!
wait_for test -S "$work/agent"
wait_for listens

mkdir -p "$corpus"
rm -f "$corpus"/req-*.bin "$corpus"/resp-*.bin

record list-empty ssh-add -l
for type in ed25519 rsa ecdsa; do
    record "add-$type" ssh-add -q "$work/$type"
    record "list-$type" ssh-add -L
    record "sign-$type" ssh-keygen -q -Y sign -n test -f "$work/$type.pub" "$work/known_hosts"
    rm -f "$work/known_hosts.sig"
    record "remove-$type" ssh-add -q -d "$work/$type.pub"
done
record add-certificate ssh-add -q "$work/certified"
record list-certificate ssh-add -L
record remove-certificate ssh-add -q -d "$work/certified"

with_agent silently "$work/ed25519" "$work/rsa" "$work/ecdsa" "$work/certified"
record list-all ssh-add -L
record login ssh -F "$work/ssh_config" gateway true
record login-forwarding ssh -A -F "$work/ssh_config" gateway ssh-add -L
record login-forwarding-twice ssh -A -F "$work/ssh_config" gateway 'ssh-add -l; ssh-add -l'
for type in rsa certified; do
    record "login-$type" ssh -F "$work/ssh_config" -o IdentitiesOnly=yes -i "$work/$type" gateway true
done
# As to a server that does not offer to bind the login to its host key.
record login-unbound ssh -F "$work/ssh_config" -o PubkeyAuthentication=unbound gateway true
record sign-file ssh-keygen -q -Y sign -n file -f "$work/ed25519.pub" "$work/known_hosts"
git init -q "$work/project"
git -C "$work/project" config gpg.format ssh
git -C "$work/project" config user.signingkey "$work/ed25519.pub"
git -C "$work/project" config user.name test
git -C "$work/project" config user.email test@localhost
record git-commit git -C "$work/project" commit -q -S --allow-empty -m test
record git-tag git -C "$work/project" tag -s -m test v1
record query send '\x00\x00\x00\x0a\x1b\x00\x00\x00\x05query'
record unknown-extension send '\x00\x00\x00\x15\x1b\x00\x00\x00\x10nothing@fairlead'
record unknown-type send '\x00\x00\x00\x02\xc8x'
record list-with-rest send '\x00\x00\x00\x04\x0bxyz'
record lock ssh-add -q -x
record list-locked ssh-add -l
record unlock ssh-add -q -X
record remove-all ssh-add -q -D
record add-lifetime ssh-add -q -t 600 "$work/ed25519"
record add-confirm ssh-add -q -c "$work/ecdsa"
record add-destination ssh-add -q -h "[127.0.0.1]:$port" -H "$work/known_hosts" "$work/rsa"
record list-constrained ssh-add -L
record smartcard-add ssh-add -s /nowhere/pkcs11.so
record smartcard-add-lifetime ssh-add -t 600 -s /nowhere/pkcs11.so
record smartcard-remove ssh-add -e /nowhere/pkcs11.so

frames=("$corpus"/*.bin)
echo "capture: ${#frames[@]} frames of ${version%,}"
