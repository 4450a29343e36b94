#!/usr/bin/env bash
# Says exactly what is missing where Node.js is absent or too old to build the front end.
set -euo pipefail

OLDEST=20

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "Fourfold builds its front end with Node.js >= $OLDEST and npm. Install them and run the same command again." >&2
    exit 1
fi
found=$(node --print 'process.versions.node.split(".")[0]')
if [ "$found" -lt "$OLDEST" ]; then
    echo "Node.js $found is too old: Fourfold builds its front end with Node.js >= $OLDEST." >&2
    exit 1
fi
