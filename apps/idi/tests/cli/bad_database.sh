#!/bin/sh
. "$(dirname "$0")/lib.sh"
question='how many customers are there?'

run 1 'missing file' "$IDI" ask "$question" --db sqlite:nowhere.sqlite
says err 'nowhere.sqlite'
hinted

mkdir folder
run 1 'a folder' "$IDI" ask "$question" --db sqlite:folder
hinted

: >empty.sqlite
run 1 'an empty file' "$IDI" ask "$question" --db sqlite:empty.sqlite
hinted

echo 'name,age' >table.csv
run 1 'another kind of file' "$IDI" ask "$question" --db sqlite:table.csv
hinted

head -c 8192 /dev/urandom >encrypted.sqlite
run 1 'an encrypted file' "$IDI" ask "$question" --db sqlite:encrypted.sqlite
hinted

shop whole.sqlite
head -c 5000 whole.sqlite >cut.sqlite
run 1 'a file cut short' "$IDI" ask "$question" --db sqlite:cut.sqlite
hinted

cp whole.sqlite damaged.sqlite
dd if=/dev/urandom of=damaged.sqlite bs=1 seek=100 count=3000 conv=notrunc 2>/dev/null
run 1 'a damaged file' "$IDI" ask "$question" --db sqlite:damaged.sqlite
hinted

sqlite3 bare.sqlite 'PRAGMA user_version = 1; VACUUM;'
run 1 'no table' "$IDI" ask "$question" --db sqlite:bare.sqlite
says err 'no table'
hinted

if [ "$(id -u)" != 0 ]; then
  cp whole.sqlite private.sqlite
  chmod 000 private.sqlite
  run 1 'no permission' "$IDI" ask "$question" --db sqlite:private.sqlite
  hinted
fi

run 1 'another kind of database' "$IDI" ask "$question" --db postgres://reader@db/sales
says err 'postgres'
hinted
run 2 'no database named' "$IDI" ask "$question"
hinted
run 2 'an address without a file' "$IDI" ask "$question" --db sqlite:
hinted

{
  printf 'CREATE TABLE wide (id INTEGER PRIMARY KEY'
  i=1
  while [ $i -lt 2000 ]; do printf ', column_%d TEXT' $i; i=$((i + 1)); done
  echo '); INSERT INTO wide (id, column_7) VALUES (1, '"'seven'"');'
} | sqlite3 wide.sqlite
run 0 'two thousand columns' "$IDI" schema --db sqlite:wide.sqlite --json
json_of out
"$IDI" ask 'what is column 7 of wide?' --db sqlite:wide.sqlite --timeout 300 >out 2>err
code=$? what='a question over two thousand columns'
[ $code = 0 ] || [ $code = 3 ] || fail "$what: exit code $code"

sqlite3 odd.sqlite '
  CREATE TABLE "order" ("select" TEXT, "group by" INTEGER, "quo""te" TEXT, "größe in cm" REAL,
    "名前" TEXT, "semi;colon" TEXT, "%s" TEXT, "" TEXT);
  CREATE TABLE "with space" (id INTEGER PRIMARY KEY, "from" TEXT);
  INSERT INTO "order" VALUES ('"'x', 1, 'y', 2.5, '太郎', ';', '%d', 'e'"');'
run 0 'odd names in the schema' "$IDI" schema --db sqlite:odd.sqlite
says out '名前'
for question in 'show the select of order' 'what is the größe in cm?' 'list 名前' 'how many with space' \
  'group by of order'; do
  "$IDI" ask "$question" --db sqlite:odd.sqlite >out 2>err
  code=$? what="odd names: $question"
  [ $code = 0 ] || [ $code = 3 ] || fail "$what: exit code $code"
done
[ "$(sqlite3 odd.sqlite 'SELECT count(*) FROM "order"')" = 1 ] || fail 'the database was changed'
finish
