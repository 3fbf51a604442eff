#!/bin/sh
# Makes the packages of the further channels from a release, and tries those that can be tried here.
#   packaging/channels.sh RELEASE OUTPUT     RELEASE: what release.sh has made; OUTPUT: gets npm, dotnet-tool, arch and nix
set -eu

fail() {
  printf 'fairlead: %s\n' "$1" >&2
  exit 1
}

say() {
  printf '%s\n' "$*"
}

sum_of() {
  sed -n "s/  fairlead-.*-linux-$1\.tar\.gz$//p" "$release/SHA256SUMS"
}

fill() {
  sed "${url:+s|@URL@|$url|;} /@URL@/d; s/@VERSION@/$version/; s/@SHA256_X86_64@/$(sum_of x86_64)/; s/@SHA256_AARCH64@/$(sum_of aarch64)/" "$1"
}

make_all() {
  packaging/npm/pack.sh "$release" "$output/npm"
  python3 packaging/dotnet-tool/pack.py "$release" "$output/dotnet-tool"
  mkdir -p "$output/arch" "$output/nix/release"
  fill packaging/arch/PKGBUILD >"$output/arch/PKGBUILD"
  cp "$release"/fairlead-*.tar.gz "$output/arch/"
  for file in packaging/nix/*.nix; do
    fill "$file" >"$output/nix/${file##*/}"
  done
  cp "$release"/fairlead-*.tar.gz "$output/nix/release/"
}

# What cannot be tried here is said.
has() {
  command -v "$1" >/dev/null 2>&1 || {
    say "not tried: there is no $1 here"
    return 1
  }
}

# The line that 'setup' would write must name the program, which stays when node or the shim goes.
names_program() {
  HOME=$work/home SHELL=/bin/bash "$1" setup </dev/null | grep -q "if \[ -x .*$2.* \]" || fail "the rc line of $1 does not name $2"
}

try_npm() {
  has npm || return 0
  npm install --offline --ignore-scripts --no-audit --no-fund --silent --global --prefix "$work/npm" \
    "$output"/npm/fairlead-linux-x64-*.tgz "$output"/npm/fairlead-[0-9]*.tgz >/dev/null
  [ "$("$work/npm/bin/fairlead" --version | cut -d ' ' -f 2)" = "$version" ] || fail 'the npm package runs another program'
  names_program "$work/npm/bin/fairlead" node_modules/fairlead-linux-x64/fairlead
  say 'npm: installed, and runs'
}

try_dotnet_tool() {
  has dotnet || return 0
  printf '<configuration><packageSources><clear /><add key="here" value="%s" /></packageSources></configuration>' "$output/dotnet-tool" >"$work/nuget.config"
  NUGET_PACKAGES=$work/nuget dotnet tool install fairlead --version "$version" --tool-path "$work/tool" --configfile "$work/nuget.config" >/dev/null
  [ "$("$work/tool/fairlead" --version | cut -d ' ' -f 2)" = "$version" ] || fail 'the .NET tool runs another program'
  say 'dotnet-tool: installed, and runs'
}

# As nobody: makepkg does not want to be root. It asks for pacman, which Debian has, too, and installs nothing.
try_arch() {
  has makepkg && has pacman || return 0
  cp -R "$output/arch" "$work/arch"
  chmod 755 "$work"
  chown -R nobody "$work/arch"
  (
    cd "$work/arch"
    setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME="$work/arch" makepkg --nodeps >"$work/arch.log" 2>&1
  ) || {
    cat "$work/arch.log" >&2
    fail 'makepkg failed'
  }
  say 'arch: built'
}

try_nix() {
  has nix-instantiate || return 0
  for file in "$output"/nix/*.nix; do
    nix-instantiate --parse "$file" >/dev/null 2>"$work/nix.log" || {
      cat "$work/nix.log" >&2
      fail "$file is no Nix"
    }
  done
  say 'nix: parsed, neither built nor evaluated'
}

main() {
  [ $# -eq 2 ] || fail 'usage: packaging/channels.sh RELEASE OUTPUT'
  release=$(cd "$1" && pwd)
  mkdir -p "$2"
  output=$(cd "$2" && pwd)
  cd "$(dirname "$0")/.."
  bill=$(echo "$release"/fairlead-*.cdx.json)
  version=${bill##*/fairlead-}
  version=${version%.cdx.json}
  url=$(sed -n '/"type": "website"/{n;s/.*"url": "\(.*\)".*/\1/p;q;}' "$bill")
  rm -rf "$output/npm" "$output/dotnet-tool" "$output/arch" "$output/nix"
  make_all
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir "$work/home"
  : >"$work/home/.bashrc"
  try_npm
  try_dotnet_tool
  try_arch
  try_nix
}

main "$@"
