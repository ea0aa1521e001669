#!/bin/sh
. "$(dirname "$0")/lib.sh"
run 0 'create' "$IDI" demo create shop.sqlite
says out 'shop.sqlite'
rows=$(sqlite3 shop.sqlite 'SELECT count(*) FROM order_lines')
[ "$rows" -gt 100000 ] || fail "$what: $rows order lines"
run 1 'it is there already' "$IDI" demo create shop.sqlite
says err '--force'
run 0 'in the usual place' "$IDI" demo create
[ -s "$HOME/.local/share/idi/demo/shop.sqlite" ] || fail "$what: not there"
cmp -s shop.sqlite "$HOME/.local/share/idi/demo/shop.sqlite" || fail 'two demo databases differ'
run 1 'no such folder' "$IDI" demo create nowhere/shop.sqlite
hinted
run 2 'no file' "$IDI" demo create /dev/null --force
hinted
[ -c /dev/null ] || fail 'a device was replaced'
run 1 'no room for it' sh -c "ulimit -f 2000; exec \"$IDI\" demo create small.sqlite"
hinted
[ ! -e small.sqlite ] || fail "$what: a part was left"
[ "$(ls)" = "$(printf '%s\n' err home out shop.sqlite)" ] || fail "$what: files were left: $(ls)"
finish
