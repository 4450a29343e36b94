"""`fourfold demo`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from fourfold.cli.database import brought_up_to_date, now
from fourfold.cli.exits import Exit, refusals_as_exits, stop
from fourfold.cli.load import load_with_progress
from fourfold.cli.serve import serve_pages

__all__ = ["DEMO_PASSWORD", "demo"]

DEMO_PASSWORD = "four-tiles-on-a-page"  # noqa: S105 - printed, published, and only ever set in a demo
EXAMPLE = Path("examples") / "meridian"


def demo(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    home: Annotated[Path, typer.Option(help="Where the demo keeps its database.")] = Path("var") / "demo",
    folder: Annotated[Path, typer.Option(help="The organisation to show.")] = EXAMPLE,
    prepare_only: Annotated[bool, typer.Option("--prepare-only", help="Make the database and stop.")] = False,
) -> None:
    """Found the demo organisation, if there is none yet, and serve it on this machine."""
    os.environ["FOURFOLD_HOME"] = str(home)
    os.environ["FOURFOLD_DEMO"] = "1"
    if not folder.is_dir():
        message, remedy = f"there is no folder {folder}", "Run the demo in the checkout, or name a --folder."
        stop(Exit.NOT_FOUND, problem="FOLDER_MISSING", message=message, remedy=remedy)
    brought_up_to_date()
    with refusals_as_exits():
        _found(folder)
    _greet(port)
    if not prepare_only:
        serve_pages(host="127.0.0.1", port=port, threads=4)


def _found(folder: Path) -> None:
    from fourfold.platform.accounts.actions.set_password import set_password
    from fourfold.platform.accounts.queries import known_people
    from fourfold.platform.accounts.scope import INSTALLATION

    if known_people():
        return
    load_with_progress(folder, data=None)
    for person in known_people():
        set_password(person.key, DEMO_PASSWORD, scope=INSTALLATION, at=now())


def _greet(port: int) -> None:
    from fourfold.platform.accounts.queries import known_people

    typer.echo(f"\n  Open     http://127.0.0.1:{port}/")
    typer.echo(f"  Sign in  {known_people()[0].key}   (or any other person of the demo)")
    typer.echo(f"  Password {DEMO_PASSWORD}\n")
