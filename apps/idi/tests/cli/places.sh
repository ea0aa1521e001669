#!/bin/sh
. "$(dirname "$0")/lib.sh"
shop
db=sqlite:shop.sqlite
question='how many customers are there?'

run 0 'a fresh home' "$IDI" ask "$question" --no-questions --db $db
silent err
[ -d "$HOME/.cache/idi" ] || fail "$what: no cache"
run 0 'another cache' env XDG_CACHE_HOME="$work/elsewhere" "$IDI" ask "$question" --no-questions --db $db
[ -d elsewhere/idi ] || fail "$what: not used"

run 0 'a home that cannot be written' env HOME=/dev/null/home "$IDI" ask "$question" --no-questions --db $db
says err 'each time'
run 0 'no home' env -u HOME "$IDI" ask "$question" --no-questions --db $db
says err 'each time'
run 0 'doctor says so' env HOME=/dev/null/home "$IDI" doctor --db $db
says out '! cache'
run 0 'chat without a place for its history' \
  sh -c "echo 'what tables are there?' | HOME=/dev/null/home \"$IDI\" chat --db $db"
says out 'purchase'

run 0 'the database from the environment' env IDI_DB=$db "$IDI" ask "$question" --no-questions
run 0 'a plain path' "$IDI" ask "$question" --no-questions --db shop.sqlite

# A read-only folder: nothing is written beside the database.
mkdir vault
cp shop.sqlite vault/
chmod 555 vault
run 0 'a read-only folder' "$IDI" ask "$question" --no-questions --db sqlite:vault/shop.sqlite
[ "$(ls vault)" = shop.sqlite ] || fail "$what: files were left there"

# The index follows the data.
sqlite3 shop.sqlite "INSERT INTO store VALUES (3, 'Zorblax', 'Wien')"
run 0 'new values' "$IDI" ask 'show Zorblax' --no-questions --db $db
finish
