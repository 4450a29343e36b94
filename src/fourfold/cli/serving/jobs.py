"""`fourfold jobs`."""

from __future__ import annotations

from typing import Annotated

import typer

from fourfold.cli.database import brought_up_to_date, now
from fourfold.cli.serving.worker import work_until_stopped

__all__ = ["do_jobs"]


def do_jobs(
    once: Annotated[bool, typer.Option("--once", help="Do what is due now, and stop.")] = False,
) -> None:
    """Do the queued work: imports, digests, whatever the hour asks for. `serve` and `demo` do it by themselves."""
    brought_up_to_date()
    if not once:
        work_until_stopped()
        return
    from fourfold.platform.jobs.actions.run_due_jobs import run_due_jobs
    from fourfold.platform.jobs.worker import beating_at_its_pace

    done = run_due_jobs(at=now(), alongside=beating_at_its_pace)
    typer.echo(f"{len(done)} job{'' if len(done) == 1 else 's'} done.")
