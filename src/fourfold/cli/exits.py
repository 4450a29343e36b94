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

__all__ = ["Exit", "refusals_as_exits", "stop"]

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
    except FileNotFoundError as missing:
        stop(Exit.NOT_FOUND, problem="FILE_MISSING", message=str(missing), remedy="Check the path.")
