#!/usr/bin/env bash
# Finds Pango, which sets the type of PDFs; installs the distribution's own on Debian as root.
set -euo pipefail

found() {
    .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1
}

if found; then exit 0; fi

if [ -f /etc/debian_version ] && [ "$(id -u)" -eq 0 ]; then
    echo "Installing Pango for PDFs"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 >/dev/null
    if found; then exit 0; fi
fi
echo "PDFs need Pango; everything else works without it." >&2
echo "Debian or Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. macOS: brew install pango." >&2
exit 1
