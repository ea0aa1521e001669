#!/bin/sh
# A llama-server that goes on when it is asked to end.
case $1 in --help | --list-devices) exit 0 ;; esac
trap '' TERM INT HUP
echo 'not listening to you'
while :; do sleep 1; done
