#!/bin/sh
# The same question gives the same SQL: in every process, beside others, and when there is little
# computing time.
. "$(dirname "$0")/lib.sh"
export IDI_PARSER="$SOURCE/models/idi-parser.bin"
if [ ! -s "$IDI_PARSER" ]; then
  echo "skipped: there is no $IDI_PARSER"
  exit 77
fi
"$IDI" demo create shop.sqlite >/dev/null || fail 'no demo database'
cat >questions <<'END'
Which five products have been ordered most often?
How many orders did each customer from France place?
What is the average price of products per category?
Show the names and salaries of employees hired after 2020.
Which suppliers deliver more than three products?
What was the total of all orders in the last quarter of 2023?
Who are the customers that never ordered anything?
List the cheapest product of each category.
END

# asked FILE: the SQL of every question, or the exit code of one that is refused.
asked() {
  while IFS= read -r question; do
    printf '%s\n' "-- $question"
    "$IDI" ask "$question" --db sqlite:shop.sqlite --sql-only --no-questions --timeout 120 \
      2>/dev/null </dev/null || echo "-- exit code $?"
  done <questions >"$1"
}

asked alone
[ "$(grep -c '^SELECT' alone)" = "$(wc -l <questions)" ] ||
  { cp alone out; fail 'not every question has an answer'; }

sh -c 'while :; do :; done' &
busy=$!
trap 'kill "$busy" 2>/dev/null; rm -rf "$work"' EXIT
for round in 1 2; do
  processes=
  for process in 1 2 3; do
    asked "beside.$round.$process" &
    processes="$processes $!"
  done
  # shellcheck disable=SC2086
  wait $processes
  for process in 1 2 3; do
    diff alone "beside.$round.$process" >out ||
      fail "round $round, process $process: other SQL than alone"
  done
done
finish
