"""What is wrong with a file: where, in which stable code, and what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Finding", "FolderRefused", "Level", "did_you_mean", "error", "warning"]


class Level(StrEnum):
    """An error refuses the whole folder or file; a warning does not; a note is advice."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `line` counts from 1; 0 means the file as a whole."""

    level: Level
    code: str
    file: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        """`targets.csv:4: error MEASURE_UNKNOWN: … Remedy: …`, clickable in editors and terminals."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.level} {self.code}: {self.message} Remedy: {self.remedy}"


class FolderRefused(ValueError):
    """At least one error was found; nothing was taken over."""

    code = "FOLDER_REFUSED"

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep every finding, warnings included."""
        self.findings = tuple(findings)
        super().__init__("\n".join(str(each) for each in self.findings if each.level is Level.ERROR))


def error(code: str, file: str, *, line: int, message: str, remedy: str) -> Finding:
    """A finding that refuses."""
    return Finding(Level.ERROR, code, file, line, message, remedy)


def warning(code: str, file: str, *, line: int, message: str, remedy: str) -> Finding:
    """A finding that lets pass."""
    return Finding(Level.WARNING, code, file, line, message, remedy)


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str) -> str:
    """The nearest known word as a question, or the given remedy where none is near.

    >>> did_you_mean("maximize", ["maximise", "minimise"], otherwise="Choose one.")
    'Did you mean "maximise"?'
    """
    near = difflib.get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)
    return f'Did you mean "{near[0]}"?' if near else otherwise
