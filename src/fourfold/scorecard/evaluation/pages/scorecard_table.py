"""A scorecard's rows as a table to take away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from fourfold.platform.ui.reasons import reason_sentence
from fourfold.platform.ui.tables import Cell, Column, ColumnKind, Figure, Table
from fourfold.scorecard.evaluation.pages.scorecard_page import MeasureRow, ScorecardPage

__all__ = ["measures_table", "scorecard_table"]

_NUMBER = ColumnKind.NUMBER
_COLUMNS = (
    Column("Perspective"),
    Column("Objective key"),
    Column("Objective"),
    Column("Measure key"),
    Column("Measure"),
    Column("Status"),
    Column("Why"),
    Column("Score", _NUMBER, decimals=0),
    Column("Value", _NUMBER),
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
)


def scorecard_table(page: ScorecardPage, notes: Mapping[str, str] = MappingProxyType({})) -> Table:
    """What the page's table shows, filtered as it is; numbers unrounded. `notes`: by `measure/<key>`, plain words."""
    rows = (
        (group.name, row, notes.get(f"measure/{row.key}", "")) for group in page.groups for row in group.rows
    )
    unit, period = page.place.unit_name, page.place.stepper.current.label
    about = (
        ("Unit", unit),
        ("Period", period),
        ("Scale", page.place.scale.sentence),
        ("A year before", page.last_year),
        ("Progress", page.place.progress),
    )
    return measures_table(f"{unit} {period}", rows, notes=tuple(each for each in about if each[1]))


def measures_table(
    name: str, rows: Iterable[tuple[str, MeasureRow, str]], *, notes: tuple[tuple[str, str], ...]
) -> Table:
    """One row a measure: under which perspective's name it stands, the measure, and what its analysis says."""
    return Table(name, _COLUMNS, [(*_row(perspective, row), said) for perspective, row, said in rows], notes)


def _row(perspective: str, row: MeasureRow) -> tuple[Cell, ...]:
    low, high = row.band or (None, None)
    decimals = row.format.decimals
    return (
        perspective,
        row.objective,
        row.objective_name,
        row.key,
        row.name,
        row.mark.status.label,
        row.mark.note or reason_sentence(row.mark.why),
        row.score,
        Figure(row.value, decimals),
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
