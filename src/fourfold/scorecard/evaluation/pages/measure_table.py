"""The table of a measure's periods to take away."""

from __future__ import annotations

from fourfold.platform.ui.tables import Column, ColumnKind, Table
from fourfold.scorecard.evaluation.pages.measure_history import MeasureHistory

__all__ = ["measure_table"]


def measure_table(history: MeasureHistory, *, name: str) -> Table:
    """Oldest first, numbers unrounded."""
    decimals = history.format.decimals
    columns = (
        Column("period"),
        Column("label"),
        Column("value", ColumnKind.NUMBER, decimals=decimals),
        Column("unit_of_measure"),
        Column("target", ColumnKind.NUMBER, decimals=decimals),
        Column("score", ColumnKind.NUMBER, decimals=0),
        Column("status"),
        Column("why"),
    )
    rows = [
        (
            period.key,
            period.label,
            period.value,
            history.format.unit_of_measure,
            period.target,
            period.score,
            period.status.label,
            period.reason,
        )
        for period in history.periods
    ]
    return Table(name, columns, rows)
