#!/usr/bin/env bash
# Says that a port is taken before anything is installed for what would be served on it.
set -euo pipefail

port=$1

if ! [[ $port =~ ^[1-9][0-9]{0,4}$ ]] || [ "$port" -gt 65535 ]; then
    echo "PORT=$port is not a port: name one from 1 to 65535, such as make demo PORT=8001" >&2
    exit 2
fi
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    other=$((port < 65535 ? port + 1 : port - 1))
    echo "PORT_TAKEN: something answers on 127.0.0.1:$port already." >&2
    echo "Stop it, or name another port: make demo PORT=$other" >&2
    exit 4
fi
