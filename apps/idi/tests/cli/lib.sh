# Sourced by the command-line tests. Each runs in an empty folder of its own with a home of its own;
# IDI is the program, WEIGHTS a weights file that knows nothing but fits.
# shellcheck shell=sh
set -u

work=$(mktemp -d "${TMPDIR:-/tmp}/idi-cli.XXXXXX")
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1
export HOME="$work/home"
mkdir "$HOME"
unset IDI_DB IDI_MODEL XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME NO_COLOR
export IDI_PARSER="$WEIGHTS"
failures=0

fail() {
  failures=$((failures + 1))
  printf 'FAILED: %s\n' "$1"
  [ -s out ] && sed 's/^/  out: /' out | head -n 8
  [ -s err ] && sed 's/^/  err: /' err | head -n 8
  return 0
}

# run CODE NAME command…: runs it with streams in out and err, and wants that exit code.
run() {
  wanted=$1 what=$2
  shift 2
  "$@" >out 2>err </dev/null
  code=$?
  [ "$code" = "$wanted" ] || fail "$what: exit code $code, not $wanted"
}
# says FILE TEXT: the text stands in the file.
says() { grep -qF -- "$2" "$1" || fail "$what: \"$2\" is not in $1"; }
silent() { [ ! -s "$1" ] || fail "$what: $1 is not empty"; }
# hinted: an error of one or more lines, the second of which helps; no trace of a crash.
hinted() {
  grep -q '^idi: ' err || fail "$what: no error message"
  [ "$(wc -l <err)" -ge 2 ] || fail "$what: no hint"
  if grep -qiE 'terminate called|segmentation|assert|what\(\)|fault of the program' err; then
    fail "$what: it crashed"
  fi
}
json_of() {
  [ "$(sqlite3 :memory: "SELECT json_valid(CAST(readfile('$1') AS TEXT))")" = 1 ] ||
    fail "$what: $1 is no JSON"
}
# json FILE PATH: the value there.
json() { sqlite3 :memory: "SELECT json_extract(CAST(readfile('$1') AS TEXT), '$2')"; }

shop() {
  sqlite3 "${1:-shop.sqlite}" "
    CREATE TABLE store (store_id INTEGER PRIMARY KEY, name TEXT, city TEXT);
    CREATE TABLE customer (customer_id INTEGER PRIMARY KEY, name TEXT, age INTEGER);
    CREATE TABLE purchase (purchase_id INTEGER PRIMARY KEY,
      customer_id INTEGER REFERENCES customer, store_id INTEGER REFERENCES store, amount REAL);
    INSERT INTO store VALUES (1, 'Harbour', 'Hamburg'), (2, 'Centre', 'Berlin');
    INSERT INTO customer VALUES (1, 'Ada', 36), (2, 'Grace', 45), (3, 'Alan', NULL);
    INSERT INTO purchase VALUES (1, 1, 2, 10.5), (2, 2, 1, 20.0), (3, 1, 1, 5.25);"
}

# Every query over it runs for ever.
endless() {
  sqlite3 "${1:-endless.sqlite}" "
    CREATE VIEW numbers AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
      SELECT count(*) AS number, max(i) AS size FROM n;"
}

now_ms() { echo $(($(date +%s%N) / 1000000)); }

finish() {
  [ "$failures" = 0 ] || exit 1
  echo 'all as it should be'
}
