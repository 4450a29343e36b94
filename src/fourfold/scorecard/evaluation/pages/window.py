"""The last periods of one unit, read out of an evaluation's arrays as plain numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext
from numpy.typing import NDArray

from fourfold.engine.calendar import Frequency, Grain, GrainPeriod
from fourfold.engine.evaluate import Evaluation, GrainResults
from fourfold.platform.ui.stepper import short_label

__all__ = ["LENGTH", "Window", "window"]

LENGTH = 13
"""Periods a sparkline shows: a year and the same period before it."""


@dataclass(frozen=True, slots=True)
class Window:
    """Where a page looks: one unit, one period, and the `LENGTH` periods that end with it (fewer at the start).

    `labels` are the short names of those periods, oldest first.
    `before` is the period a change is measured against: the one before; of a year to date, the same of last year.
    """

    evaluation: Evaluation
    results: GrainResults
    shown: GrainPeriod
    unit: int
    at: int
    start: int
    before: GrainPeriod
    last_year: GrainPeriod
    labels: tuple[str, ...]

    @property
    def span(self) -> str:
        """What the window shows: `last 13 months`, `2026 to September, month by month`."""
        count = len(self.labels)
        if self.shown.grain is Grain.YTD:
            year_to_date = self.evaluation.book.timeline.calendar.label(self.shown)
            return gettext("%(period)s, month by month") % {"period": year_to_date}
        return gettext("last %(count)s %(grain)ss") % {"count": count, "grain": self.shown.grain.value}

    def short(self, page: GrainPeriod) -> str:
        """A period's name for an axis or a heading."""
        return short_label(self.evaluation.book.timeline.calendar, page)

    def series(self, numbers: NDArray[np.float64], node: int) -> tuple[float | None, ...]:
        """One node's numbers over the window; None where there is none."""
        return tuple(number_or_none(value) for value in numbers[node, self.start : self.at + 1, self.unit])

    def is_of_the_same(self, measures: Iterable[str]) -> bool:
        """Whether exactly those of these measures had a score the period before that have one now.

        In a month that has just begun a score may rest on one measure of nine: its distance from the month before
        tells which measures are there, not how things went.
        """
        if self.before.ordinal not in self.results.ordinals:
            return True
        places = [self.evaluation.measure_index(key) for key in measures]
        pages = [self.results.position(self.before.ordinal), self.at]
        scored = ~np.isnan(self.results.measures.score[np.ix_(places, pages, [self.unit])])
        return bool((scored[:, 0] == scored[:, 1]).all())

    def at_page(self, numbers: NDArray[np.float64], node: int, *, page: GrainPeriod) -> float | None:
        """One node's number at any period of the axis; None outside it."""
        if page.ordinal not in self.results.ordinals:
            return None
        return number_or_none(numbers[node, self.results.position(page.ordinal), self.unit])


def window(evaluation: Evaluation, *, unit: str, shown: GrainPeriod) -> Window:
    """Look at one unit and period.

    Raises:
        UnknownUnit: not among the evaluated units. IndexError: the period lies outside the evaluated time.
    """
    calendar = evaluation.book.timeline.calendar
    results = evaluation.at(shown.grain)
    at = results.position(shown.ordinal)
    start = max(0, at - LENGTH + 1, _year_start(results, at) if shown.grain is Grain.YTD else 0)
    ordinals = results.ordinals[start : at + 1]
    last_year = calendar.same_period_last_year(shown)
    return Window(
        evaluation=evaluation,
        results=results,
        shown=shown,
        unit=evaluation.units.index(unit),
        at=at,
        start=start,
        before=last_year if shown.grain is Grain.YTD else shown.shifted(-1),
        last_year=last_year,
        labels=tuple(short_label(calendar, GrainPeriod(shown.grain, ordinal)) for ordinal in ordinals),
    )


def number_or_none(value: float) -> float | None:
    """Arrays say NaN, pages say None."""
    number = float(value)
    return None if math.isnan(number) else number


def _year_start(results: GrainResults, at: int) -> int:
    """Year-to-date values of two fiscal years make no line: begin with the year's first month."""
    months_in = (results.ordinals[at]) % 12
    return max(0, at - months_in) if Frequency.MONTH is results.grain.frequency else 0
