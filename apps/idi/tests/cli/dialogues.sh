#!/bin/sh
# Measuring dialogues: what comes out, and what is said of files that are no dialogues.
. "$(dirname "$0")/lib.sh"
mkdir -p databases/shop
shop databases/shop/shop.sqlite
cat >talk.jsonl <<'END'
{"db_id": "shop", "turns": [{"question": "How many customers are there?", "query": "SELECT count(*) FROM customer"}, {"question": "and stores?", "query": "SELECT count(*) FROM store"}]}
END
cat >talk.json <<'END'
[{"database_id": "shop", "interaction": [{"utterance": "How many stores are there?", "query": "SELECT count(*) FROM store"}]}]
END

for context in none own gold; do
  run 0 "context $context" "$IDI" eval --dialogues talk.jsonl --databases databases --json --context $context
  json_of out
  [ "$(json out '$.context')" = $context ] || fail "$what: another context"
  [ "$(json out '$.questions.count')" = 2 ] || fail "$what: not two questions"
  [ "$(json out '$.interactions.count')" = 1 ] || fail "$what: not one interaction"
done
[ "$(json out '$.follow_ups')" = 1 ] || fail "$what: the second turn follows up"
run 0 'each turn alone' "$IDI" eval --dialogues talk.jsonl --databases databases --json --context none
[ "$(json out '$.follow_ups')" = 0 ] || fail "$what: nothing follows up"
run 0 'as SParC writes it' "$IDI" eval --dialogues talk.json --databases databases --report told
says out 'question match'
says out 'interaction match'
[ -s told/summary.json ] && [ -s told/dialogues.jsonl ] || fail "$what: no report"

run 2 'nothing to ask' "$IDI" eval --databases databases
says err '--dialogues'
hinted
run 1 'no such file' "$IDI" eval --dialogues nowhere.json --databases databases
says err 'nowhere.json'
hinted
echo '{"db_id": "shop", "turns": [{"question": 7}]}' >broken.jsonl
run 2 'no dialogue' "$IDI" eval --dialogues broken.jsonl --databases databases
says err 'line 1'
hinted
sed 's/"shop"/"moon"/' talk.jsonl >moon.jsonl
run 1 'unknown database' "$IDI" eval --dialogues moon.jsonl --databases databases
says err 'moon'
hinted
run 2 'questions and dialogues' "$IDI" eval --dialogues talk.json --questions talk.json --databases databases
run 2 'predictions for dialogues' "$IDI" eval --dialogues talk.json --predictions talk.json --databases databases
run 2 'another context' "$IDI" eval --dialogues talk.json --databases databases --context other
run 2 'context without dialogues' "$IDI" eval --questions talk.json --databases databases --context own
finish
