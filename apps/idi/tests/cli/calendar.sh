#!/bin/sh
# The options that say what "last month" is: what they take, and what they refuse.
. "$(dirname "$0")/lib.sh"
shop
db=sqlite:shop.sqlite
question='how many customers are there?'

for day in yesterday 2023 2023-02-29 2023-5-1 2023-01-01/2023-02-01; do
  run 2 "--today $day" "$IDI" ask "$question" --db $db --today "$day"
  says err 'is no day'
  hinted
done
run 2 'a zone that is none' "$IDI" ask "$question" --db $db --time-zone Mars/Olympus
says err 'Mars/Olympus'
hinted
run 2 'a zone that is a path' "$IDI" ask "$question" --db $db --time-zone ../../../etc/passwd
hinted
run 2 'a thirteenth month' "$IDI" ask "$question" --db $db --fiscal-year-begins 13
run 2 'no month' "$IDI" ask "$question" --db $db --fiscal-year-begins soon
run 2 'a week from Friday on' "$IDI" ask "$question" --db $db --week-begins friday
run 2 'both orders' "$IDI" ask "$question" --db $db --day-before-month --month-before-day
run 2 'the same in a chat' "$IDI" chat --db $db --today soon
hinted
run 2 'the same of the server' "$IDI" serve --db $db --time-zone Mars/Olympus
hinted

run 0 'all of them' "$IDI" ask "$question" --no-questions --db $db --today 2024-02-29 \
  --time-zone Europe/Berlin \
  --fiscal-year-begins April --week-begins Sunday --month-before-day
silent err
run 0 'a month by number' "$IDI" ask "$question" --no-questions --db $db --fiscal-year-begins 4
run 0 'a zone from the environment' env TZ=Asia/Tokyo "$IDI" ask "$question" --no-questions --db $db
run 0 'a rule in the environment' env TZ=CET-1CEST "$IDI" ask "$question" --no-questions --db $db
run 0 'nonsense in the environment' env TZ=nonsense "$IDI" ask "$question" --no-questions --db $db
silent err
finish
