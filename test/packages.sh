#!/bin/sh
# The packages of a release, in a Debian of their own (debootstrap, some 250 MB and a minute, removed at the end): installed, used by a person,
# upgraded below a daemon that runs, removed. By hand and before a release; as root.
#   test/packages.sh [RELEASE]     RELEASE: what release.sh has made; default: artifacts/release
set -eu

cd "$(dirname "$0")/.."

fail() {
  printf 'fairlead: %s\n' "$1" >&2
  exit 1
}

step() {
  printf '== %s\n' "$*"
}

# The mirror of this machine's own apt.
mirror() {
  # shellcheck disable=SC2016 # apt's words, not the shell's
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | head -n 1
}

install_packages() {
  missing=''
  for package in debootstrap rpm; do
    command -v "$package" >/dev/null 2>&1 || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  step "installing$missing"
  # shellcheck disable=SC2086 # one word for each package
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends -qq $missing >/dev/null
}

# The same package with a version more, and another program: one byte longer.
make_next_deb() {
  dpkg-deb --raw-extract "$1" "$work/next"
  printf '\n' >>"$work/next/usr/bin/fairlead"
  sed -i 's/^Version: .*/&+next/' "$work/next/DEBIAN/control"
  dpkg-deb --root-owner-group -Znone --build "$work/next" "$2" >/dev/null
}

try_deb_and_tar() {
  step 'a Debian 12 of its own'
  debootstrap --variant=minbase --include=openssh-server,openssh-client,tmux,iproute2,procps bookworm "$work/tree" "$(mirror)" >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    fail 'debootstrap failed'
  }
  mkdir "$work/tree/release"
  cp "$release"/fairlead_*_amd64.deb "$work/tree/release/first.deb"
  cp "$release"/fairlead-*-linux-x86_64.tar.gz "$work/tree/release/"
  make_next_deb "$release"/fairlead_*_amd64.deb "$work/tree/release/next.deb"
  cp test/packages-story.sh "$work/tree/release/story.sh"
  # Its own processes, network and mounts: all of it ends with the story.
  # shellcheck disable=SC2016 # the inner shell's words
  unshare --mount --pid --fork --net --propagation private sh -ec '
    mount -t proc proc "$0/proc"
    mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 pts "$0/dev/pts"
    mount --bind "$0/dev/pts/ptmx" "$0/dev/ptmx"
    mount -t tmpfs -o mode=1777 tmp "$0/tmp"
    exec chroot "$0" /bin/sh /release/story.sh
  ' "$work/tree"
}

# The files are those of the .deb, at rpm's places.
try_rpm() {
  step 'rpm: installed, verified, removed'
  root=$work/rpm
  mkdir "$root"
  rpm --root "$root" --initdb
  rpm --force-debian --root "$root" --nodeps --install "$release"/fairlead-*.x86_64.rpm
  rpm --root "$root" --verify --nodeps fairlead
  dpkg-deb --extract "$release"/fairlead_*_amd64.deb "$work/deb"
  for file in bin/fairlead lib/systemd/user/fairlead.service lib/systemd/user/fairlead.socket share/man/man1/fairlead.1.gz \
    share/man/man5/fairlead.toml.5.gz share/bash-completion/completions/fairlead share/fish/vendor_completions.d/fairlead.fish; do
    cmp "$root/usr/$file" "$work/deb/usr/$file"
  done
  cmp "$root/usr/share/zsh/site-functions/_fairlead" "$work/deb/usr/share/zsh/vendor-completions/_fairlead"
  rpm --force-debian --root "$root" --nodeps --erase fairlead
  [ -z "$(find "$root" -name '*fairlead*')" ] || fail 'the rpm leaves something behind'
}

main() {
  [ "$(id -u)" -eq 0 ] || fail 'a Debian of its own needs root'
  release=$(cd "${1:-artifacts/release}" && pwd)
  install_packages
  work=$(mktemp -d /var/tmp/fairlead-packages.XXXXXX)
  trap 'rm -rf --one-file-system "$work"' EXIT
  trap 'exit 1' HUP INT TERM
  try_rpm
  try_deb_and_tar
  step 'all of it holds'
}

main "$@"
