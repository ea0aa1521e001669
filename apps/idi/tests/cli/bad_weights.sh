#!/bin/sh
. "$(dirname "$0")/lib.sh"
shop
ask() { "$IDI" ask 'how many customers are there?' --db sqlite:shop.sqlite --parser "$1"; }

run 1 'missing' ask nowhere.bin
says err 'nowhere.bin'
hinted
half=$(($(wc -c <"$WEIGHTS") / 2))
head -c $half "$WEIGHTS" >cut.bin
run 1 'cut short' ask cut.bin
says err 'cut.bin'
hinted
: >empty.bin
run 1 'empty' ask empty.bin
hinted
head -c 100000 /dev/urandom >noise.bin
run 1 'noise' ask noise.bin
hinted
mkdir folder.bin
run 1 'a folder' ask folder.bin
hinted
# One changed byte in the middle: the checksum sees it.
cp "$WEIGHTS" flipped.bin
printf '\377\000\377\000' | dd of=flipped.bin bs=1 seek=$half conv=notrunc 2>/dev/null
run 1 'changed bytes' ask flipped.bin
hinted
# The version stands behind the eight bytes of the magic.
cp "$WEIGHTS" newer.bin
printf '\143' | dd of=newer.bin bs=1 seek=8 conv=notrunc 2>/dev/null
run 1 'another version' ask newer.bin
hinted

# A copy of the program, away from any weights.
cp "$IDI" alone
run 1 'no weights anywhere' env -u IDI_PARSER ./alone ask 'how many customers?' --db sqlite:shop.sqlite
says err '--parser'
hinted
run 1 'doctor without weights' env -u IDI_PARSER ./alone doctor
says out '✗ parser'
finish
