#!/bin/sh
. "$(dirname "$0")/lib.sh"
shop
db=sqlite:shop.sqlite

run 2 'an empty question' "$IDI" ask '' --db $db
says err 'empty'
hinted
run 2 'blanks' "$IDI" ask '   ' --db $db
hinted
run 2 'no question at all' "$IDI" ask --db $db
long=$(head -c 100000 /dev/zero | tr '\0' 'a')
run 1 'a hundred thousand characters' "$IDI" ask "$long" --db $db
says err '100000'
hinted
[ "$(wc -c <err)" -lt 1000 ] || fail "$what: the error repeats the question"
run 2 'not UTF-8' "$IDI" ask "$(printf 'how many caf\351 customers')" --db $db
says err 'UTF-8'
hinted
run 3 'another script' "$IDI" ask '今天天气怎么样？' --db $db
says err 'customer'
hinted
run 3 'Cyrillic' "$IDI" ask 'Какая сегодня погода?' --db $db
hinted
run 3 'nothing of the database' "$IDI" ask 'What is the meaning of life?' --db $db
says err 'meaning'
hinted
for question in 'delete all customers' 'please drop the table store' 'update customer set age = 1'; do
  run 3 "$question" "$IDI" ask "$question" --db $db
  says err 'only reads'
  hinted
done
run 0 'about the schema' "$IDI" ask 'what tables are there?' --db $db
says out 'purchase'

# Whatever is asked: an answer or a clear error, never a crash.
for question in '?' '...' "'" '"' '";DROP TABLE store;--' '-- customers' '%s%n customers' '$(id) customers' \
  'customers customers customers customers' '0' '-1 customers' '1e999 customers' '🛒 customers' 'NULL' \
  "customers named O'Hara" 'customers "with quotes' 'How many customers are older than 99999999999999999999?'; do
  "$IDI" ask "$question" --db $db >out 2>err
  code=$? what="asked: $question"
  case $code in 0 | 1 | 2 | 3) ;; *) fail "$what: exit code $code" ;; esac
  if grep -qiE 'terminate called|fault of the program|assert' err; then fail "$what: it crashed"; fi
done
words=$(yes customer | head -n 400 | tr '\n' ' ')
"$IDI" ask "$words" --db $db >out 2>err
code=$? what='four hundred words'
case $code in 0 | 3) ;; *) fail "$what: exit code $code" ;; esac
[ "$(sqlite3 shop.sqlite 'SELECT count(*) FROM store')" = 2 ] || fail 'the database was changed'
finish
