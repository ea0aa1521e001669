#!/bin/sh
# Trainer and runtime compute one network: after a few steps of training on real examples, both score
# the targets with the new weights.
# Environment: IDI, TRAINER, SCORE (programs), IDI_DATA (skips without it).
set -eu
data=${IDI_DATA:-../shared/data}
[ -r "$data/spider/dev.json" ] || { echo "skipped: no data at $data"; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export_examples() { # NAME FILE OPTIONS…
  name=$1 file=$2
  shift 2
  "$IDI" data export --source "$name=$file" --databases "$data/spider/database" \
    --tables "$data/spider/tables.json" --limit 60 --out "$work/$name.bin" "$@" >/dev/null
}

compare() { # WEIGHTS EXAMPLES
  "$SCORE" "$1" "$2" >"$work/runtime"
  "$TRAINER" --score "$1" "$2" >"$work/trainer"
  paste "$work/runtime" "$work/trainer" | awk '
    { difference = $3 - $7; if (difference < 0) difference = -difference
      if ($1 != $5 || $2 != $6) { print "other step at line " NR; exit 1 }
      if (difference > most) most = difference }
    END { print NR " steps, largest difference " most; exit !(NR > 200 && most < 1e-3) }'
}

export_examples train "$data/spider/train_spider.json"
"$TRAINER" "$work/train.bin" "$work/new.bin" --steps 20 --batch 8 --threads 1 >/dev/null
compare "$work/new.bin" "$work/train.bin"
