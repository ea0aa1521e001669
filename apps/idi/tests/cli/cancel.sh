#!/bin/bash
# bash: a background job of sh ignores SIGINT.
. "$(dirname "$0")/lib.sh"
set -m
endless

# interrupt NAME command…: Ctrl-C after a while must end it, with 130, within 100 ms (and 50 for
# what this script itself takes). A machine that is busy with other things gets more tries.
interrupt() {
  what=$1
  shift
  for try in 1 2 3 4 5; do
    "$@" >out 2>err </dev/null &
    pid=$!
    sleep 1
    kill -0 $pid 2>/dev/null || fail "$what: it had ended before"
    begin=$(now_ms)
    kill -INT $pid
    wait $pid
    code=$?
    took=$(($(now_ms) - begin))
    [ $code = 130 ] || fail "$what: exit code $code, not 130"
    if kill -0 $pid 2>/dev/null; then fail "$what: still running"; fi
    [ $took -lt 150 ] && return
  done
  fail "$what: it took $took ms, $try times"
}

interrupt 'ask' "$IDI" ask 'what is the number of numbers?' --db sqlite:endless.sqlite
says err 'idi: '
printf '\\sql WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT count(*) FROM n\n' >lines
interrupt 'chat' sh -c "exec \"$IDI\" chat --db sqlite:endless.sqlite <lines"

what='time limit'
begin=$(now_ms)
run 4 'time limit' "$IDI" ask 'what is the number of numbers?' --db sqlite:endless.sqlite --timeout 0.8
took=$(($(now_ms) - begin))
[ $took -lt 2500 ] || fail "$what: it took $took ms"
hinted
finish
