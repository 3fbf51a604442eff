# shellcheck shell=sh
# shellcheck disable=SC2154 # the variables are release.sh's
# What is in all packages: manuals, completions, licences; and the bill of materials. For release.sh.

# The licences of others, and what is linked from where: from the lock file and the packages themselves.
write_materials() {
  # shellcheck disable=SC2046 # one word for each architecture
  python3 packaging/release/materials.py "$version" "$commit" "$url" "$new/fairlead-$version.cdx.json" "$work/THIRD-PARTY-LICENSES" \
    $(cd "$work/binary" && echo *)
}

write_completions() {
  mkdir "$work/completions"
  "$work/binary/x86_64" completions bash >"$work/completions/fairlead.bash"
  "$work/binary/x86_64" completions zsh >"$work/completions/_fairlead"
  "$work/binary/x86_64" completions fish >"$work/completions/fairlead.fish"
}

# A copy with the mode that it shall have, whatever the clone's umask was.
#   put MODE FILE PLACE
put() {
  mkdir -p "$(dirname "$3")"
  cp "$2" "$3"
  chmod "$1" "$3"
}

# A page of the manual. fairlead(1) says where the project is, where that is known: so does 'fairlead setup' (ProjectAddress.Manual).
put_page() {
  put 644 "$1" "$2"
  case ${1##*/} in
    fairlead.1) [ -z "$url" ] || printf '.Sh BUGS\nReport them at\n.Lk %s/issues .\nThe documentation is at\n.Lk %s .\n' "$url" "$url" >>"$2" ;;
  esac
}

# The tree of a system's package, below the folder $1.
#   lay_out DIR ARCHITECTURE ZSH-FOLDER
lay_out() {
  put 755 "$work/binary/$2" "$1/usr/bin/fairlead"
  for page in packaging/man/*.[15]; do
    put_page "$page" "$1/usr/share/man/man${page##*.}/${page##*/}"
    gzip -n -9 "$1/usr/share/man/man${page##*.}/${page##*/}"
  done
  put 644 "$work/completions/fairlead.bash" "$1/usr/share/bash-completion/completions/fairlead"
  put 644 "$work/completions/_fairlead" "$1/usr/share/zsh/$3/_fairlead"
  put 644 "$work/completions/fairlead.fish" "$1/usr/share/fish/vendor_completions.d/fairlead.fish"
  put 644 packaging/systemd/fairlead.socket "$1/usr/lib/systemd/user/fairlead.socket"
  mkdir -p "$1/usr/lib/systemd/user"
  sed 's|^ExecStart=.*|ExecStart=/usr/bin/fairlead daemon|' packaging/systemd/fairlead.service >"$1/usr/lib/systemd/user/fairlead.service"
}

# A version as a package manager sorts it: 1.2.3-rc.1 comes before 1.2.3.
sorted_version() {
  printf '%s\n' "$version" | sed 's/-/~/'
}

# One time for all files: archives hold it.
date_files() {
  find "$1" -exec touch --no-dereference --date "@$SOURCE_DATE_EPOCH" {} +
}
