"""The points of a control chart as a table to take away."""

from __future__ import annotations

from typing import Final

from fourfold.governance.signals.pages.control_points import ControlView
from fourfold.platform.ui.tables import Column, ColumnKind, Figure, Table

__all__ = ["control_table"]


_NUMBERS: Final = (
    "value",
    "numerator",
    "denominator",
    "centre",
    "lower",
    "upper",
    "near_lower",
    "near_upper",
    "target",
)


def control_table(view: ControlView) -> Table:
    """Oldest first, numbers unrounded; `signals` names the rules that name a point."""
    numbers = (*_NUMBERS, "average") if view.is_of_averages else _NUMBERS
    sums = ("sum_up", "sum_down") if view.is_of_sums else ()
    columns = (
        Column("period"),
        Column("label"),
        *(Column(name, ColumnKind.NUMBER) for name in numbers),
        *(Column(name, ColumnKind.NUMBER, decimals=3) for name in sums),
        Column("segment", ColumnKind.NUMBER, decimals=0),
        Column("says"),
        Column("signals"),
        Column("excluded"),
        Column("why"),
    )
    rules = {finding.number: finding.rule for finding in view.findings}
    rows = [
        (
            point.key,
            point.label,
            *(Figure(getattr(point, name), view.format.decimals) for name in numbers),
            *(getattr(point, name) for name in sums),
            point.segment + 1,
            point.mark.label if point.value is not None else "",
            ", ".join(dict.fromkeys(rules[number] for number in point.findings)),
            "yes" if point.is_excluded else "",
            point.reason,
        )
        for point in view.points
    ]
    return Table(view.name, columns, rows, _notes(view))


def _notes(view: ControlView) -> tuple[tuple[str, str], ...]:
    """Which chart it is, how it is made, and of which values its limits are."""
    return (
        ("chart", view.kind.value if view.kind else ""),
        ("rules", view.rules),
        *((("made", view.memory_sentence),) if view.memory_sentence else ()),
        *(("limits", sentence) for sentence in view.limits_sentences),
    )
