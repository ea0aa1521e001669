#!/bin/sh
. "$(dirname "$0")/lib.sh"
shop
db=sqlite:shop.sqlite
question='what tables are there?'

run 0 'json' "$IDI" ask "$question" --no-questions --db $db --json
json_of out
silent err
[ "$(json out '$.row_count')" = 3 ] || fail "$what: row_count"
[ "$(json out '$.kind')" = schema ] || fail "$what: kind"
run 0 'json of a query' "$IDI" ask 'how many customers are there?' --no-questions --db $db --json
json_of out
for member in sql rows columns confidence explanation.text candidates warnings phase_ms.generating \
  total_ms truncated; do
  [ -n "$(json out "\$.$member")" ] || fail "$what: no $member"
done
run 3 'json of an error' "$IDI" ask 'delete all customers' --db $db --json
json_of out
[ "$(json out '$.error.code')" = refused ] || fail "$what: code"
run 0 'csv' "$IDI" ask "$question" --no-questions --db $db --csv
says out 'table,rows,columns'
says out '"store_id, name, city"'
run 0 'sql only' "$IDI" ask 'how many customers are there?' --no-questions --db $db --sql-only
[ "$(wc -l <out)" = 1 ] || fail "$what: not one line"
grep -q '^SELECT ' out || fail "$what: no statement"
sqlite3 shop.sqlite "$(cat out)" >/dev/null 2>err || fail "$what: it does not run"
run 0 'schema as json' "$IDI" schema --db $db --json
json_of out
run 0 'doctor as json' "$IDI" doctor --db $db --json
json_of out
run 2 'two formats at once' "$IDI" ask "$question" --db $db --csv --json

# No terminal: no colours, no progress.
run 0 'piped' "$IDI" ask "$question" --no-questions --db $db
silent err
if grep -q "$(printf '\033')" out; then fail "$what: escape sequences"; fi

what='a full disk'
"$IDI" ask "$question" --no-questions --db $db >/dev/full 2>err
code=$?
[ $code = 1 ] || fail "$what: exit code $code"
says err 'disk is full'
what='a closed output'
"$IDI" ask "$question" --no-questions --db $db >&- 2>err
code=$?
[ $code = 1 ] || fail "$what: exit code $code"
says err 'cannot write the output'
what='everything closed'
"$IDI" --version <&- >&- 2>&-
code=$?
[ $code = 1 ] || fail "$what: exit code $code"
what='a reader that left'
{ "$IDI" schema --db $db; echo $? >code; } 2>err | true
sleep 0.3
case $(cat code) in 0 | 1) ;; *) fail "$what: exit code $(cat code)" ;; esac
[ -z "$(json_of err 2>/dev/null)" ] || true

# Cells cannot command the terminal.
sqlite3 evil.sqlite "CREATE TABLE note (note_id INTEGER, body TEXT);
  INSERT INTO note VALUES (1, char(27) || '[2J' || char(7) || char(155) || 'x' || char(8238) || 'y');"
run 0 'control characters in cells' sh -c "printf '\\\\sql SELECT body FROM note\n' | \"$IDI\" chat --db sqlite:evil.sqlite"
says out '\x1b[2J\x07\x9bx\u202ey'
finish
