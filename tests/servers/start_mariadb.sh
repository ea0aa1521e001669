#!/bin/bash
# A MariaDB server of its own for a test: in a temporary folder, on a Unix socket, no network,
# nothing written for good. Prints the socket's path once it answers (user root, no password), then
# lives until its standard input ends: a caller that dies, however, takes it with it. Exit status 77:
# not installed.
set -eu
server_binary=$(command -v mariadbd || ls /usr/sbin/mariadbd 2>/dev/null || true)
if [ -z "$server_binary" ] || ! command -v mariadb-install-db >/dev/null; then
  echo "start_mariadb: MariaDB is not installed" >&2
  exit 77
fi
folder=$(mktemp -d "${TMPDIR:-/tmp}/idi-mariadb.XXXXXX")
server=
finish() {
  if [ -n "$server" ]; then
    kill -KILL "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

as=(setpriv)
if [ "$(id -u)" = 0 ]; then
  user=$(getent passwd mysql >/dev/null && echo mysql || echo nobody)
  chown "$user" "$folder"
  as+=(--reuid "$user" --regid "$(id -g "$user")" --clear-groups)
fi
cd "$folder"
# Small files and no waiting for the disk.
small=(--innodb-buffer-pool-size=8M --innodb-log-file-size=4M --innodb-flush-log-at-trx-commit=0
  --innodb-flush-method=nosync --skip-log-bin)
"${as[@]}" -- mariadb-install-db --no-defaults --datadir="$folder/data" --skip-test-db \
  --auth-root-authentication-method=normal "${small[@]}" >"$folder/install.log" 2>&1 ||
  { cat "$folder/install.log" >&2; exit 1; }
# Killed with this script, even if that is killed with -9.
"${as[@]}" --pdeathsig KILL -- "$server_binary" --no-defaults --datadir="$folder/data" \
  --socket="$folder/socket" --pid-file="$folder/pid" --skip-networking \
  --character-set-server=utf8mb4 "${small[@]}" >"$folder/server.log" 2>&1 </dev/null &
server=$!
for _ in $(seq 300); do
  if mariadb --no-defaults --socket="$folder/socket" --user=root -e 'SELECT 1' >/dev/null 2>&1; then
    echo "$folder/socket"
    cat >/dev/null
    exit 0
  fi
  kill -0 "$server" 2>/dev/null || break
  sleep 0.2
done
cat "$folder/server.log" >&2
exit 1
