#!/usr/bin/env bash
# Finds the system's Chromium for the browser tests; installs the distribution's own on Debian as root.
set -euo pipefail

found() {
    for name in chromium chromium-browser google-chrome; do
        if command -v "$name" >/dev/null; then
            return 0
        fi
    done
    return 1
}

if found; then exit 0; fi

if [ -f /etc/debian_version ] && [ "$(id -u)" -eq 0 ]; then
    echo "Installing Chromium for the browser tests"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
    if found; then exit 0; fi
fi
echo "The browser tests need Chromium on PATH as chromium, chromium-browser or google-chrome." >&2
echo "Debian or Ubuntu: sudo apt-get install chromium. Elsewhere: install Chromium or Google Chrome." >&2
exit 1
