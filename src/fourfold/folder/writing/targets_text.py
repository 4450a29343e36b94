"""Targets → `targets.csv`: a row a point, what holds for the whole target in its first row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from fourfold.engine.definitions import Definitions, Target
from fourfold.folder.targets_file import TARGET_COLUMNS
from fourfold.folder.writing.yaml_text import number_text

__all__ = ["write_targets"]

_NEEDS_QUOTES = re.compile(r'[",\r\n]')


def write_targets(stream: TextIO, definitions: Definitions) -> None:
    """In the order of the definitions."""
    stream.write(_csv_line(TARGET_COLUMNS))
    for target in definitions.targets:
        stream.writelines(_csv_line(line) for line in _lines(target, definitions))


def _lines(target: Target, definitions: Definitions) -> Iterator[tuple[str, ...]]:
    calendar = definitions.organisation.calendar
    said = (
        str(target.trajectory),
        "" if target.red is None else number_text(target.red),
        "" if target.best is None else number_text(target.best),
        target.origin,
    )
    for point in target.points:
        period, value = calendar.key(point.period), number_text(point.value)
        yield (target.measure, target.unit, target.segment or "", period, value, *said)
        said = ("", "", "", "")


def _csv_line(fields: Iterable[str]) -> str:
    """As `csv.writer` writes it, except that it leaves a carriage return bare, which no reader would forgive."""
    quoted = (
        '"' + field.replace('"', '""') + '"' if _NEEDS_QUOTES.search(field) else field for field in fields
    )
    return ",".join(quoted) + "\n"
