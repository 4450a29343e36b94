"""Which points are special cause, by which rule, and which way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.backends import backend_for
from fourfold.engine.score import Backend
from fourfold.engine.spc import vectors
from fourfold.engine.spc.chart import ChartKind, ControlChart
from fourfold.engine.spc.patterns import BEYOND, DOWN
from fourfold.engine.spc.refusals import RulesUnfit, UnknownRules
from fourfold.engine.spc.rules import SIGMAS, Rule, packed, rules_named
from fourfold.engine.spc.summing import columns, upright

__all__ = ["Signal", "Signals", "signals"]

Bools = NDArray[np.bool_]
Marks = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Signal:
    """One rule's finding in one series: the points it names, and which way (+1 up, −1 down, 0 neither)."""

    rule: Rule
    points: tuple[int, ...]
    direction: int


@dataclass(frozen=True, slots=True)
class Signals:
    """Marks of (series, period): bit r says that a point is part of rule r's pattern upwards, bit r + 8 downwards.

    Rules without a direction (alternating, too calm, avoiding the middle) set both.
    """

    rules: tuple[Rule, ...]
    marks: Marks

    @property
    def is_special(self) -> Bools:
        """Where any rule speaks, (series, period)."""
        return np.asarray(self.marks != 0)

    def of_rule(self, key: str) -> Bools:
        """The points of one rule, (series, period).

        Raises:
            UnknownRules: the chart was not judged by it.
        """
        keys = [rule.key for rule in self.rules]
        if key not in keys:
            raise UnknownRules(f"judged by {', '.join(keys)}, not by {key!r}")
        return np.asarray(self.marks & _bits(keys.index(key)) != 0)

    @property
    def direction(self) -> NDArray[np.int8]:
        """Which way, (series, period): +1 up, −1 down, 0 where there is no signal or it has no direction.

        Where points lie counts before where they head: a falling trend that is still above the mean on a long run
        above it is a high.
        """
        level = _headed(self.marks, [r for r, rule in enumerate(self.rules) if rule.is_of_level])
        trend = _headed(self.marks, [r for r, rule in enumerate(self.rules) if not rule.is_of_level])
        return np.where(level != 0, level, trend)

    def found_in(self, series: int) -> tuple[Signal, ...]:
        """Every finding in one series, rule by rule, up before down; points count from 0."""
        return tuple(self._found(self.marks[series]))

    def _found(self, marks: Marks) -> Iterator[Signal]:
        for r, rule in enumerate(self.rules):
            if not rule.is_directed:
                yield from _signal(rule, marks & np.uint16(1 << r), direction=0)
                continue
            yield from _signal(rule, marks & np.uint16(1 << r), direction=1)
            yield from _signal(rule, marks & np.uint16(1 << (r + DOWN)), direction=-1)


def signals(
    chart: ControlChart, *, rules: str | Sequence[str] = "mdc", backend: Backend | None = None
) -> Signals:
    """Find the points that a rule calls special cause; all points of a pattern are named, not only its last.

    Args:
        chart: of any kind; EWMA only by rules of single points.
        rules: a set (`mdc`, `nelson`, `weco`, `rule1`) or single rules by name.
        backend: both give the same bits; None: by the amount of work.

    Returns: no marks where there are no limits. A pattern of several points never reaches over a gap nor from one
        segment into the next.

    Raises:
        UnknownRules, RulesUnfit.

    Source: METHOD M3.4; Making Data Count; Nelson 1984; Western Electric 1956.

    >>> from fourfold.engine.spc import xmr
    >>> found = signals(xmr(np.array([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1.0])))
    >>> [(signal.rule.key, signal.points, signal.direction) for signal in found.found_in(0)]
    [('mdc.outside', (4,), 1)]
    """
    chosen = rules_named(rules)
    if chart.kind is ChartKind.EWMA and any(rule.pattern != BEYOND for rule in chosen):
        raise RulesUnfit("averages lean on one another: only the limits (rule1) judge an EWMA chart")
    series, periods = chart.points.shape
    marks = np.empty((series, periods), dtype=np.uint16)
    if (backend or backend_for(chart.points.size)) == "numba":
        from fourfold.engine.spc import kernels

        kernels.mark(
            np.ascontiguousarray(chart.points),
            chart.segments.number,
            np.ascontiguousarray(chart.centre),
            np.ascontiguousarray(chart.reach),
            packed(chosen),
            SIGMAS,
            marks,
        )
        return Signals(chosen, marks)
    for rows in columns(series, periods=periods):
        marks[rows] = vectors.mark(
            upright(chart.points, rows),
            upright(chart.segments.number, rows),
            centre=np.ascontiguousarray(chart.centre[rows].T),
            reach=np.ascontiguousarray(chart.reach[rows].T),
            rules=packed(chosen),
            sigmas=SIGMAS,
        ).T
    return Signals(chosen, marks)


def _bits(rule: int) -> np.uint16:
    return np.uint16(1 << rule | 1 << (rule + DOWN))


def _headed(marks: Marks, rules: Sequence[int]) -> NDArray[np.int8]:
    up = np.uint16(sum(1 << rule for rule in rules))
    down = np.uint16(sum(1 << (rule + DOWN) for rule in rules))
    return np.asarray((marks & up != 0).astype(np.int8) - (marks & down != 0), dtype=np.int8)


def _signal(rule: Rule, marked: Marks, *, direction: int) -> Iterator[Signal]:
    points = np.flatnonzero(marked)
    if points.size:
        yield Signal(rule, tuple(points.tolist()), direction)
