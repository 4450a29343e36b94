"""What the web server does in each of its processes before it answers; gunicorn reads this as its settings."""

from __future__ import annotations

import typer

from fourfold.cli.orphans import end_with_parent

__all__ = ["on_starting", "post_worker_init"]


def on_starting(server: object) -> None:
    """Before it listens: stop when the supervisor has ended; gunicorn calls this by name."""
    end_with_parent()


def post_worker_init(worker: object) -> None:
    """Warm a big ledger's kernels, so that nobody's first page waits for a compiler; gunicorn calls this by name."""
    from django.db import connection
    from django.utils import timezone

    from fourfold.scorecard.evaluation.queries.warming import needs_warming, warm_kernels

    try:
        if needs_warming():
            typer.echo("Many rows: preparing the compiled kernels before answering …")
            warm_kernels(timezone.now())
            typer.echo("Ready.")
    finally:
        connection.close()
