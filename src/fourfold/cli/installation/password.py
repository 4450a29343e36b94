"""`fourfold password PERSON`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from fourfold.cli.database import brought_up_to_date, now

__all__ = ["set_persons_password"]


def set_persons_password(
    person: Annotated[str, typer.Argument(help="The person's key, as in strategy.yaml.")],
) -> None:
    """Give a person a way in: the password is asked for, or read from standard input, and never shown."""
    brought_up_to_date()
    from fourfold.platform.accounts.actions.set_password import set_password
    from fourfold.platform.accounts.scope import INSTALLATION

    set_password(person, _asked(), scope=INSTALLATION, at=now())
    typer.echo(f"{person} can sign in with the new password; older sessions have ended.")


def _asked() -> str:
    """Twice at a terminal, because nobody sees what is typed; one line where it is piped."""
    if sys.stdin.isatty():
        typed: str = typer.prompt("New password", hide_input=True, confirmation_prompt=True)
        return typed
    return sys.stdin.readline().rstrip("\n")
