#!/bin/sh
# A language model beside the parser: the options, and what is said when the model is not there.
. "$(dirname "$0")/lib.sh"
export IDI_PARSER="$SOURCE/models/idi-parser.bin"
export IDI_RUNTIME="$SOURCE/build/runtime"
model=$SOURCE/models/idi-nano.gguf
question='How many customers are there?'
shop
ask() { "$IDI" ask "$question" --db sqlite:shop.sqlite "$@"; }

run 0 'no model' ask --model none --json
[ "$(json out '$.agreement')" = only_parser ] || fail "$what: not the parser alone"
[ "$(json out '$.written_by')" = parser ] || fail "$what: not the parser's"
run 2 'a policy without a model' ask --model none --policy careful
hinted
run 2 'an unknown policy' ask --policy quick
run 2 'two models' ask --model x --llm http://127.0.0.1:1
hinted
run 1 'a model that nobody added' ask --model no-such-model
hinted
run 1 'a model file that is not there' ask --model ./none.gguf
head -c 5000 /dev/zero >noise.gguf
run 1 'a file that is no model' ask --model noise.gguf
hinted
run 1 'the weights of the parser as a model' ask --model "$IDI_PARSER"
says err '--parser'
run 1 'a key that is not there' ask --llm http://127.0.0.1:1 --llm-key-file nowhere
hinted

run 0 'nobody at the address' ask --llm http://127.0.0.1:1 --policy careful
says out 'The language model gave no answer'
says out 'confidence'

# A server that refuses every key.
node -e 'const s = require("http").createServer((q, r) => { r.statusCode = 401; r.end("{\"error\":{\"message\":\"no\"}}"); });
s.listen(0, "127.0.0.1", () => require("fs").writeFileSync("port", String(s.address().port)));' &
server=$!
while [ ! -s port ]; do sleep 0.05; done
echo secret-of-mine >key
run 2 'a wrong key' ask --llm "http://127.0.0.1:$(cat port)" --llm-key-file key --policy careful
says err 'key'
grep -q secret-of-mine out err && fail "$what: it tells the key"
kill $server

if [ ! -s "$model" ] || [ ! -d "$IDI_RUNTIME" ]; then
  finish
  exit 0
fi
for policy in careful model; do
  run 0 "policy $policy" ask --model "$model" --policy $policy --timeout 120 --json
  json_of out
  [ "$(json out '$.model')" = idi-nano ] || fail "$what: no model's name"
  [ "$(json out '$.model_timings.requests')" -ge 1 ] || fail "$what: no timings"
done
[ "$(json out '$.written_by')" = model ] || fail "$what: not the model's"
run 0 'fast' env IDI_MODEL="$model" "$IDI" ask "$question" --db sqlite:shop.sqlite --timeout 120
run 0 'doctor' "$IDI" doctor --model "$model"
says out 'idi-nano answers'
finish
