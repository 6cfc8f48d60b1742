#!/bin/sh
# Kills a check with SIGKILL at random moments, 20 times or KILLS times, and lets it go on each
# time; its report must be that of a check that nobody disturbed, but for times.
#
#   checks/kill-and-resume.sh [arguments of ./kstack check]
#
# Without arguments: switch-out and a defect of it with 2 CPUs, 3 threads and 3 pages, a minute.
# EVERY: how often checkpoints are written (default 1s). SEED: of the moments (default 1).
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
kills=${KILLS:-20}
every=${EVERY:-1s}
seed=${SEED:-1}
[ $# -gt 0 ] || set -- switch-out switch-out+H8 --hardware manuals --cpus 2 --threads 3 --pages 3

folder=$(mktemp -d)
child=
trap '[ -z "$child" ] || kill -9 "$child" 2>/dev/null || :; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM

without_times() { sed '/"seconds" :/d' "$1"; }

"$root/kstack" check --version >/dev/null # builds, if need be
began=$(date +%s)
code=0
"$root/kstack" check "$@" --format json >"$folder/whole" 2>/dev/null || code=$?
seconds=$(($(date +%s) - began + 1))
without_times "$folder/whole" >"$folder/expected"
echo "undisturbed: exit code $code, $seconds seconds"

# A moment, in milliseconds: up to half of the search, so that some get far and most do not.
moment() {
  seed=$(((seed * 1103515245 + 12345) % 2147483648))
  echo $((500 + seed / 7 % (seconds * 500)))
}

killed=0
ended=0
while [ "$killed" -lt "$kills" ]; do
  dir=$folder/d
  rm -rf "$dir"
  while :; do
    option=--checkpoint
    [ ! -d "$dir" ] || option=--resume
    "$root/kstack" check "$@" --format json "$option" "$dir" --every "$every" \
      >"$folder/report" 2>"$folder/err" &
    child=$!
    moment >"$folder/moment" # no subshell: the seed goes on
    if [ "$killed" -lt "$kills" ]; then
      sleep "$(awk '{ printf "%.3f", $1 / 1000 }' "$folder/moment")"
      if kill -9 "$child" 2>/dev/null; then
        wait "$child" 2>/dev/null && last=0 || last=$?
        if [ "$last" -eq 137 ]; then # else it had ended already
          killed=$((killed + 1))
          echo "killed $killed: $(ls "$dir" 2>/dev/null | grep -v -e searches -e lock | tr '\n' ' ')"
          continue
        fi
        break
      fi
    fi
    wait "$child" 2>/dev/null && last=0 || last=$?
    break
  done
  child=
  without_times "$folder/report" >"$folder/found"
  if [ "$last" -ne "$code" ] || ! diff "$folder/expected" "$folder/found" >"$folder/diff"; then
    echo "DIFFERENT after $killed kills: exit code $last"
    cat "$folder/diff" "$folder/err"
    exit 1
  fi
  ended=$((ended + 1))
  echo "the same report after $killed kills"
done
echo "$killed kills, $ended searches that went on to the end, all with the same report."
