"""A scorecard's rows as a table to take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from fourfold.platform.ui.components import StatusMark
from fourfold.platform.ui.reasons import reason_sentence
from fourfold.platform.ui.tables import Cell, Column, ColumnKind, Figure, Table
from fourfold.scorecard.evaluation.pages.context import PageContext
from fourfold.scorecard.evaluation.pages.judged import Judged, judged_parts
from fourfold.scorecard.evaluation.pages.scorecard.page import MeasureRow, ScorecardPage

__all__ = ["Taken", "measures_table", "scorecard_table"]

_NUMBER = ColumnKind.NUMBER
_COLUMNS = (
    Column("Unit key"),
    Column("Unit"),
    Column("Period"),
    Column("Release"),
    Column("Perspective"),
    Column("Objective key"),
    Column("Objective"),
    Column("Status of the objective"),
    Column("Status judged"),
    Column("Judged by"),
    Column("Judged reason"),
    Column("Measure key"),
    Column("Measure"),
    Column("Status"),
    Column("Why"),
    Column("Uncertain"),
    Column("Score", _NUMBER, decimals=0),
    Column("Value", _NUMBER),
    Column("Interval from", _NUMBER),
    Column("Interval to", _NUMBER),
    Column("Target", _NUMBER),
    Column("Band from", _NUMBER),
    Column("Band to", _NUMBER),
    Column("Unit of measure"),
    Column("A year before", _NUMBER),
    Column("Present", _NUMBER, decimals=0),
    Column("Due", _NUMBER, decimals=0),
    Column("Value of period"),
    Column("Owner"),
    Column("Analysis"),
    Column("Analysis of the objective"),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """Where a file's rows were taken, so that several files can be put one under another.

    `said`: by `measure/<key>` and `objective/<key>`, plain words; `state`: how far the period is closed; `computed`
    and `judged`: by objective, its computed status and what its owner judged beside it.
    """

    place: PageContext
    said: Mapping[str, str] = field(default_factory=dict)
    state: str = ""
    computed: Mapping[str, StatusMark] = field(default_factory=dict)
    judged: Mapping[str, Judged] = field(default_factory=dict)


def scorecard_table(page: ScorecardPage, taken: Taken | None = None) -> Table:
    """What the page's table shows, filtered as it is; numbers unrounded."""
    rows = [(group.name, row) for group in page.groups for row in group.rows]
    unit, period = page.place.unit_name, page.place.stepper.current.label
    about = (
        ("Unit", unit),
        ("Period", period),
        ("Scale", page.place.scale.sentence),
        ("A year before", page.last_year),
        ("Progress", page.place.progress),
    )
    notes = tuple(each for each in about if each[1])
    return measures_table(f"{period} {unit}", rows, taken=taken or Taken(page.place), notes=notes)


def measures_table(
    name: str, rows: Sequence[tuple[str, MeasureRow]], *, taken: Taken, notes: tuple[tuple[str, str], ...]
) -> Table:
    """One row a measure: where and when, under which perspective's name, its numbers, and what the owners say."""
    here, said = taken.place, taken.said
    place = (here.unit, here.unit_name, here.stepper.current.key, taken.state)
    cells = [
        (
            *place,
            *_row(perspective, row, taken=taken),
            said.get(f"measure/{row.key}", ""),
            said.get(f"objective/{row.objective}", ""),
        )
        for perspective, row in rows
    ]
    return Table(name, _COLUMNS, cells, notes)


def _row(perspective: str, row: MeasureRow, *, taken: Taken) -> tuple[Cell, ...]:
    low, high = row.band or (None, None)
    decimals = row.format.decimals
    computed = taken.computed.get(row.objective)
    return (
        perspective,
        row.objective,
        row.objective_name,
        computed.label if computed else "",
        *judged_parts(taken.judged.get(row.objective)),
        row.key,
        row.name,
        row.mark.label,
        row.mark.note or reason_sentence(row.mark.why),
        _("yes") if row.mark.is_uncertain else "",
        row.score,
        Figure(row.value, decimals),
        *(Figure(end, decimals) for end in row.interval or (None, None)),
        Figure(row.target, decimals),
        Figure(low, decimals),
        Figure(high, decimals),
        row.format.unit_of_measure,
        Figure(row.last_year if row.is_last_year_alike else None, row.last_year_format.decimals),
        row.coverage.present if row.coverage else None,
        row.coverage.due if row.coverage else None,
        row.shown_period,
        row.owner_name,
    )
