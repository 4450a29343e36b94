"""Targets that sit in data rows, gathered into one target per measure, unit and segment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.calendar import Period
from fourfold.engine.definitions import Target, TargetPoint
from fourfold.folder.mapping.file_mapping import FileMapping
from fourfold.folder.mapping.repetition import Places
from fourfold.folder.mapping.resolving import Resolver
from fourfold.folder.mapping.row_findings import RowFindings

__all__ = ["TargetLines", "targets_of_rows"]

TargetLines = dict[tuple[str, str, int], int]
"""The line that says the target of a measure and unit (by key) in the period of an ordinal; totals only."""


def targets_of_rows(
    columns: Mapping[str, NDArray[Any]], mapping: FileMapping, *, resolver: Resolver, findings: RowFindings
) -> tuple[tuple[Target, ...], TargetLines]:
    """Targets in the order of measure, unit and segment, their points oldest first; and the lines they stand in."""
    if "version" not in columns:
        return (), {}
    order = np.lexsort(
        (columns["line"], *(columns[name] for name in ("period", "segment", "unit", "measure")))
    )
    places = Places(columns["line"][order], _ordered(columns, order), mapping.column_names)
    points: dict[tuple[int, int, int, int], tuple[float, int]] = {}
    first_at: dict[tuple[int, int, int, int], int] = {}
    grouped: dict[tuple[int, int, int], list[TargetPoint]] = {}
    version_of: dict[tuple[int, int, int], int] = {}
    twice: list[tuple[int, int]] = []
    listed = zip(
        *(
            columns[name][order].tolist()
            for name in ("measure", "unit", "segment", "period", "value", "line", "version")
        ),
        strict=True,
    )
    for at, (measure, unit, segment, period, value, line, version) in enumerate(listed):
        name = (measure, unit, segment, period)
        known = points.setdefault(name, (value, line))
        if first_at.setdefault(name, at) != at:
            if known[0] != value:
                twice.append((at, first_at[name]))
            continue
        frequency = resolver.versions[version].frequency
        grouped.setdefault((measure, unit, segment), []).append(TargetPoint(Period(frequency, period), value))
        version_of[measure, unit, segment] = version
    _refuse(sorted(twice, key=lambda each: (places.lines[each[0]], each)), places, findings=findings)
    targets = tuple(
        _target(key, tuple(found), mapping=mapping, resolver=resolver, version=version_of[key])
        for key, found in grouped.items()
    )
    return targets, _lines(points, resolver=resolver)


def _lines(
    points: Mapping[tuple[int, int, int, int], tuple[float, int]], *, resolver: Resolver
) -> TargetLines:
    definitions = resolver.definitions
    return {
        (definitions.measures[measure].key, definitions.units[unit].key, period): line
        for (measure, unit, segment, period), (_value, line) in points.items()
        if not segment
    }


def _target(
    key: tuple[int, int, int],
    points: tuple[TargetPoint, ...],
    *,
    mapping: FileMapping,
    resolver: Resolver,
    version: int,
) -> Target:
    measure, unit, segment = key
    definitions = resolver.definitions
    return Target(
        measure=definitions.measures[measure].key,
        unit=definitions.units[unit].key,
        points=points,
        trajectory=mapping.trajectory,
        segment=resolver.versions[version].segments[segment - 1].key if segment else None,
        origin=mapping.origin,
    )


def _ordered(columns: Mapping[str, NDArray[Any]], order: NDArray[np.int64]) -> NDArray[np.int16] | None:
    return columns["reading"][order] if "reading" in columns else None


def _refuse(twice: list[tuple[int, int]], places: Places, *, findings: RowFindings) -> None:
    findings.refuse(
        "ROW_DUPLICATE",
        np.array([places.lines[row] for row, _ in twice], dtype=np.int32),
        say=lambda position: (
            f"{places.said(*twice[position])} target for the same measure, unit, segment and period.",
            "Keep one of the two.",
        ),
    )
