"""The periods ahead, and how each method did, as tables to take away."""

from __future__ import annotations

from fourfold.governance.signals.pages.forecast_view import ForecastPeriod, ForecastView
from fourfold.platform.ui.tables import Cell, Column, ColumnKind, Figure, Table

__all__ = ["forecast_table", "trials_table"]


def forecast_table(view: ForecastView) -> Table:
    """One row a period ahead, numbers unrounded."""
    ends = [f"{side}_{share}" for share in view.shares for side in ("low", "high")]
    columns = (
        Column("period"),
        Column("label"),
        *(Column(name, ColumnKind.NUMBER) for name in ("target", "expected", *ends)),
        Column("chance_on_target", ColumnKind.NUMBER, decimals=3),
    )
    notes = (
        ("unit", view.unit_name),
        ("as of the end of", view.period),
        ("method", view.method),
        *(
            (f"target {nth}", f"{prospect.sentence} {prospect.pace}")
            for nth, prospect in enumerate(view.prospects, start=1)
        ),
        ("reason", view.reason),
    )
    rows = [_row(view, period) for period in view.periods]
    return Table(view.name, columns, rows, tuple(note for note in notes if note[1]))


def _row(view: ForecastView, period: ForecastPeriod) -> tuple[Cell, ...]:
    bands = [period.band(share) for share in view.shares]
    numbers = (period.target, period.median, *(end for band in bands for end in (band.low, band.high)))
    return (
        period.key,
        period.label,
        *(Figure(number, view.format.decimals) for number in numbers),
        period.chance,
    )


def trials_table(view: ForecastView) -> Table:
    """One row a method."""
    columns = (
        Column("method"),
        Column("mase", ColumnKind.NUMBER, decimals=3),
        Column("shown"),
        Column("verdict"),
    )
    rows = [(line.name, line.mase, "yes" if line.is_shown else "", line.verdict) for line in view.trials]
    return Table(view.name, columns, rows, (("unit", view.unit_name), ("as of the end of", view.period)))
