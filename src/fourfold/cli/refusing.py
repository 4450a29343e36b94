"""The command's one handler: every expected refusal of the floors below becomes sentences and an exit code.

Imported only once something was refused: it knows every floor, and a command that succeeds should not wait for that.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence

import typer
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from fourfold.cli.exits import Exit, say
from fourfold.engine.book import DefinitionRefused, UnknownUnit
from fourfold.engine.calendar import PeriodUnknown
from fourfold.folder import Finding, FolderOccupied, FolderRefused
from fourfold.platform.refusals import Refusal

__all__ = ["answer_to"]

FINDINGS_SHOWN = 60  # one code of a file has at most 51: fifty rows, and how many more there are
NOT_FOUND_STATUS = 404
# Where a page would say "choose it above", the command says what to type.
_REMEDIES = {
    "UNIT_UNKNOWN": "units.yaml lists the keys; `fourfold export FOLDER` writes it from the database.",
    "PERIOD_UNKNOWN": (
        "Write a month 2026-09 (2026-P08 in a calendar of weeks), a quarter 2026-Q3, a half 2026-H2, a year 2026, "
        "a week 2026-W39, a day 2026-09-30 or a year to date 2026-09-ytd."
    ),
}


def answer_to(problem: Exception) -> Exit | None:
    """Say what was refused on standard error and answer the exit code; None for what nobody expected."""
    match problem:
        case FolderRefused():
            show_findings(problem.findings)
            return Exit.REFUSED
        case DefinitionRefused():
            place = f"{problem.kind} {problem.key}: " if problem.key else ""
            say(
                problem.code,
                f"{place}{problem}",
                remedy="Mend the definition; `fourfold check` names the line.",
            )
            return Exit.REFUSED
        case PeriodUnknown():
            say("PERIOD_UNKNOWN", str(problem), remedy=_REMEDIES["PERIOD_UNKNOWN"])
            return Exit.NOT_FOUND
        case UnknownUnit():
            message = f"there is no unit {problem.args[0]!r}"
            say("UNIT_UNKNOWN", message, remedy=_REMEDIES["UNIT_UNKNOWN"])
            return Exit.NOT_FOUND
        case Refusal():
            return _refusal(problem)
        case FolderOccupied():
            say(problem.code, str(problem), remedy="Name a new or empty folder.")
            return Exit.REFUSED
        case ImproperlyConfigured():
            say("SETTING_WRONG", str(problem), remedy="See docs/settings.md.")
            return Exit.ENVIRONMENT
        case DatabaseError():
            return _database(problem)
        case OSError():
            return _system(problem)
    return None


def _refusal(refused: Refusal) -> Exit:
    """A refusal of the database's floors: its findings, where it has some, then its own sentence."""
    show_findings(getattr(refused, "findings", ()))
    remedy = _REMEDIES.get(refused.code) or refused.told_remedy or "See docs/command.md."
    say(refused.code, refused.told_sentence, remedy=remedy)
    if refused.code in {"NOT_FOUNDED", "DISK_FULL", "DISK_FAULT"}:
        return Exit.ENVIRONMENT
    return Exit.NOT_FOUND if refused.status == NOT_FOUND_STATUS else Exit.REFUSED


def show_findings(findings: Sequence[Finding]) -> None:
    """The first screen of findings, errors before advice, and how many there are."""
    ranked = sorted(findings, key=lambda finding: finding.level != "error")
    for finding in ranked[:FINDINGS_SHOWN]:
        typer.echo(str(finding), err=True)
    if len(ranked) > FINDINGS_SHOWN:
        typer.echo(f"… and {len(ranked) - FINDINGS_SHOWN} more: {len(ranked)} findings.", err=True)


def _database(problem: DatabaseError) -> Exit | None:
    """SQLite's own words tell the machine's troubles from a fault of ours."""
    words = str(problem)
    for sign, (code, remedy) in _DATABASE_TROUBLES.items():
        if sign in words:
            say(code, words, remedy=remedy)
            return Exit.ENVIRONMENT
    return None


_LOOK_AT_DISK = "Look at the disk that holds FOURFOLD_HOME, and run the command again."
_DATABASE_TROUBLES = {
    "disk is full": ("DISK_FULL", "Free some space and run the command again; nothing was written."),
    "database is locked": ("DATABASE_BUSY", "Another process writes. Wait for it and run the command again."),
    "unable to open": ("DATABASE_UNREADABLE", "Check FOURFOLD_HOME and who may write there."),
    "readonly": ("DATABASE_READ_ONLY", "Give this user the right to write to the database and its folder."),
    "not a database": ("DATABASE_DAMAGED", "Restore a copy, or name another FOURFOLD_DATABASE."),
    "malformed": ("DATABASE_DAMAGED", "Restore a copy; what is left may be wrong."),
    "disk I/O": ("DISK_FAULT", f"{_LOOK_AT_DISK} Nothing was changed."),
}


def _system(problem: OSError) -> Exit | None:
    """A file that is not there is the person's to name; anything else is the machine's to give."""
    where = problem.filename or "the file"
    if isinstance(problem, FileNotFoundError | NotADirectoryError | IsADirectoryError):
        say("FILE_MISSING", f"{where}: {problem.strerror}", remedy="Check the path.")
        return Exit.NOT_FOUND
    if isinstance(problem, PermissionError):
        say("FILE_FORBIDDEN", f"{where}: {problem.strerror}", remedy="Give this user the right to it.")
        return Exit.ENVIRONMENT
    if problem.errno == errno.EIO:
        say("DISK_FAULT", f"{where}: {problem.strerror}", remedy=_LOOK_AT_DISK)
        return Exit.ENVIRONMENT
    if problem.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS}:
        say(
            "DISK_FULL" if problem.errno != errno.EROFS else "DISK_READ_ONLY",
            f"{where}: {problem.strerror}",
            remedy="Make room, or name another place; nothing was half-written.",
        )
        return Exit.ENVIRONMENT
    return None
