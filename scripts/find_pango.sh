#!/usr/bin/env bash
# Finds Pango, which sets the type of PDFs, and a font with the signs that Inter's web files lack (‰, ⅔, Σ, →);
# installs the distribution's own on Debian as root.
set -euo pipefail

found() {
    .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1 || return 1
    ! command -v fc-list >/dev/null || [ -n "$(fc-list ':charset=2030 2153 2154 2211 2192' family)" ]
}

if found; then exit 0; fi

if [ -f /etc/debian_version ] && [ "$(id -u)" -eq 0 ]; then
    echo "Installing Pango for PDFs"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core >/dev/null
    if found; then exit 0; fi
fi
echo "PDFs need Pango and a font with signs such as ‰; everything else works without it." >&2
echo "Debian or Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core. macOS: brew install pango." >&2
exit 1
