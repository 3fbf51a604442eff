# shellcheck shell=sh
# shellcheck disable=SC2154 # the variables are release.sh's
# The binaries, and what they are called. For release.sh.

# As .NET names an architecture.
runtime_identifier() {
  case $1 in
    x86_64) printf 'linux-x64\n' ;;
    aarch64) printf 'linux-arm64\n' ;;
  esac
}

# As Debian does.
debian_architecture() {
  case $1 in
    x86_64) printf 'amd64\n' ;;
    aarch64) printf 'arm64\n' ;;
  esac
}

# Sets version and commit, as the sources have them, and url: src/Fairlead/Version.targets and Directory.Build.props say how.
read_version() {
  answer=$(dotnet msbuild src/Fairlead -t:ReadSourceVersion -getProperty:FairleadVersion -getProperty:FairleadCommit -getProperty:RepositoryUrl ${version:+"-p:FairleadVersion=$version"})
  version=$(printf '%s\n' "$answer" | sed -n 's/.*"FairleadVersion": "\(.*\)".*/\1/p')
  commit=$(printf '%s\n' "$answer" | sed -n 's/.*"FairleadCommit": "\(.*\)".*/\1/p')
  url=$(printf '%s\n' "$answer" | sed -n 's/.*"RepositoryUrl": "\(.*\)".*/\1/p')
  url=${url%/}
  case $url in
    '' | https://*) ;;
    *) fail "RepositoryUrl is '$url', which is not an https:// address" ;;
  esac
  case $url in
    *[!A-Za-z0-9:/._~%-]*) fail "RepositoryUrl has a character that packages cannot hold: $url" ;;
  esac
  case $version in
    [0-9]*.[0-9]*.[0-9]*) ;;
    *) fail "'$version' is no version" './release.sh --version 1.2.3' ;;
  esac
}

# With the packages of the lock files, to the byte, and from this machine where they are there. Those of both architectures come at once:
# a restore for one of them alone would be another one than the lock files are of.
restore() {
  say 'Restoring the packages ...'
  logged dotnet restore src/Fairlead --locked-mode --disable-build-servers
}

build() {
  architecture=$1
  say "Building for $architecture (a minute or two) ..."
  # What was linked before, by another linker say, would be taken as it is.
  rm -rf src/*/obj/Release/*/"$(runtime_identifier "$architecture")"
  logged dotnet publish src/Fairlead --no-restore --configuration Release --runtime "$(runtime_identifier "$architecture")" \
    -p:FairleadStatic=true -p:CppCompilerAndLinker=clang "-p:FairleadVersion=$version" \
    --output "$work/publish/$architecture" --disable-build-servers
  mv "$work/publish/$architecture/fairlead" "$work/binary/$architecture"
}

# Shows what a build said only if it failed.
logged() {
  "$@" >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    fail 'the build failed' 'its messages are above'
  }
}

# Binaries that are built already.
take_binaries() {
  for binary in $binaries; do
    cp "$binary" "$work/binary/$(architecture_of "$binary")"
  done
}

# e_machine of the ELF header, elf(5).
architecture_of() {
  case $(od -An -j18 -N2 -tu2 "$1" | tr -d ' ') in
    62) printf 'x86_64\n' ;;
    183) printf 'aarch64\n' ;;
    *) fail "$1 is a program for another machine than x86-64 or arm64" ;;
  esac
}

# The one that runs here says what it is; it also writes the completions of all.
check_binary() {
  [ -f "$work/binary/x86_64" ] || fail 'the completions are written by the x86-64 binary, and it is not here' './release.sh --binary FILE --binary FILE'
  is=$("$work/binary/x86_64" --version 2>/dev/null | head -n 1) || true
  [ "$is" != "fairlead $version${commit:+ ($commit)}" ] || return 0
  [ "$allows_changes" = yes ] || fail "the binary is '$is', and the sources are $version ($commit)" 'build it again'
  version=$(printf '%s\n' "$is" | cut -d ' ' -f 2)
  commit=$(printf '%s\n' "$is" | sed -n 's/.*(\(.*\))$/\1/p')
}
