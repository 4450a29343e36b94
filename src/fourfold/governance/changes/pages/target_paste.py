"""Targets pasted from a spreadsheet: long (unit, period, value) or wide (one row a unit, one column a period)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from fourfold.engine.calendar import FiscalCalendar, Frequency, Period, PeriodUnknown
from fourfold.engine.definitions import Definitions, TargetPoint, Unit
from fourfold.folder.mapping.numbers import NumberProblem
from fourfold.governance.changes.pages.target_draft import TargetDraft, merged_draft
from fourfold.governance.changes.pages.target_typing import too_precise
from fourfold.platform.ui.typed_numbers import read_typed_number
from fourfold.scorecard.evaluation.queries.wanted_targets import target_of

__all__ = ["PasteFinding", "PastedTargets", "read_paste"]

MOST_CELLS = 50_000
"""A thousand units × four years of months; more is an import."""


@dataclass(frozen=True, slots=True)
class PasteFinding:
    """A line that cannot be taken, and why."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class PastedTargets:
    """What the paste says: drafts to set where nothing is wrong, else findings. `given`: what stood there, by unit."""

    drafts: tuple[TargetDraft, ...]
    findings: tuple[PasteFinding, ...]
    cells: int
    given: Mapping[str, tuple[TargetPoint, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Cell:
    line: int
    unit: str
    period: str
    value: str


def read_paste(
    text: str, *, measure: str, known: Definitions, seen: Sequence[Unit], origin: str = "", reason: str = ""
) -> PastedTargets:
    """Read the cells and merge each unit's into the target it has; one of the `seen` units is named by key or name."""
    cells = _cells(text)
    if len(cells) > MOST_CELLS:
        return PastedTargets((), (PasteFinding(0, _("This is too much to paste; import it as a file.")),), 0)
    frequency = next(each.versions[-1].frequency for each in known.measures if each.key == measure)
    units = {unit.name.casefold(): unit.key for unit in seen} | {unit.key: unit.key for unit in seen}
    points: dict[str, dict[int, TargetPoint]] = {}
    findings = []
    for cell in cells:
        unit = units.get(cell.unit) or units.get(cell.unit.casefold())
        point = _point(cell, frequency=frequency, calendar=known.organisation.calendar)
        if unit is None:
            findings.append(PasteFinding(cell.line, _("There is no unit “{unit}”.").format(unit=cell.unit)))
        elif isinstance(point, str):
            findings.append(PasteFinding(cell.line, point))
        else:
            points.setdefault(unit, {})[point.period.ordinal] = point
    if not cells:
        findings.append(PasteFinding(0, _("Paste at least one unit, period and value.")))
    drafts = (
        []
        if findings
        else [
            merged_draft(
                target_of(known, measure, unit=unit),
                measure=measure,
                unit=unit,
                points={point.period: point.value for point in given.values()},
                origin=origin,
                reason=reason,
            )
            for unit, given in points.items()
        ]
    )
    said = {unit: tuple(given.values()) for unit, given in points.items()}
    return PastedTargets(tuple(drafts), tuple(findings), len(cells), said)


def _cells(text: str) -> list[_Cell]:
    rows = [(line, _split(words)) for line, words in enumerate(text.splitlines(), start=1) if words.strip()]
    if not rows:
        return []
    head = [word.casefold() for word in rows[0][1]]
    if len(head) > 1 and head[0] in ("unit", "") and head[1] not in ("period", "target", "value"):
        return [
            _Cell(line, row[0], period, value)
            for line, row in rows[1:]
            for period, value in zip(rows[0][1][1:], row[1:], strict=False)
            if value
        ]
    body = rows[1:] if head[0] == "unit" else rows
    return [_cell(line, row) for line, row in body]


def _cell(line: int, row: Sequence[str]) -> _Cell:
    """What stands after the third word belongs to the number (`1,5` between commas), or is no number at all."""
    unit, period, *value = (*row, "", "")
    return _Cell(line, unit, period, ",".join(value).rstrip(","))


def _split(words: str) -> list[str]:
    """A spreadsheet separates by tabs; typed lines by semicolons."""
    separator = "\t" if "\t" in words else ";" if ";" in words else ","
    return [word.strip() for word in words.split(separator)]


def _point(cell: _Cell, *, frequency: Frequency, calendar: FiscalCalendar) -> TargetPoint | str:
    value, problem = read_typed_number(cell.value)
    if problem is NumberProblem.VALUE_TOO_PRECISE:
        return too_precise(cell.value)
    try:
        period: Period | None = calendar.parse(cell.period)
    except PeriodUnknown:
        period = None
    if period is None or problem is not NumberProblem.NONE:
        return _("“{period}” and “{value}” are not a period and a number.").format(
            period=cell.period, value=cell.value
        )
    if period.frequency is not frequency:
        return _("“{period}” is not a {frequency}.").format(period=cell.period, frequency=frequency.value)
    return TargetPoint(period, value)
