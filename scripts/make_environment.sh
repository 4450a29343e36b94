#!/usr/bin/env bash
# Makes .venv with the first Python from 3.11 to 3.14 on PATH; keeps the one that is there.
set -euo pipefail

if [ -x .venv/bin/pip ]; then exit 0; fi

for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then
        exec "$candidate" -m venv .venv
    fi
done
echo "Fourfold needs Python 3.11 to 3.14. Install one, or name it: make install PYTHON=/path/to/python3" >&2
exit 1
