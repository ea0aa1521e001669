#!/bin/sh
# `idi runtime`: the llama-server that the tests use (IDI_RUNTIME), and places where there is none.
. "$(dirname "$0")/lib.sh"
there=$IDI_RUNTIME
unset IDI_LLAMA_SERVER
mkdir empty
nothing="env PATH=$work/empty IDI_RUNTIME=$work/prefix"

run 1 'none' $nothing "$IDI" runtime status
says out 'idi runtime install'
silent err
run 1 'none, as JSON' $nothing "$IDI" runtime status --json
json_of out
[ "$(json out '$.good')" = 0 ] || fail "$what: good"
run 0 'doctor can do without' $nothing "$IDI" doctor
says out 'idi runtime install'
run 0 'nothing to remove' $nothing "$IDI" runtime remove
run 1 'no apt' $nothing "$IDI" runtime install
hinted
says err 'IDI_LLAMA_SERVER'
[ ! -e prefix ] || fail "$what: a part was left"

if command -v apt-get >/dev/null; then
  run 1 'no such mirror' env IDI_RUNTIME="$work/prefix" "$IDI" runtime install \
    --mirror http://127.0.0.1:1/debian
  hinted
  says err '127.0.0.1:1'
  [ ! -e prefix ] && [ ! -e prefix.new ] || fail "$what: a part was left"
fi

mkdir prefix
echo mine >prefix/file
run 1 'a folder with something else' env IDI_RUNTIME="$work/prefix" "$IDI" runtime install
hinted
run 1 'it is not removed either' env IDI_RUNTIME="$work/prefix" "$IDI" runtime remove
[ "$(cat prefix/file)" = mine ] || fail "$what: it was touched"

run 1 'a server that is no program' env IDI_LLAMA_SERVER=/dev/null "$IDI" runtime status
hinted
run 0 'the doctor says so too' env IDI_LLAMA_SERVER=/dev/null "$IDI" doctor
says out 'IDI_LLAMA_SERVER'

run 0 'the one of the tests' "$IDI" runtime status
says out 'llama-server  '
run 0 'as JSON' "$IDI" runtime status --json
json_of out
[ "$(json out '$.good')" = 1 ] || fail "$what: not good"
run 0 'the doctor knows it' "$IDI" doctor
says out 'llama-server'

if [ -e "$there/manifest" ]; then
  run 0 'what is whole is kept' "$IDI" runtime install
  says out "$there"
  cp -a "$there" copy
  export IDI_RUNTIME="$work/copy"
  run 0 'it may be moved' env PATH="$PATH" "$IDI" runtime status
  printf 'x' >>"copy/$(sed -n 's/^server //p' copy/manifest)"
  run 1 'a changed file' "$IDI" runtime status
  hinted
  says err 'llama-server'
  run 0 'it is removed' "$IDI" runtime remove
  [ ! -e copy ] && [ ! -e copy.lock ] || fail "$what: something is left"
fi
finish
