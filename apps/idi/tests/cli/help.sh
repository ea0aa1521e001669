#!/bin/sh
# Help, the manual page and the completion scripts know every command and option.
. "$(dirname "$0")/lib.sh"
manual=$SOURCE/packaging/idi.1

commands='ask chat serve schema doctor demo demo:create model model:list model:pull model:add model:use model:verify model:remove runtime runtime:install runtime:status runtime:remove eval data data:export data:coverage data:synth data:selector data:confidence data:unnamed data:variants completion'
for command in '' $commands; do
  words=$(echo "$command" | tr ':' ' ')
  # shellcheck disable=SC2086
  run 0 "idi $words --help" "$IDI" $words --help
  silent err
  grep -q '^Usage: idi' out || fail "$what: no usage"
  for option in $(grep -oE '(^|[ ,])--[a-z0-9-]+' out | tr -d ' ,' | sort -u); do
    sed 's/\\-/-/g; s/\\f[BIR]//g' "$manual" | grep -qF -- "$option" ||
      fail "$what: $option is not in the manual page"
  done
  awk -v columns=0 '{ if (length($0) > 110) exit 1 }' out || fail "$what: a line is too long"
done
for command in $commands; do
  name=${command##*:}
  grep -qE "^\.(SS|SH|TP|B).*$name" "$manual" || grep -q "fB.*$name" "$manual" ||
    fail "the manual page has no $command"
done
# And nothing that there is not.
for option in $(sed 's/\\-/-/g; s/\\f[BIR]/ /g' "$manual" | grep -oE '(^|[ ])--[a-z0-9-]+' | tr -d ' ' | sort -u); do
  found=0
  for command in '' $commands; do
    words=$(echo "$command" | tr ':' ' ')
    # shellcheck disable=SC2086
    "$IDI" $words --help | grep -qE -- "(^|[ ,])$option( |$)" && found=1 && break
  done
  [ $found = 1 ] || fail "the manual page has $option, the program has not"
done
for code in 0 1 2 3 4 130; do
  grep -qE "^\.?B? ?$code\$|^$code\$" "$manual" || fail "the manual page has no exit code $code"
done

run 0 'no command' "$IDI"
says out 'Usage: idi'
run 0 'version' "$IDI" --version
grep -qE '^idi [0-9]+\.[0-9]+\.[0-9]+$' out || fail "$what: not as expected"
run 2 'an unknown command' "$IDI" frobnicate
says err 'frobnicate'
says err '--help'
run 2 'an unknown option' "$IDI" ask x --frobnicate
says err 'idi ask --help'
run 2 'a number that is none' "$IDI" ask x --limit many
run 2 'a number out of range' "$IDI" ask x --limit 0
run 2 'an unknown shell' "$IDI" completion tcsh

# What the program needs, not what the machine does beside it: processor time, the least of ten.
least=100000
for _ in 1 2 3 4 5 6 7 8 9 10; do
  took=$(bash -c 'TIMEFORMAT="%U %S"; time "$1" --version >/dev/null' bash "$IDI" 2>&1 |
    awk '{ print int(($1 + $2) * 1000) }')
  [ "$took" -lt $least ] && least=$took
done
[ "$least" -lt 30 ] || fail "--version takes $least ms of processor time"

for shell in bash zsh fish; do
  run 0 "completion $shell" "$IDI" completion $shell
  silent err
  cp out "completion.$shell"
  for word in ask chat serve schema doctor demo create eval data export explain; do
    says "completion.$shell" "$word"
  done
  if command -v $shell >/dev/null; then
    run 0 "$shell reads its completion" $shell -n "completion.$shell"
  fi
done
complete_bash() {
  bash -c '
    source ./completion.bash
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _idi
    printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}
run 0 'bash completes commands' complete_bash idi sch
[ "$(cat out)" = schema ] || fail "$what"
run 0 'bash completes options' complete_bash idi ask --expl
[ "$(cat out)" = --explain ] || fail "$what"
run 0 'bash completes commands of commands' complete_bash idi demo cr
[ "$(cat out)" = create ] || fail "$what"
: >shop.sqlite
run 0 'bash completes files' complete_bash idi ask --db sho
[ "$(cat out)" = shop.sqlite ] || fail "$what"
finish
