#!/bin/bash
# A PostgreSQL server of its own for a test: in a temporary folder, on a Unix socket, no network,
# nothing written for good. Prints a libpq connection string once it answers, then lives until its
# standard input ends: a caller that dies, however, takes it with it. Exit status 77: not installed.
#
#   mkfifo life; tests/servers/start_postgres.sh <life   # prints host=/tmp/… user=idi dbname=postgres
set -eu
binaries=$(dirname "$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -1 || true)")
if [ ! -x "$binaries/postgres" ]; then
  echo "start_postgres: PostgreSQL is not installed" >&2
  exit 77
fi
binaries=$(dirname "$(readlink -f "$binaries/postgres")")
folder=$(mktemp -d "${TMPDIR:-/tmp}/idi-postgres.XXXXXX")
server=
finish() {
  if [ -n "$server" ]; then
    kill -QUIT "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

# It refuses to run as root.
as=(setpriv)
if [ "$(id -u)" = 0 ]; then
  user=$(getent passwd postgres >/dev/null && echo postgres || echo nobody)
  chown "$user" "$folder"
  as+=(--reuid "$user" --regid "$(id -g "$user")" --clear-groups)
fi
cd "$folder"
"${as[@]}" -- "$binaries/initdb" -D "$folder/data" -U idi -A trust -E UTF8 --no-locale --no-sync \
  >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
# Killed with this script, even if that is killed with -9.
"${as[@]}" --pdeathsig QUIT -- "$binaries/postgres" -D "$folder/data" -k "$folder" \
  -c listen_addresses= -c fsync=off -c max_connections=20 -c shared_buffers=16MB \
  >"$folder/server.log" 2>&1 </dev/null &
server=$!
for _ in $(seq 300); do
  if "$binaries/psql" -h "$folder" -U idi -d postgres -Atc 'SELECT 1' >/dev/null 2>&1; then
    echo "host=$folder user=idi dbname=postgres"
    cat >/dev/null
    exit 0
  fi
  kill -0 "$server" 2>/dev/null || break
  sleep 0.2
done
cat "$folder/server.log" >&2
exit 1
