#!/bin/sh
# What `make install` puts somewhere works there, and uninstall takes all of it away.
# Environment: BUILD, SOURCE, WEIGHTS.
set -eu
work=$(mktemp -d "${TMPDIR:-/tmp}/idi-install.XXXXXX")
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $1"; exit 1; }

cmake --install "$BUILD" --prefix "$work/usr" >/dev/null
for file in bin/idi share/man/man1/idi.1 share/bash-completion/completions/idi \
  share/zsh/site-functions/_idi share/fish/vendor_completions.d/idi.fish share/doc/idi/LICENSE; do
  [ -s "$work/usr/$file" ] || fail "$file is not installed"
done

export HOME="$work/home"
mkdir "$HOME"
unset IDI_PARSER IDI_MODEL IDI_DB XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME
mkdir -p "$work/usr/share/idi/models"
cp "$WEIGHTS" "$work/usr/share/idi/models/idi-parser.bin"
cd "$work"
sqlite3 shop.sqlite "CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT);
  INSERT INTO customer VALUES (1, 'Ada')"
usr/bin/idi ask 'how many customers are there?' --db sqlite:shop.sqlite >out ||
  fail 'the installed program does not answer'
usr/bin/idi doctor | grep -q "$work/usr/share/idi/models" ||
  fail 'the weights beside the program are not the ones used'

"$SOURCE/scripts/uninstall" "$work/usr" >/dev/null
[ -z "$(find "$work/usr" -type f)" ] || fail "left behind: $(find "$work/usr" -type f)"
echo 'installed, used and removed'
