# shellcheck shell=sh
# What `fairlead deploy` and ./deploy run on the other host. It must pass through any login shell, so it is sent as ONE line, which
# `exec sh -c 'read -r l; eval "$l"'` reads there: lines that begin with # are left out, all others are joined by a blank. So each line ends
# where one may end before a blank: in a semicolon, or behind `then`, `do`, `{` and their like.
#
# On standard input, behind that line: a mark made up for this run and the prefix; then, once the facts have been answered, what to do:
#   put SIZE SHA256 SEEN [OPTION]   the program comes behind this line, SIZE bytes, up to the end of the input. SEEN is the checksum of what
#                                   stands at its place, "-" for nothing; OPTION goes to `fairlead setup`
#   setup [OPTION]                  the right program is there
#   check [OPTION]                  the same, and nothing is to be changed: is it set up?
#   undo                            what the last `put` kept comes back
# Each answer is a line that begins with the mark: files that the login shell reads may print what they like.
set -u;
LC_ALL=C;
PATH=${PATH:+$PATH:}/usr/local/bin:/usr/bin:/bin;
export LC_ALL PATH;
unset CDPATH ENV;
umask 022;
IFS=' ' read -r mark prefix || exit 1;
case $mark in
  '' | *[!0-9a-f]*) exit 1 ;;
  *) ;;
esac;
say() { printf '\n%s %s\n' "$mark" "$*" 2>/dev/null || true; };

# The one line that tells what went wrong: fairlead's own where there is one.
reason() {
  printf '%s\n' "$1" | sed -n '/^fairlead: /{s///p;q;}' | cut -c 1-300 | grep . || printf '%s\n' "$1" | sed -n '/./{p;q;}' | cut -c 1-300;
};
digest() {
  { sha256sum <"$1" || shasum -a 256 <"$1" || openssl dgst -sha256 -r <"$1"; } 2>/dev/null | cut -c 1-64;
};

# What a path is: none, link, launcher, other, or the architecture of a fairlead as `uname -m` calls it (e_machine of the ELF header). A program
# that does not hold fairlead's own words is another one, and never run.
kind() {
  if [ -L "$1" ]; then echo link; return; fi;
  if [ ! -e "$1" ]; then echo none; return; fi;
  if [ ! -f "$1" ] || [ ! -r "$1" ]; then echo other; return; fi;
  if head -c 300 "$1" | grep -q 'fairlead for several architectures'; then echo launcher; return; fi;
  case $(od -A n -t x1 -N 20 "$1" | tr -d ' \n') in
    7f454c46*3e00) found=x86_64 ;;
    7f454c46*b700) found=aarch64 ;;
    *) found=other ;;
  esac;
  grep -q 'fairlead init' "$1" || found=other;
  echo "$found";
};
version() { "$1" --version </dev/null 2>/dev/null | sed -n '/^fairlead [0-9]/{s/^fairlead //p;q;}' | cut -c 1-100; };

