"""What the web server does in each of its processes before it answers; gunicorn reads this as its settings."""

from __future__ import annotations

import typer

from fourfold.cli.serving.orphans import end_with_parent

__all__ = ["on_starting", "post_worker_init"]


def on_starting(server: object) -> None:
    """Before it listens: stop when the supervisor has ended; gunicorn calls this by name."""
    end_with_parent()


def post_worker_init(worker: object) -> None:
    """Import the pages, read the ledger and compile what it needs: nobody's first page waits for that.

    Gunicorn calls this by name, in each process, before it takes requests.
    """
    import scipy.stats  # noqa: F401 - a second that the engine puts off until a page asks for it
    from django.db import connection
    from django.utils import timezone

    from fourfold.platform.ui.warming import begin_to_warm_charts, warm_pages
    from fourfold.scorecard.evaluation.queries.warming import needs_warming, warm_kernels

    try:
        warm_pages()
        is_big = needs_warming()
        if is_big:
            typer.echo("Many rows: preparing the compiled kernels before answering …")
        warm_kernels(timezone.now())
        if is_big:
            typer.echo("Ready.")
        begin_to_warm_charts()
    finally:
        connection.close()
