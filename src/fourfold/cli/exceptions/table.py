"""Exceptions as a table for people; every digit is in the JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from fourfold.cli.exceptions.document import NO_LATEST_POINTS, ExceptionsFound
from fourfold.cli.wide_table import print_whole, titled_table
from fourfold.engine import spc
from fourfold.engine.exceptions import ExceptionItem, ExceptionKind, Line
from fourfold.engine.quantities import Why

__all__ = ["footer_of", "print_exceptions", "said_of", "title_of"]

_ARROWS = {1: "↑", -1: "↓", 0: ""}
_NAMED = 20  # in a list of names; all are in the JSON
_SAID = {
    ExceptionKind.ADVERSE: "× worse",
    ExceptionKind.FAVOURABLE: "■ better",
    ExceptionKind.CHANGED: "◆ changed",
    ExceptionKind.MISSES: "will consistently miss",
    ExceptionKind.STALE: "… late",
}


def print_exceptions(excepted: ExceptionsFound) -> None:
    """One row an exception, what follows from it beneath, the remainder by name, and what chance would give."""
    table = titled_table(title_of(excepted))
    table.add_column("Series")
    table.add_column("What")
    for heading in ("Points", "Latest", "Lower", "Centre", "Upper", "Priority"):
        table.add_column(heading, justify="right")
    for line in excepted.ranking.shown:
        for cells in _rows(excepted, line):
            table.add_row(*cells)
    print_whole(table, width=140, under=footer_of(excepted))


def title_of(excepted: ExceptionsFound) -> str:
    """What was looked at."""
    rules = ", ".join(excepted.terms.rules)
    return f"{excepted.table.columns.value} · exceptions on the latest {excepted.terms.latest} points · rules {rules}"


def _rows(excepted: ExceptionsFound, line: Line) -> Iterator[list[str]]:
    after = f" (follows from {excepted.table.name(line.follows.series)})" if line.follows else ""
    yield _cells(excepted, line.item, after=after)
    for item in line.folded:
        yield _cells(excepted, item, before="  ↳ ")


def said_of(excepted: ExceptionsFound, item: ExceptionItem) -> str:
    """Every kind of one exception, the most urgent first with its direction."""
    moved = _ARROWS[int(excepted.found.moved[item.place, item.kind])]
    return " · ".join(
        f"{_SAID[kind]}{f' {moved}' if kind is item.kind and moved else ''}"
        for kind in excepted.found.kinds_of(item.place)
    )


def _cells(excepted: ExceptionsFound, item: ExceptionItem, *, before: str = "", after: str = "") -> list[str]:
    chart, series = excepted.chart, item.series
    at = max(int(spc.last_points(chart.points[series : series + 1])[0]), 0)
    lines = (chart.points, chart.lower, chart.centre, chart.upper)
    return [
        before + excepted.table.name(series) + after,
        said_of(excepted, item),
        str(int(excepted.found.periods[item.place, item.kind])),
        *[_number(float(chart.over_points(line)[series, at])) for line in lines],
        f"{item.priority:.2f}",
    ]


def _number(value: float) -> str:
    return "–" if not np.isfinite(value) else f"{value:,.6g}"


def footer_of(excepted: ExceptionsFound) -> Iterator[str]:
    """The remainder by name, what could not be judged and why, and what chance would give."""
    found = excepted.found
    if excepted.ranking.rest:
        names = [excepted.table.name(line.item.series) for line in excepted.ranking.rest]
        yield f"{len(names)} more: {_some(names)}."
    yield from _not_judged(excepted)
    if not found.judged.any():
        return
    if not found.series.size:
        yield "Nothing to report."
    normal, judged = found.normal.size, int(found.judged.sum())
    yield (
        f"{normal} of {judged} series with limits behaved normally; "
        f"chance alone would give about {found.expected_false_alarms:.1f} exceptions."
    )


def _not_judged(excepted: ExceptionsFound) -> Iterator[str]:
    for why, names in excepted.not_judged.items():
        one = len(names) == 1
        said = {
            Why.TOO_FEW_POINTS.code: f"{'has' if one else 'have'} too few points for limits",
            Why.NO_VARIATION.code: f"{'does' if one else 'do'} not vary and {'has' if one else 'have'} no limits",
            Why.OVERLAPPING.code: f"{'runs' if one else 'run'} like totals and {'has' if one else 'have'} no limits",
            NO_LATEST_POINTS: f"{'has' if one else 'have'} no value among the latest points",
        }.get(why, f"{'has' if one else 'have'} no limits ({why.replace('_', ' ')})")
        yield f"{len(names)} series {said}: {_some(names)}."


def _some(names: Sequence[str]) -> str:
    more = "" if len(names) <= _NAMED else f" and {len(names) - _NAMED} others"
    return f"{'; '.join(names[:_NAMED])}{more}"