system=$(uname -s) && machine=$(uname -m) && release=$(uname -r);
say host "$system" "$machine" "$release";
case $prefix in
  /*) ;;
  *)
    if [ -z "${HOME:-}" ] || [ ! -d "$HOME" ]; then say home none; exit 0; fi;
    prefix=$HOME/$prefix;
    ;;
esac;
bin=$prefix/bin;
target=$bin/fairlead;
shown=$(kind "$target");
# One home for several architectures: each has a file of its own, and `fairlead` is a few lines that begin the right one.
real=$target;
case $shown in
  "$machine" | none | link | other) ;;
  *) real=$target-linux-$machine ;;
esac;
seen=$(kind "$real");
sum=-;
number=;
if [ "$seen" = "$machine" ]; then
  sum=$(digest "$real");
  number=$(version "$real");
fi;
say shown "$shown" "$target";
say seen "$seen" "${sum:--}" "$number";
noted=none;
if [ -e "$real.before" ]; then
  noted=program;
  [ -s "$real.before" ] || noted=nothing;
fi;
say kept "$noted";
package=;
for other in /usr/bin/fairlead /usr/local/bin/fairlead; do
  if [ "$other" != "$target" ] && [ "$(kind "$other")" = "$machine" ]; then
    package=$other;
    say package "$other" "$(version "$other")";
    break;
  fi;
done;

# Whether a program can be written and run there, tried with two lines of sh where that folder is, or will be.
at=$bin;
until [ -d "$at" ]; do
  at=${at%/*};
  [ -n "$at" ] || at=/;
done;
probe=$at/.fairlead.$mark;
trap 'rm -f "$probe"; exit 1' HUP INT TERM;
trap : PIPE;
can=yes;
if ! error=$( (printf '#!/bin/sh\n:\n' >"$probe" && chmod 700 "$probe") 2>&1); then
  case $error in
    *Read-only*) can=read-only ;;
    *pace* | *uota*) can=full ;;
    *) can=denied ;;
  esac;
elif ! "$probe" 2>/dev/null; then
  can=noexec;
fi;
rm -f "$probe";
free=$(df -P -k "$at" 2>/dev/null | sed -n '2,$p' | awk 'NR == 1 { print $4 }');
say place "$can" "${free:--}";
say ready;

IFS=' ' read -r verb size expected before option || exit 0;
new=$bin/.fairlead.$mark;
lock=$bin/.fairlead.lock;
# These have one name for all runs, of which one at a time has the lock: whatever ends a run without a word, the next one cleans up after it.
kept=$real.before;
older=$real.before.old;
held=;
watcher=;
clean() {
  [ -z "$watcher" ] || kill "$watcher" 2>/dev/null;
  rm -f "$new" "$new.sh" "$new.then";
  if [ -n "$held" ]; then
    rm -f "$older" "$kept.new";
    rmdir "$lock" 2>/dev/null;
  fi;
  while [ "$bin" != "$at" ] && rmdir "$bin" 2>/dev/null; do
    bin=${bin%/*};
  done;
};
fail() {
  say fail "$@";
  clean;
  exit 0;
};
trap 'clean; exit 1' HUP INT TERM;
# From here on a signal ends no more than what runs at that moment, which fails, and is answered to. An empty trap would be handed on to the daemon.
see_it_through() { trap : HUP INT TERM; };

# Many hosts may share one home: one at a time puts its file in its place and edits the rc files. While one waits, the other end hears so. The lock of a
# host that has died is taken away after five minutes: it is older than a file that was made there when the waiting began, so that no two clocks count.
take_lock() {
  tries=;
  until error=$(mkdir "$lock" 2>&1); do
    case $error in
      *xists*) ;;
      *pace* | *uota*) fail full ;;
      *) fail denied ;;
    esac;
    [ -n "$tries" ] || { true >"$new.then"; } 2>/dev/null || fail write;
    tries=$tries.;
    [ ${#tries} -lt 400 ] || fail lock;
    [ ${#tries} -lt 300 ] || drop_lock;
    say wait;
    sleep 1;
  done;
  held=yes;
  rm -f "$older";
};
is_old() { [ -n "$(find "$1" -prune ! -newer "$new.then" 2>/dev/null)" ]; };
# Of several that wait one can rename it, and looks again at what it has got: another one may have been quicker, and have made a new lock.
drop_lock() {
  is_old "$lock" && mv "$lock" "$lock.$mark" 2>/dev/null || return 0;
  if is_old "$lock.$mark" || [ -e "$lock" ]; then
    rmdir "$lock.$mark" 2>/dev/null;
  else
    mv "$lock.$mark" "$lock" 2>/dev/null;
  fi;
};
# A fairlead before --json ends with 2 (usage), and says in words whether it has done anything.
run_setup() {
  changed=same;
  said=$("$target" setup --yes --json ${1:+"$1"} 2>&1 </dev/null);
  status=$?;
  if [ "$status" -eq 2 ]; then
    said=$("$target" setup --yes ${1:+"$1"} 2>&1 </dev/null);
    status=$?;
  fi;
  case $said in
    *'"changed":true'* | *Done.) changed=changed ;;
    *) ;;
  esac;
  return "$status";
};
run_restart() { said=$("$target" restart 2>&1 </dev/null); };
# The same file under a second name, or a copy where there are no hard links.
keep() {
  rm -f "$2";
  ln "$1" "$2" 2>/dev/null || cp -p "$1" "$2" 2>/dev/null;
};
launch() {
  echo '#!/bin/sh' >"$1" && echo '# fairlead for several architectures, a file for each beside this one. Made by fairlead deploy.' >>"$1";
  # shellcheck disable=SC2016 # the shell that runs it is to see all of this
  echo 'exec "${0%/*}/fairlead-linux-$(uname -m)" "$@"' >>"$1" && chmod 755 "$1";
};
# The file of the other architecture gets a name of its own, as what --undo has of it, and `fairlead` begins the right one.
shared=;
share() {
  moved=$target-linux-$shown;
  shared=yes;
  if keep "$target" "$moved" && { [ ! -e "$target.before" ] || keep "$target.before" "$moved.before"; } && launch "$new.sh" && mv -f "$new.sh" "$target"; then
    rm -f "$target.before";
    return;
  fi;
  unshare;
  return 1;
};
unshare() {
  [ -n "$shared" ] || return 0;
  if [ "$(kind "$target")" = launcher ]; then
    mv -f "$moved" "$target";
    [ ! -e "$moved.before" ] || mv -f "$moved.before" "$target.before";
  fi;
  rm -f "$moved" "$moved.before";
};
# At every moment there is a program, and what it replaces is at the name that --undo knows: a link beside it, and a rename. A running program is not
# written to.
replace() {
  if [ -e "$kept" ] && ! keep "$kept" "$older"; then
    rm -f "$older";
    return 1;
  fi;
  if [ -e "$real" ]; then keep "$real" "$kept.new"; else true >"$kept.new"; fi && mv -f "$kept.new" "$kept" || return 1;
  mv -f "$new" "$real" || { forget; return 1; };
};
forget() { if [ -e "$older" ]; then mv -f "$older" "$kept"; else rm -f "$kept"; fi; };
# Puts the former program back, and has it write its own lines again: the new one may have come half-way. Where there was none, its lines go, too, or
# are again those of the program that a package has brought, if it had any.
roll_back() {
  failed=$said;
  if [ -s "$kept" ]; then
    mv -f "$kept" "$real";
    run_setup '';
    run_restart;
  elif [ -n "$packaged" ]; then
    "$packaged" setup --yes >/dev/null 2>&1 </dev/null;
    "$packaged" restart >/dev/null 2>&1 </dev/null;
    rm -f "$real";
  else
    [ "$real" != "$target" ] || "$target" setup --undo --yes >/dev/null 2>&1 </dev/null;
    rm -f "$real";
  fi;
  forget;
  unshare;
  fail "$1" "$(reason "$failed")";
};

case $verb in
  put)
    mkdir -p "$bin" 2>/dev/null || fail denied;
    # The other end learns how much has come: its own ssh takes in megabytes before the first of them is sent.
    (while sleep 2 >/dev/null; do say got $(($(wc -c <"$new"))); done) 2>/dev/null &
    watcher=$!;
    error=$(cat 2>&1 >"$new");
    kill "$watcher" 2>/dev/null;
    watcher=;
    case $error in
      '') ;;
      *pace* | *uota*) fail full ;;
      *) fail write "$(reason "$error")" ;;
    esac;
    [ $(($(wc -c <"$new"))) -eq "$size" ] || fail cut;
    say got "$size";
    now=$(digest "$new");
    [ -n "$now" ] || fail digest;
    [ "$now" = "$expected" ] || fail sum;
    chmod 755 "$new" || fail denied;
    ran=$("$new" --version 2>&1 </dev/null) || fail run "$(reason "$ran")";
    case $ran in
      'fairlead '*) ;;
      *) fail run "$(reason "$ran")" ;;
    esac;
    packaged=;
    if [ -n "$package" ] && "$package" setup --check >/dev/null 2>&1 </dev/null; then packaged=$package; fi;
    take_lock;
    see_it_through;
    if ! cmp -s "$new" "$real"; then
      now=-;
      [ ! -e "$real" ] || now=$(digest "$real");
      [ "$now" = "$before" ] || fail meanwhile;
      if [ "$real" != "$target" ] && [ "$(kind "$target")" = "$shown" ] && [ "$shown" != launcher ]; then
        share || fail write;
      fi;
      replace || { unshare; fail write; };
      run_setup "$option" || roll_back setup;
      run_restart || roll_back restart;
    else
      run_setup "$option" || fail not-set-up "$(reason "$said")";
      run_restart || fail not-restarted "$(reason "$said")";
    fi;
    changed=changed;
    ;;
  setup)
    # Behind the verb stands no size here: the next word is the option.
    take_lock;
    run_setup "$size" || fail not-set-up "$(reason "$said")";
    ;;
  check)
    changed=same;
    "$target" setup --check ${size:+"$size"} >/dev/null 2>&1 </dev/null || changed=changed;
    ;;
  undo)
    # Whoever shares this home may have taken the program away before this one has the lock.
    [ "$noted" != nothing ] || "$real" stop >/dev/null 2>&1 </dev/null;
    take_lock;
    see_it_through;
    if [ -s "$kept" ]; then
      mv -f "$kept" "$real" || fail denied;
      run_setup '' || fail not-set-up "$(reason "$said")";
    elif [ -e "$kept" ]; then
      others=;
      for file in "$target"-linux-*; do
        case $file in
          "$real" | *.before* | "$target-linux-*") ;;
          *) others=yes ;;
        esac;
      done;
      if [ -z "$others" ]; then
        said=$("$target" setup --undo --yes 2>&1 </dev/null) || fail not-undone "$(reason "$said")";
        [ "$real" = "$target" ] || rm -f "$target";
      fi;
      rm -f "$real" "$kept";
    elif [ "$noted" = none ]; then
      fail kept;
    fi;
    changed=changed;
    if [ -e "$real" ]; then
      run_restart || fail not-restarted "$(reason "$said")";
    fi;
    ;;
  *) exit 0 ;;
esac;
now=;
[ ! -e "$real" ] || now=$(version "$real");
clean;
say 'done' "$changed" "$now";
