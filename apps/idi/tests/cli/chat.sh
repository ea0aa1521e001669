#!/bin/sh
. "$(dirname "$0")/lib.sh"
shop
db=sqlite:shop.sqlite

chat() { printf '%s\n' "$@" | "$IDI" chat --db $db; }
run 0 'a conversation' chat 'what tables are there?' '' '\schema customer' '\explain on' \
  '\sql SELECT name FROM store ORDER BY name' '\help' '\quit' 'not read any more'
says out 'purchase'
says out 'customer_id'
says out 'Harbour'
says out 'Ctrl-C'
silent err
run 2 'an unknown command' chat '\frobnicate'
says err 'frobnicate'
run 3 'a refused change, then more' chat 'delete all customers' '\sql SELECT 41 + 1'
says err 'only reads'
says out '42'
run 3 'a statement that writes' chat '\sql DELETE FROM store'
run 3 'no statement' chat '\sql SELEC 1'
run 1 'a statement with a fault' chat '\sql SELECT nothing FROM store'
run 1 'an unknown table' chat '\schema nowhere'
run 0 'an end without a line end' sh -c "printf 'what tables are there?' | \"$IDI\" chat --db $db"
says out 'purchase'

# The data may change between two questions.
changing() {
  { echo '\sql SELECT count(*) AS before FROM store'; sleep 1
    sqlite3 shop.sqlite "CREATE TABLE later (later_id INTEGER PRIMARY KEY)"; echo '\schema'
    echo 'what tables are there?'; } | "$IDI" chat --db $db
}
run 0 'a change between questions' changing
says out 'later'

# On a terminal: prompt, editing, history, colours. script(1) makes the terminal.
if command -v script >/dev/null; then
  what='on a terminal'
  (sleep 1; printf '\\schema stoer\b\bre\r'; sleep 1; printf 'dropped\003'; sleep 0.3
    printf '\004') |
    script -qefc "env TERM=xterm LANG=C.UTF-8 \"$IDI\" chat --db $db" /dev/null >out 2>err
  code=$?
  [ $code = 0 ] || fail "$what: exit code $code"
  says out 'idi> '
  says out 'store_id'
  grep -q 'schema.*store' "$HOME/.local/state/idi/history" || fail "$what: no history"
  if grep -q dropped "$HOME/.local/state/idi/history"; then fail "$what: Ctrl-C did not drop"; fi
  [ "$(stat -c %a "$HOME/.local/state/idi/history")" = 600 ] || fail "$what: others can read it"
fi
finish
