#!/bin/sh
# A llama-server that prints as fast as it can: lines, bytes that are no text, a line without end.
case $1 in --help | --list-devices) exit 0 ;; esac
printf '\377\376 no text\n'
yes 'a line that says nothing at all' | head -n 200000
tr '\0' 'x' </dev/zero
