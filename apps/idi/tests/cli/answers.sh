#!/bin/sh
# The weights that the project ships, over the demo database: plain questions have right answers.
. "$(dirname "$0")/lib.sh"
export IDI_PARSER="$SOURCE/models/idi-parser.bin"
if [ ! -s "$IDI_PARSER" ]; then
  echo "skipped: there is no $IDI_PARSER"
  exit 77
fi
"$IDI" demo create shop.sqlite >/dev/null || fail 'no demo database'

# same NAME QUESTION SQL: the question gives the rows of the SQL.
same() {
  what=$1
  run 0 "$what" "$IDI" ask "$1" --db sqlite:shop.sqlite --json
  sqlite3 shop.sqlite "SELECT json_group_array(json_array(value)) FROM ($2)" >wanted
  sqlite3 :memory: "SELECT json_extract(CAST(readfile('out') AS TEXT), '$.rows')" >got
  cmp -s wanted got || fail "$what: $(head -c 300 got), not $(head -c 300 wanted)"
}
same 'How many customers are there?' 'SELECT count(*) AS value FROM customers'
same 'How many customers live in Germany?' \
  "SELECT count(*) AS value FROM customers WHERE country = 'Germany'"
same 'What is the most expensive product?' \
  'SELECT name AS value FROM products ORDER BY price DESC LIMIT 1'
same 'What is the average salary of employees?' 'SELECT avg(salary) AS value FROM employees'
run 3 'a change' "$IDI" ask 'Delete all customers' --db sqlite:shop.sqlite
run 3 'something else' "$IDI" ask 'Tell me a joke' --db sqlite:shop.sqlite

# A conversation: a follow-up is read in its light and shown as it was understood.
chat() { printf '%s\n' "$@" | "$IDI" chat --db sqlite:shop.sqlite; }
run 0 'a follow-up' chat 'How many customers live in Germany?' 'and in Austria?' 'as a table please'
grep -q '^Understood as: .*customers.*Austria' out || fail "$what: not understood"
says out "country = 'Austria'"
says out "where the country is “Austria”."
run 3 'a picture of nothing' chat 'as a pie please'
says err 'nothing to draw'
run 3 'thanks' chat 'thank you!'
says err 'you are welcome'

# The same question twice gives the same answer.
for _ in 1 2; do
  "$IDI" ask 'Which employees earn more than 60000?' --db sqlite:shop.sqlite --csv >>twice 2>/dev/null
done
lines=$(wc -l <twice)
[ "$(head -n $((lines / 2)) twice)" = "$(tail -n $((lines / 2)) twice)" ] || fail 'two answers differ'
finish
