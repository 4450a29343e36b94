"""The indices of capability as a table to take away."""

from __future__ import annotations

from fourfold.governance.signals.pages.capability_view import CapabilityView
from fourfold.platform.ui.tables import Column, ColumnKind, Figure, Table

__all__ = ["capability_table"]


def capability_table(view: CapabilityView) -> Table:
    """One row an index, unrounded, with what was asked for; without an index its reason alone."""
    columns = (
        Column("index"),
        Column("value", ColumnKind.NUMBER, decimals=3),
        Column("low", ColumnKind.NUMBER, decimals=3),
        Column("high", ColumnKind.NUMBER, decimals=3),
        Column("lower", ColumnKind.NUMBER),
        Column("upper", ColumnKind.NUMBER),
        Column("target", ColumnKind.NUMBER),
        Column("values", ColumnKind.NUMBER, decimals=0),
        Column("why"),
    )
    asked = tuple(Figure(number, view.format.decimals) for number in (view.lower, view.upper, view.target))
    rows = [
        (line.name, line.value, line.low, line.high, *asked, len(view.values), "") for line in view.indices
    ]
    if not rows:
        rows = [("", None, None, None, *asked, len(view.values), view.reason)]
    return Table(view.name, columns, rows)
