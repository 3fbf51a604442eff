# shellcheck shell=sh
# shellcheck disable=SC2154 # the variables are release.sh's
# The packages of one architecture: tar.gz, deb, rpm. For release.sh.

# For a person without root: install.sh in it asks, copies, and lets 'fairlead setup' do the rest.
make_tar() {
  name=fairlead-$version-linux-$1
  top=$work/tar/$name
  put 755 "$work/binary/$1" "$top/fairlead"
  put 755 install.sh "$top/install.sh"
  for script in packaging/deploy/*; do
    [ ! -f "$script" ] || put 755 "$script" "$top/${script##*/}"
  done
  for page in packaging/man/*.[15]; do
    put_page "$page" "$top/man/man${page##*.}/${page##*/}"
  done
  for file in "$work"/completions/*; do
    put 644 "$file" "$top/completions/${file##*/}"
  done
  for unit in packaging/systemd/*; do
    put 644 "$unit" "$top/systemd/${unit##*/}"
  done
  put 644 LICENSE "$top/LICENSE"
  put 644 "$work/THIRD-PARTY-LICENSES.txt" "$top/THIRD-PARTY-LICENSES.txt"
  put 644 packaging/release/README.txt "$top/README.txt"
  [ -z "$url" ] || printf '\nDocumentation: %s\nBugs: %s/issues\n' "$url" "$url" >>"$top/README.txt"
  date_files "$top"
  tar --create --directory "$work/tar" --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" "$name" |
    gzip -n -9 >"$new/$name.tar.gz"
}

# A file, or standard input, with the project's address; without one, the lines that would name it are left out.
with_url() {
  if [ -n "$url" ]; then
    sed "s|@URL@|$url|" "$@"
  else
    sed '/@URL@/d' "$@"
  fi
}

make_deb() {
  debian=$(debian_architecture "$1")
  tree=$work/deb/$debian
  doc=$tree/usr/share/doc/fairlead
  lay_out "$tree" "$1" vendor-completions
  mkdir -p "$tree/DEBIAN" "$doc"
  {
    with_url packaging/debian/copyright
    sed 's/^$/./; s/^/ /' "$work/THIRD-PARTY-LICENSES.debian.txt"
  } >"$doc/copyright"
  sed "s/@VERSION@/$(sorted_version)/; s/@DATE@/$(date --utc --rfc-email --date "@$SOURCE_DATE_EPOCH")/" packaging/debian/changelog |
    gzip -n -9 >"$doc/changelog.gz"
  gzip -n -9 <CHANGELOG.md >"$doc/CHANGELOG.md.gz"
  put 644 packaging/debian/lintian-overrides "$tree/usr/share/lintian/overrides/fairlead"
  # As dpkg-gencontrol counts, whatever the file system does: a file's whole kilobytes, and one for all else.
  size=$(find "$tree/usr" -type f -printf '%s\n' -o -printf '1\n' | awk '{ sum += int(($1 + 1023) / 1024) } END { print sum }')
  sed "s/@VERSION@/$(sorted_version)/; s/@ARCHITECTURE@/$debian/; s/@SIZE@/$size/" packaging/debian/control |
    with_url >"$tree/DEBIAN/control"
  (cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
  date_files "$tree"
  # As many threads as the machine has would make other bytes.
  dpkg-deb --root-owner-group --threads-max=1 -Zxz --build "$tree" "$new/fairlead_${version}_$debian.deb" >/dev/null
}

make_rpm() {
  tree=$work/rpm/$1
  lay_out "$tree" "$1" site-functions
  for file in LICENSE "$work/THIRD-PARTY-LICENSES.txt"; do
    put 644 "$file" "$tree/usr/share/licenses/fairlead/${file##*/}"
  done
  put 644 CHANGELOG.md "$tree/usr/share/doc/fairlead/CHANGELOG.md"
  date_files "$tree"
  rpmbuild -bb --quiet --target "$1" --define "_topdir $work/rpmbuild" --define "_rpmdir $work/rpmbuild" --define "_rpmfilename package.rpm" \
    --define "fairlead_date $(date --utc --date "@$SOURCE_DATE_EPOCH" '+%a %b %d %Y')" \
    --define "fairlead_version $(sorted_version)" --define "fairlead_tree $tree" ${url:+--define "fairlead_url $url"} packaging/rpm/fairlead.spec >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    fail 'rpmbuild failed'
  }
  mv "$work/rpmbuild/package.rpm" "$new/fairlead-$version-1.$1.rpm"
}

# As those who take packages in do it. Overrides stand beside what they are for, each with its reason.
lint_packages() {
  for package in "$new"/*.deb; do
    lintian --allow-root --fail-on error,warning "$package" >&2 || fail "lintian has something to say of ${package##*/}"
  done
  for package in "$new"/*.rpm; do
    rpmlint --config packaging/rpm/rpmlint.toml "$package" >"$work/log" 2>&1 || true # a warning is no failure to it, but one to us
    grep -q ' 0 errors, 0 warnings' "$work/log" || {
      cat "$work/log" >&2
      fail "rpmlint has something to say of ${package##*/}"
    }
  done
}
