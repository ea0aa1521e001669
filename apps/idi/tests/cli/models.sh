#!/bin/sh
# The models of a machine: pulling from a mirror that misbehaves, adding, choosing, verifying.
. "$(dirname "$0")/lib.sh"
command -v node >/dev/null || { echo 'no node here'; exit 77; }

mkdir served
half=qwen2.5-coder-0.5b-instruct-q8_0.gguf
"$SMALL_MODEL" served/$half qwen2 24 896 || exit 1
"$SMALL_MODEL" served/qwen2.5-coder-7b-instruct-q4_k_m.gguf qwen2 24 896
node "$SOURCE/apps/idi/tests/cli/mirror.mjs" served port & mirror=$!
trap 'kill $mirror 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
base=http://127.0.0.1:$(cat port)
models=$HOME/.local/share/idi/models

run 0 'an empty list' "$IDI" model list
says out 'the built-in parser answers alone'
says out 'qwen2.5-coder-7b'
says out 'Qwen Research License'
run 0 'the list as JSON' "$IDI" model list --json
json_of out
[ "$(json out '$.catalogue[0].name')" = qwen2.5-coder-0.5b ] || fail "$what: the first"

run 0 'a mirror that breaks off' "$IDI" model pull qwen2.5-coder-0.5b --mirror "$base/cut" --use
says out 'is in use'
says out "$(sha256sum <served/$half | cut -d' ' -f1)"
silent err
cmp -s served/$half "$models/qwen2.5-coder-0.5b.gguf" || fail "$what: the file differs"
run 0 'what is here is not fetched again' "$IDI" model pull qwen2.5-coder-0.5b --mirror http://127.0.0.1:1
run 0 'it is shown' "$IDI" model list --json
[ "$(json out '$.models[0].in_use')" = 1 ] || fail "$what: not in use"
run 0 'it is whole' "$IDI" model verify qwen2.5-coder-0.5b
says out 'is whole'

run 2 'a licence must be accepted' "$IDI" model pull qwen2.5-coder-3b --mirror "$base/good"
says err 'Qwen Research License'
says err '--accept-licence'
run 1 'a file that is not there' "$IDI" model pull qwen2.5-coder-3b --accept-licence --mirror "$base/good"
says err 'HTTP 404'
hinted
run 1 'another model under the name' "$IDI" model pull qwen2.5-coder-7b --mirror "$base/good"
says err 'another model than qwen2.5-coder-7b'
hinted
run 1 'a web page' "$IDI" model pull "$base/page/$half" --name page
says err 'a web page'
hinted
run 1 'no server' "$IDI" model pull http://127.0.0.1:1/a.gguf
hinted
run 2 'no address' "$IDI" model pull ftp://a/b.gguf
hinted
run 1 'an unknown name' "$IDI" model pull gpt-9
says err 'qwen2.5-coder-1.5b'
ls "$models" | grep -q part && fail 'a wrong file was kept'

"$IDI" model pull "$base/slow/$half" --name slow >out 2>err & pull=$!
for _ in $(seq 100); do [ -s "$models/slow.part" ] && break; sleep 0.1; done
kill -INT $pull
wait $pull
[ $? = 130 ] || fail 'Ctrl-C: not 130'
what='Ctrl-C' && says err 'pull again'
run 0 'what came is shown' "$IDI" model list
says out 'unfinished (of 2 MB)'
run 0 'an unfinished one goes' "$IDI" model remove slow

"$SMALL_MODEL" mine.gguf llama 2 64
run 0 'a file of ours' "$IDI" model add mine.gguf
run 0 'used by its name' "$IDI" model use mine
run 1 'a name that is taken' "$IDI" model add mine.gguf
hinted
printf '<html>' >page.gguf
run 1 'a page' "$IDI" model add page.gguf
hinted
head -c 100000 mine.gguf >cut.gguf
run 1 'a file that is cut' "$IDI" model add cut.gguf
says err 'bytes are missing'
run 1 'a model is no adapter' "$IDI" model add mine.gguf --adapter-of mine --role verification
says err 'no LoRA adapter'
run 2 'a role that is none' "$IDI" model add mine.gguf --adapter-of mine --role poet
says err 'sql_generator'
printf x | dd of=mine.gguf bs=1 seek=900000 conv=notrunc 2>/dev/null
run 1 'a file that changed' "$IDI" model verify mine
says err 'not what it was'

"$SMALL_MODEL" huge.gguf llama 100000 100000
run 0 'a model of a giant' "$IDI" model add huge.gguf
run 1 'too large for this machine' "$IDI" model use huge
says err 'of memory, and'
says err 'are available'
hinted
run 0 'anyway' "$IDI" model use huge --anyway
run 0 'none' "$IDI" model use none
run 1 'one that is not here' "$IDI" model use nobody
hinted
run 0 'forgotten' "$IDI" model remove mine
[ -f mine.gguf ] || fail 'a file of the user was deleted'
run 0 'deleted' "$IDI" model remove qwen2.5-coder-0.5b
[ ! -e "$models/qwen2.5-coder-0.5b.gguf" ] || fail "$what: the file is still there"
finish
