"""The table of a measure's periods to take away."""

from __future__ import annotations

from fourfold.platform.ui.tables import Column, ColumnKind, Figure, Table
from fourfold.scorecard.evaluation.pages.measure_history import MeasureHistory

__all__ = ["measure_table"]


def measure_table(history: MeasureHistory, *, name: str) -> Table:
    """Oldest first, numbers unrounded."""
    columns = (
        Column("period"),
        Column("label"),
        Column("value", ColumnKind.NUMBER),
        Column("unit_of_measure"),
        Column("target", ColumnKind.NUMBER),
        Column("score", ColumnKind.NUMBER, decimals=0),
        Column("status"),
        Column("why"),
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
        )
        for period in history.periods
    ]
    return Table(name, columns, rows)
