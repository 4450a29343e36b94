"""Reading one measure's numbers out of an evaluation, at any of its units and periods."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.calendar import GrainPeriod, Period
from fourfold.engine.certainty import Certainty, certainty_of
from fourfold.engine.definitions import MeasureVersion
from fourfold.engine.evaluate import MeasureResults
from fourfold.engine.explain.page import Page
from fourfold.engine.quantities import Why
from fourfold.engine.score import STATUS_CODES
from fourfold.platform.ui.components import Change, Coverage, Series, StatusMark, change_between
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.scorecard.evaluation.pages.value_format import format_of, version_used
from fourfold.scorecard.evaluation.pages.window import Window, number_or_none

__all__ = ["MeasureNumbers"]


@dataclass(frozen=True)
class MeasureNumbers:
    """One measure around the shown period; `unit` is a position among the evaluated units everywhere."""

    seen: Window
    key: str

    @cached_property
    def node(self) -> int:
        """Where the measure stands in the arrays."""
        return self.seen.evaluation.measure_index(self.key)

    @cached_property
    def version(self) -> MeasureVersion:
        """The version the shown period uses; before the first one, the first."""
        return version_used(self.seen.evaluation, self.key, page=self.seen.shown)

    @cached_property
    def certainty(self) -> Certainty | None:
        """How sure the shown value of the page's unit is; None where nobody can know."""
        evaluation, seen = self.seen.evaluation, self.seen
        measure = evaluation.book.measure_index(self.key)
        return certainty_of(Page.of(evaluation, seen.shown), measure, unit=seen.unit)

    @property
    def results(self) -> MeasureResults:
        """The arrays of the shown grain."""
        return self.seen.results.measures

    def version_at(self, page: GrainPeriod) -> MeasureVersion | None:
        """The version a page uses."""
        book = self.seen.evaluation.book
        return book.version_on(self.key, day=book.timeline.calendar.last_day(page))

    def number(self, of: NDArray[np.float64], unit: int, *, at: int | None = None) -> float | None:
        """A value, target or score at the shown period, or at a place on the period axis."""
        return number_or_none(of[self.node, self.seen.at if at is None else at, unit])

    def at_page(self, of: NDArray[np.float64], unit: int, *, page: GrainPeriod) -> float | None:
        """The same at any period; None outside the evaluated time."""
        if page.ordinal not in self.seen.results.ordinals:
            return None
        return self.number(of, unit, at=self.seen.results.position(page.ordinal))

    def why(self, unit: int, *, at: int | None = None) -> Why:
        """Why there is no value; PRESENT where there is one."""
        return Why(int(self.results.why[self.node, self.seen.at if at is None else at, unit]))

    def mark(self, unit: int, *, at: int | None = None) -> StatusMark:
        """The status; a missing value explains a grey one better than the missing score does."""
        where = (self.node, self.seen.at if at is None else at, unit)
        why = Why(int(self.results.why[where]))
        score_why = Why(int(self.results.score_why[where]))
        return StatusMark(
            STATUS_CODES[int(self.results.status[where])], why if why is not Why.PRESENT else score_why
        )

    def coverage(self, unit: int) -> Coverage | None:
        """Observations present of those due; None where nothing is."""
        where = (self.node, self.seen.at, unit)
        due = int(self.results.due[where])
        return Coverage(int(self.results.present[where]), due) if due else None

    def series(self, unit: int) -> Series:
        """The sparkline."""
        start, stop = self.seen.start, self.seen.at + 1
        values, targets = (
            tuple(number_or_none(number) for number in of[self.node, start:stop, unit])
            for of in (self.results.value, self.results.target)
        )
        return Series(self.seen.labels, values, targets, self.format)

    @property
    def format(self) -> ValueFormat:
        """How the shown period's version writes its values."""
        return format_of(self.version)

    def format_at(self, page: GrainPeriod) -> ValueFormat:
        """How another period's version writes its own."""
        return format_of(version_used(self.seen.evaluation, self.key, page=page))

    def format_beside(self, page: GrainPeriod, unit: int) -> ValueFormat:
        """How a period's value is written in one unit: its version's way, told apart from its own target."""
        value = self.at_page(self.results.value, unit, page=page)
        return self.format_at(page).beside(value, self.at_page(self.results.target, unit, page=page))

    def change(self, unit: int, *, since: GrainPeriod) -> Change | None:
        """From an earlier period to the shown one; None over a break in the definition or to a carried value."""
        if self.shown_period(unit) or not self._is_comparable(since):
            return None
        earlier_score = self.at_page(self.results.score, unit, page=since)
        score = self.number(self.results.score, unit)
        return change_between(
            self.at_page(self.results.value, unit, page=since),
            self.number(self.results.value, unit),
            polarity=self.version.goal.polarity,
            decimals=self.version.decimals,
            unit_of_measure=self.version.unit_of_measure,
            score_change=None if earlier_score is None or score is None else score - earlier_score,
        )

    def shown_period(self, unit: int, *, at: int | None = None) -> str:
        """The older period that a carried value belongs to, in words; empty where the value is the page's own."""
        shown = self.seen.results.shown.get(self.node)
        place = self.seen.at if at is None else at
        if shown is None or shown[place, unit] < 0:
            return ""
        calendar = self.seen.evaluation.book.timeline.calendar
        return calendar.label(Period(self.version.frequency, int(shown[place, unit])))

    def _is_comparable(self, since: GrainPeriod) -> bool:
        earlier = self.version_at(since)
        if earlier is None:
            return False
        return (earlier.series, earlier.unit_of_measure) == (
            self.version.series,
            self.version.unit_of_measure,
        )
