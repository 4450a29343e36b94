"""What a command answers to the shell; docs/command.md documents every number."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import NoReturn

import typer
from rich.console import Console

from fourfold.engine.book import DefinitionRefused, UnknownUnit
from fourfold.engine.calendar import PeriodUnknown
from fourfold.folder import FolderRefused
from fourfold.folder.writing import FolderOccupied
from fourfold.platform.refusals.refusal import Refusal

__all__ = ["Exit", "refusals_as_exits", "stop"]

NOT_FOUND_STATUS = 404

errors = Console(stderr=True, highlight=False, soft_wrap=True)


class Exit(IntEnum):
    """0 is success; the others say what kind of help is needed."""

    FINE = 0
    REFUSED = 1
    USAGE = 2
    NOT_FOUND = 3
    ENVIRONMENT = 4
    UNEXPECTED = 70


def stop(code: Exit, *, problem: str, message: str, remedy: str) -> NoReturn:
    """Say on standard error what is wrong, in which stable code, and what to do; then leave."""
    errors.print(f"[bold red]{problem}[/]: {message}", style=None)
    errors.print(f"Remedy: {remedy}")
    raise typer.Exit(code)


@contextmanager
def refusals_as_exits() -> Iterator[None]:
    """Turn every expected refusal of the floors below into an exit code and a sentence."""
    try:
        yield
    except FolderRefused as refused:
        for finding in refused.findings:
            errors.print(str(finding), markup=False)
        raise typer.Exit(Exit.REFUSED) from None
    except DefinitionRefused as refused:
        place = f"{refused.kind} {refused.key}: " if refused.key else ""
        stop(Exit.REFUSED, problem=refused.code, message=f"{place}{refused}", remedy="Mend the definition.")
    except PeriodUnknown as unknown:
        stop(
            Exit.NOT_FOUND,
            problem="PERIOD_UNKNOWN",
            message=str(unknown),
            remedy="Write 2026-09, 2026-Q3 or 2026.",
        )
    except UnknownUnit as unknown:
        message = f"there is no unit {unknown.args[0]!r}"
        stop(Exit.NOT_FOUND, problem="UNIT_UNKNOWN", message=message, remedy="See units.yaml for the keys.")
    except Refusal as refused:
        _tell(refused)
    except FolderOccupied as occupied:
        remedy = "Name a new or empty folder."
        stop(Exit.REFUSED, problem=occupied.code, message=str(occupied), remedy=remedy)
    except FileNotFoundError as missing:
        stop(Exit.NOT_FOUND, problem="FILE_MISSING", message=str(missing), remedy="Check the path.")


def _tell(refused: Refusal) -> NoReturn:
    """A refusal of the database's floors: its findings, where it has some, then its own sentence."""
    for finding in getattr(refused, "findings", ()):
        errors.print(str(finding), markup=False)
    code = Exit.NOT_FOUND if refused.status == NOT_FOUND_STATUS else Exit.REFUSED
    remedy = refused.told_remedy or "See docs/command.md."
    stop(code, problem=refused.code, message=refused.told_sentence, remedy=remedy)
