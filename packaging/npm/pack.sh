#!/bin/sh
# Makes the npm packages from a release: one for each processor, with the program, and the one that people name.
#   packaging/npm/pack.sh RELEASE OUTPUT     RELEASE: the folder that release.sh has made; OUTPUT: where the .tgz files go
set -eu

release=$(cd "$1" && pwd)
mkdir -p "$2"
output=$(cd "$2" && pwd)
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022

# The project's address stands in the bill of materials, or there is none.
url=$(sed -n '/"type": "website"/{n;s/.*"url": "\(.*\)".*/\1/p;q;}' "$release"/fairlead-*.cdx.json)

fill() {
  sed "s/@VERSION@/$version/; s/@CPU@/${cpu:-}/; ${url:+s|@URL@|$url|;} /@URL@/d" "$1"
}

pack() {
  # The scripts of a package that is packed would run here; there are none, and it stays so.
  npm pack --silent --ignore-scripts --pack-destination "$output" "$1"
}

for archive in "$release"/fairlead-*-linux-*.tar.gz; do
  name=$(basename "$archive" .tar.gz)
  version=${name#fairlead-}
  version=${version%-linux-*}
  case $name in
    *-linux-x86_64) cpu=x64 ;;
    *-linux-aarch64) cpu=arm64 ;;
  esac
  package=$work/fairlead-linux-$cpu
  mkdir "$package"
  tar --extract --gzip --file "$archive" --directory "$package" --strip-components 1 --no-same-owner \
    "$name/fairlead" "$name/man" "$name/LICENSE" "$name/THIRD-PARTY-LICENSES.txt"
  fill program.json >"$package/package.json"
  pack "$package"
done

mkdir -p "$work/fairlead/bin"
cp shim/fairlead.js "$work/fairlead/bin/"
chmod 755 "$work/fairlead/bin/fairlead.js"
cp ../../LICENSE "$work/fairlead/"
fill package.json >"$work/fairlead/package.json"
pack "$work/fairlead"
