"""Targets → `targets.csv`: a row a point, what holds for the whole target in its first row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO

from fourfold.engine.definitions import Definitions, Target
from fourfold.folder.targets_file import TARGET_COLUMNS
from fourfold.folder.writing.yaml_text import number_text

__all__ = ["write_targets"]


def write_targets(stream: TextIO, definitions: Definitions) -> None:
    """In the order of the definitions."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(TARGET_COLUMNS)
    for target in definitions.targets:
        writer.writerows(_lines(target, definitions))


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
