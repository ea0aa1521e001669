#!/bin/sh
# Runs the command on a machine of little memory: 400 MB of addresses.
ulimit -v 400000
exec "$@"
