#!/bin/sh
# Measuring trust, robustness and what each part is worth; fitting the confidence.
. "$(dirname "$0")/lib.sh"
mkdir -p databases/shop databases/zoo
shop databases/shop/shop.sqlite
sqlite3 databases/zoo/zoo.sqlite "
  CREATE TABLE animal (animal_id INTEGER PRIMARY KEY, kind TEXT, legs INTEGER);
  INSERT INTO animal VALUES (1, 'cat', 4), (2, 'crow', 2), (3, 'snake', 0);"
cat >asked.jsonl <<'END'
{"db_id": "shop", "question": "How many customers are there?", "query": "SELECT count(*) FROM customer"}
{"db_id": "shop", "question": "Which stores are in Berlin?", "query": "SELECT name FROM store WHERE city = 'Berlin'"}
{"db_id": "shop", "question": "Show the name of each customer.", "query": "SELECT name FROM customer"}
{"db_id": "zoo", "question": "What kinds of animals are there?", "query": "SELECT kind FROM animal"}
{"db_id": "zoo", "question": "How many legs do all animals have?", "query": "SELECT sum(legs) FROM animal"}
END

run 0 'trust' "$IDI" eval --questions asked.jsonl --databases databases --json --reliability picture.svg
json_of out
[ "$(json out '$.trust.answered.count')" -gt 0 ] || fail "$what: nothing was answered"
[ "$(json out '$.trust.expected_calibration_error')" ] || fail "$what: no calibration error"
grep -q '^<svg xmlns' picture.svg || fail "$what: no picture"
run 0 'trust, asking back' "$IDI" eval --questions asked.jsonl --databases databases --ask-back
says out 'asked back'

run 0 'wrong databases' "$IDI" eval --questions asked.jsonl --databases databases --wrong-databases 1 --report refused --json
json_of out
[ "$(json out '$.wrong_databases.count')" = 5 ] || fail "$what: not five questions"
[ "$(json out '$.own_databases.count')" = 5 ] || fail "$what: not five of their own"
[ -s refused/refusals.json ] && [ "$(wc -l <refused/elsewhere.jsonl)" = 5 ] || fail "$what: no report"
run 0 'wrong databases as text' "$IDI" eval --questions asked.jsonl --databases databases --wrong-databases 1 --threshold 0.9
says out 'less than 90 % sure'
run 2 'one database' "$IDI" eval --questions asked.jsonl --databases databases --only shop --wrong-databases 1
hinted

run 0 'variants' "$IDI" data variants --questions asked.jsonl --out variants
for name in original synonyms unnamed typos lower_case keywords; do
  [ "$(wc -l <variants/$name.jsonl)" = 5 ] || fail "$what: $name has not five questions"
done
run 0 'asking variants' "$IDI" eval --variants variants --databases databases
says out 'keywords'
run 0 'asking variants for programs' "$IDI" eval --variants variants --databases databases --json --report kept
json_of out
[ "$(json out '$[5].name')" = keywords ] || fail "$what: the sixth is another"
[ -s kept/typos/summary.json ] || fail "$what: no report"
rm variants/typos.jsonl
run 1 'a variant is missing' "$IDI" eval --variants variants --databases databases
says err 'typos.jsonl'

run 0 'ablations' "$IDI" eval --questions asked.jsonl --databases databases --ablations --json
json_of out
[ "$(json out '$[0].name')" = everything ] || fail "$what: everything comes first"
[ "$(json out '$[7].name')" = 'without selector' ] || fail "$what: seven parts are left out"
run 0 'without parts' "$IDI" eval --questions asked.jsonl --databases databases --without linking,values
run 2 'without a part that there is not' "$IDI" eval --questions asked.jsonl --databases databases --without luck
run 2 'two measures at once' "$IDI" eval --questions asked.jsonl --databases databases --ablations --wrong-databases 1

# Weights that know nothing answer nothing right: where there is nothing to tell apart nothing is stored.
cp "$WEIGHTS" fitted.bin
cat >told.jsonl <<'END'
{"db_id": "shop", "question": "How many customers are there?", "query": "SELECT 'nothing like it', 1, 2, 3"}
{"db_id": "zoo", "question": "What kinds of animals are there?", "query": "SELECT 'nothing like it', 1, 2, 3"}
END
run 2 'fitting to one kind of answer' "$IDI" data confidence --questions told.jsonl --databases databases --into fitted.bin
says err 'some answers are right and some wrong'
cmp -s "$WEIGHTS" fitted.bin || fail "$what: the weights changed"
finish
