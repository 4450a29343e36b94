"""`fourfold serve`."""

from __future__ import annotations

import os
import socket
import sys
from typing import Annotated

import typer

from fourfold.cli.database import brought_up_to_date, settings_named
from fourfold.cli.exits import Exit, stop

__all__ = ["LAST_PORT", "port_beside", "require_free_port", "serve", "serve_pages"]

LAST_PORT = 65535


def serve(
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=LAST_PORT)] = 8000,
    threads: Annotated[int, typer.Option(min=1, max=64, help="Requests a process answers at once.")] = 2,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Only the pages; `fourfold jobs` does the work.")
    ] = False,
) -> None:
    """Serve the pages and the API of this installation, and do the work they queue."""
    require_free_port(host, port, otherwise=f"fourfold serve --port {port_beside(port)}")
    brought_up_to_date()
    typer.echo(f"Fourfold answers on http://{host}:{port}/")
    _lead_to_set_up(f"http://{host}:{port}")
    serve_pages(host=host, port=port, threads=threads, has_worker=not no_worker)


def _lead_to_set_up(address: str) -> None:
    """Only whoever sees this console, or the home, may make the first person."""
    from fourfold.platform.accounts.actions.set_up import set_up_code
    from fourfold.platform.accounts.queries import needs_set_up

    if needs_set_up():
        typer.echo(f"Nobody can sign in yet. Make the administrator at {address}/setup/?code={set_up_code()}")


def require_free_port(host: str, port: int, *, otherwise: str) -> None:
    """Refuse before any work is done what the web server would refuse after it; `otherwise` is what to run instead."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
    except OSError as problem:
        message = f"nothing can listen on {host}:{port}: {problem.strerror}"
        remedy = f"Stop what listens there, or name another port: {otherwise}"
        stop(Exit.ENVIRONMENT, problem="PORT_TAKEN", message=message, remedy=remedy)


def port_beside(port: int) -> int:
    """Another port, to be named as an example."""
    return port + 1 if port < LAST_PORT else port - 1


def serve_pages(*, host: str, port: int, threads: int, has_worker: bool = True) -> None:
    """Become the supervisor of the web server and the worker."""
    settings_named()
    arguments = [f"--host={host}", f"--port={port}", f"--threads={threads}"]
    arguments += [] if has_worker else ["--no-worker"]
    supervisor = [sys.executable, "-m", "fourfold.cli.serving.supervisor", *arguments]
    sys.stdout.flush()
    os.execv(sys.executable, supervisor)  # noqa: S606 - our own interpreter, no shell wanted
