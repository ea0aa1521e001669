#!/bin/bash
# `idi serve` as a process: where it listens, how it ends, what it keeps, how it refuses to start.
# bash: a background job of sh ignores SIGINT.
. "$(dirname "$0")/lib.sh"
set -m
shop

# start NAME option…: serves shop.sqlite in the background; its address is in $url.
start() {
  what=$1
  shift
  : >served
  "$IDI" serve --db sqlite:shop.sqlite "$@" >served 2>err </dev/null &
  pid=$!
  for try in $(seq 100); do
    url=$(grep -oE 'https?://[^ ]+' served | head -n 1)
    [ -n "$url" ] && return
    kill -0 $pid 2>/dev/null || break
    sleep 0.1
  done
  fail "$what: it does not answer"
  exit 1
}
# ends SIGNAL CODE: the server goes, with that exit code.
ends() {
  kill -"$1" $pid
  wait $pid
  code=$?
  [ $code = "$2" ] || fail "$what: exit code $code after $1, not $2"
}
get() { curl -sS --max-time 10 "$@" >out 2>>err; }

start 'a free port' --listen 127.0.0.1:0
get "$url/api/health"
[ "$(json out '$.status')" = ok ] || fail "$what: its health is not ok"
get "$url/query" -d 'query=how many customers are there?&ask_back=false'
json_of out
[ "$(json out '$.success')" = 1 ] || fail "$what: no answer to a form"
session=$(json out '$.data.session_id')
ends INT 0

start 'again' --listen 127.0.0.1:0
get "$url/api/sessions/$session"
[ "$(json out '$.turns[0].question')" = 'how many customers are there?' ] ||
  fail "$what: the conversation is gone"
port=${url##*:}

what='a port that is taken'
run 1 "$what" "$IDI" serve --db sqlite:shop.sqlite --listen "127.0.0.1:$port" --sessions other.sqlite
hinted
what='sessions in use'
run 1 "$what" "$IDI" serve --db sqlite:shop.sqlite --listen 127.0.0.1:0
hinted
what='again'
ends TERM 0

start 'TLS wants both files' --listen 127.0.0.1:0
ends TERM 0
run 2 'a certificate without a key' "$IDI" serve --db sqlite:shop.sqlite --certificate cert.pem
run 1 'a certificate that is not there' \
  "$IDI" serve --db sqlite:shop.sqlite --listen 127.0.0.1:0 --certificate cert.pem --private-key key.pem
hinted
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 \
  -subj /CN=localhost -addext 'subjectAltName=IP:127.0.0.1' >/dev/null 2>&1
start 'TLS' --listen 127.0.0.1:0 --certificate cert.pem --private-key key.pem
case $url in https://*) ;; *) fail "$what: the address is $url" ;; esac
get --cacert cert.pem "$url/api/health"
[ "$(json out '$.status')" = ok ] || fail "$what: its health is not ok"
ends TERM 0

start 'the whole network' --listen 0.0.0.0:0
says err 'no login'
ends TERM 0

for address in nonsense 127.0.0.1:99999 '[::1' 300.1.1.1:80 ''; do
  run 2 "the address '$address'" "$IDI" serve --db sqlite:shop.sqlite --listen "$address"
done
run 1 'no such database' "$IDI" serve --db sqlite:absent.sqlite --listen 127.0.0.1:0
hinted
run 2 'no database' "$IDI" serve --listen 127.0.0.1:0
hinted
printf 'this is no database, but a text that is long enough to be looked at as one, with a header' >text
what='sessions that are none'
run 1 "$what" "$IDI" serve --db sqlite:shop.sqlite --listen 127.0.0.1:0 --sessions text
hinted
says text 'this is no database'

# A statement that never ends does not keep the server from ending.
start 'ending with work under way' --listen 127.0.0.1:0
endless=$(mktemp)
curl -sS "$url/query" -d 'query=how many customers are there?&ask_back=false' -o "$endless" &
ends TERM 0
rm -f "$endless"
finish
