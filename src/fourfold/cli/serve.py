"""`fourfold serve`."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from fourfold.cli.database import brought_up_to_date

__all__ = ["serve", "serve_pages"]


def serve(
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    threads: Annotated[int, typer.Option(min=1, max=64, help="Requests answered at once.")] = 4,
) -> None:
    """Serve the pages and the API of this installation."""
    brought_up_to_date()
    typer.echo(f"Fourfold answers on http://{host}:{port}/")
    serve_pages(host=host, port=port, threads=threads)


def serve_pages(*, host: str, port: int, threads: int) -> None:
    """Become the web server: one process, so that all threads share one cube."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fourfold.config.settings")
    arguments = ["-m", "gunicorn", "fourfold.config.wsgi:application", f"--bind={host}:{port}"]
    arguments += ["--worker-class=gthread", f"--threads={threads}", "--workers=1"]
    arguments += ["--timeout=120", "--log-level=warning"]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - our own interpreter, no shell wanted
