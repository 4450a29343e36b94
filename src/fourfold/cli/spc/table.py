"""Control charts as a table for people; every digit is in the JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from fourfold.cli.spc.document import ChartsFound
from fourfold.cli.wide_table import print_whole, titled_table
from fourfold.engine import spc
from fourfold.engine.quantities import Why

__all__ = ["print_charts"]

_SAID = {
    spc.Variation.NOT_COMPUTABLE: "–",
    spc.Variation.COMMON_CAUSE: "○ common cause",
    spc.Variation.IMPROVEMENT: "■ improvement",
    spc.Variation.CONCERN: "× concern",
    spc.Variation.NEUTRAL_HIGH: "◆ special cause, high",
    spc.Variation.NEUTRAL_LOW: "◆ special cause, low",
    spc.Variation.NEUTRAL: "◆ special cause",
}
_ARROWS = {1: "↑", -1: "↓", 0: ""}
_PROMISED = {
    spc.Assurance.NOT_COMPUTABLE: "–",
    spc.Assurance.CONSISTENTLY_MEET: "will consistently meet",
    spc.Assurance.HIT_OR_MISS: "hit or miss",
    spc.Assurance.CONSISTENTLY_MISS: "will consistently miss",
}


def print_charts(charted: ChartsFound) -> None:
    """One row a series: limits at its latest point, both icons, what was found, what is doubtful."""
    table = titled_table(_title(charted))
    table.add_column("Series")
    for heading in ("Points", "Lower", "Centre", "Upper", "Latest"):
        table.add_column(heading, justify="right")
    for heading in ("Variation", "Assurance", "Signals", "Remarks"):
        table.add_column(heading)
    for series in range(len(charted.table.keys)):
        table.add_row(*_cells(charted, series))
    print_whole(table, width=140, under=[_footer(charted)])


def _title(charted: ChartsFound) -> str:
    rules = ", ".join(charted.asked.rules)
    of = " of residuals" if charted.asked.residuals else ""
    return f"{charted.table.columns.value} · chart {charted.asked.chart}{of} · rules {rules} · {charted.asked.made_of}"


def _cells(charted: ChartsFound, series: int) -> list[str]:
    chart, at = charted.chart, max(int(charted.icons.point[series]), 0)
    lines = (chart.lower, chart.shown_centre, chart.upper, chart.shown_points)
    values = [float(chart.over_points(line)[series, at]) for line in lines]
    digits = _digits(values[:3])
    numbers = [_number(value, digits) for value in values]
    why = Why(int(chart.over_points(chart.why)[series, at]))
    remarks = [*charted.warnings[series], *([] if why is Why.PRESENT else [why.code])]
    return [
        charted.table.name(series),
        str(int(np.isfinite(chart.points[series]).sum())),
        *numbers,
        _SAID[spc.Variation(charted.icons.variation[series])],
        _PROMISED[spc.Assurance(charted.icons.assurance[series])],
        ", ".join(_found(charted.signals.found_in(series))),
        ", ".join(remark.replace("_", " ") for remark in remarks),
    ]


def _found(signals: Sequence[spc.Signal]) -> Iterator[str]:
    """Each rule once, with an arrow and the number of points each way."""
    for rule in dict.fromkeys(each.rule.key for each in signals):
        ways = [f"{_ARROWS[each.direction]}{len(each.points)}" for each in signals if each.rule.key == rule]
        yield f"{rule} {' '.join(ways)}"


def _digits(limits: Sequence[float]) -> int:
    """Six, or as many as tell the limits from their centre."""
    there = {limit for limit in limits if np.isfinite(limit)}
    return next(
        (each for each in range(6, 17) if len({f"{limit:.{each}g}" for limit in there}) == len(there)), 17
    )


def _number(value: float, digits: int) -> str:
    return "–" if not np.isfinite(value) else f"{value:,.{digits}g}"


def _footer(charted: ChartsFound) -> str:
    judged = int(charted.chart.has_limits.any(axis=1).sum())
    special = int(charted.signals.is_special.any(axis=1).sum())
    told = f"{special} of {judged} series with limits have a signal somewhere"
    if charted.false_alarms is None:
        return f"{told}."
    return f"{told}; chance alone would give about {charted.false_alarms:g}."
