#!/bin/sh
# Ignores SIGTERM, and so does what it starts.
trap '' TERM
node "$(dirname "$0")/server.mjs" --ignore-term "$@" &
wait
wait
