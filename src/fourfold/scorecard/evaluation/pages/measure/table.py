"""The table of a measure's periods to take away."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fourfold.platform.ui.tables import Column, ColumnKind, Figure, Table
from fourfold.scorecard.evaluation.pages.measure.history import MeasureHistory

__all__ = ["measure_table", "report_keys"]


def report_keys(history: MeasureHistory, *, measure: str) -> list[str]:
    """What the slot `report.notes` answers for: the measure in each period."""
    return [f"measure/{measure}@{period.key}" for period in history.periods]


def measure_table(
    history: MeasureHistory, *, name: str, said: Mapping[str, str] = MappingProxyType({})
) -> Table:
    """Oldest first, numbers unrounded; `said`: by `measure/<key>@<period>`, plain words."""
    columns = (
        Column("period"),
        Column("label"),
        Column("value", ColumnKind.NUMBER),
        Column("unit_of_measure"),
        Column("target", ColumnKind.NUMBER),
        Column("score", ColumnKind.NUMBER, decimals=0),
        Column("status"),
        Column("why"),
        Column("analysis"),
    )
    rows = [
        (
            period.key,
            period.label,
            Figure(period.value, period.format.decimals),
            period.format.unit_of_measure,
            Figure(period.target, period.format.decimals),
            period.score,
            period.status.label,
            period.reason,
            said.get(f"measure/{name}@{period.key}", ""),
        )
        for period in history.periods
    ]
    return Table(name, columns, rows)
