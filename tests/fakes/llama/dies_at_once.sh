#!/bin/sh
# A llama-server that ends at once, with a reason.
case $1 in --help | --list-devices) exit 0 ;; esac
echo 'first line'
echo "llama_model_load: error loading model: unknown model architecture: 'gpt9'" >&2
exit 1
