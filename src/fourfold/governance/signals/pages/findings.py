"""Signals as sentences: which points, which way, against what, and what that means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fourfold.engine.calendar import Frequency
from fourfold.engine.spc import Rule, Signals
from fourfold.engine.spc.patterns import ALTERNATING, BEYOND, BEYOND_EITHER, ONE_SIDE, OUT_OF, TREND, WITHIN
from fourfold.governance.signals.pages.control_points import ControlPoint, Finding, PointMark
from fourfold.governance.signals.pages.memory_course import MemoryCourse
from fourfold.governance.signals.pages.memory_wording import remembered_finding
from fourfold.platform.ui.numbers import ValueFormat

__all__ = ["Teller", "findings", "periods_said"]


def periods_said(count: int, frequency: Frequency) -> str:
    """`8 months`, as a sentence counts them."""
    said = {
        Frequency.DAY: ngettext("%(count)s day", "%(count)s days", count),
        Frequency.WEEK: ngettext("%(count)s week", "%(count)s weeks", count),
        Frequency.MONTH: ngettext("%(count)s month", "%(count)s months", count),
        Frequency.QUARTER: ngettext("%(count)s quarter", "%(count)s quarters", count),
        Frequency.HALF: ngettext("%(count)s half-year", "%(count)s half-years", count),
        Frequency.YEAR: ngettext("%(count)s year", "%(count)s years", count),
    }
    return said[frequency] % {"count": count}


@dataclass(frozen=True, slots=True)
class _Run:
    """Points of one rule that belong together, oldest first."""

    rule: Rule
    points: tuple[int, ...]
    direction: int


@dataclass(frozen=True, slots=True)
class Teller:
    """What every sentence of one chart needs. `wanted` is +1 where high is better, −1 where low is, 0 for neither."""

    points: Sequence[ControlPoint]
    frequency: Frequency
    wanted: int
    format: ValueFormat
    course: MemoryCourse | None = None

    def finding(self, run: _Run, *, last: int) -> Finding:
        """One run in a sentence; numbered by whoever lists it."""
        is_latest = run.points[-1] == last
        ending = self._ending(run)
        return Finding(
            0, run.rule.key, self.mark(run.direction), run.points, f"{self._said(run)}{ending}", is_latest
        )

    def mark(self, direction: int) -> PointMark:
        """Better, worse, or neither."""
        if not direction or not self.wanted:
            return PointMark.NEUTRAL
        return PointMark.IMPROVEMENT if direction == self.wanted else PointMark.CONCERN

    def _ending(self, run: _Run) -> str:
        match self.mark(run.direction):
            case PointMark.IMPROVEMENT:
                return _(": this is signal, not noise, and for the better.")
            case PointMark.CONCERN:
                return _(": this is signal, not noise, and for the worse.")
            case _:
                return _(": this is signal, not noise.")

    def _said(self, run: _Run) -> str:
        if self.course is not None:
            return remembered_finding(
                self.points,
                self.course,
                places=run.points,
                direction=run.direction,
                form=self.format,
            )
        match run.rule.pattern:
            case pattern if pattern == BEYOND:
                return self._beyond(run)
            case pattern if pattern == ONE_SIDE:
                return self._one_side(run)
            case pattern if pattern == TREND:
                return self._trend(run)
            case pattern if pattern == OUT_OF:
                return self._out_of(run)
            case _:
                return self._without_direction(run)

    def _words(self, run: _Run) -> dict[str, str]:
        first, last = self.points[run.points[0]], self.points[run.points[-1]]
        return {
            "first": first.label,
            "last": last.label,
            "count": periods_said(len(run.points), self.frequency),
            "centre": str(self.format.shown(first.centre)),
        }

    def _beyond(self, run: _Run) -> str:
        words, first = self._words(run), self.points[run.points[0]]
        limit = first.upper if run.direction > 0 else first.lower
        form = self.format.beside(first.value, limit)
        words |= {"value": str(form.shown(first.value)), "limit": str(form.shown(limit))}
        if len(run.points) == 1 and run.direction > 0:
            return _("%(first)s lies at %(value)s, above the upper limit of %(limit)s") % words
        if len(run.points) == 1:
            return _("%(first)s lies at %(value)s, below the lower limit of %(limit)s") % words
        if run.direction > 0:
            return _("From %(first)s to %(last)s, %(count)s in a row lie above their upper limits") % words
        return _("From %(first)s to %(last)s, %(count)s in a row lie below their lower limits") % words

    def _one_side(self, run: _Run) -> str:
        words = self._words(run)
        if run.points[-1] + 1 == len(self.points):
            if run.direction > 0:
                return _("From %(first)s on, %(count)s in a row lie above the mean of %(centre)s") % words
            return _("From %(first)s on, %(count)s in a row lie below the mean of %(centre)s") % words
        if run.direction > 0:
            return (
                _("From %(first)s to %(last)s, %(count)s in a row lay above the mean of %(centre)s") % words
            )
        return _("From %(first)s to %(last)s, %(count)s in a row lay below the mean of %(centre)s") % words

    def _trend(self, run: _Run) -> str:
        words = self._words(run)
        if run.direction > 0:
            return _("From %(first)s to %(last)s, %(count)s in a row rise, each above the one before") % words
        return _("From %(first)s to %(last)s, %(count)s in a row fall, each below the one before") % words

    def _out_of(self, run: _Run) -> str:
        # Two of three beyond two sigma are close to a limit; four of five beyond one are merely off the middle.
        words = self._words(run)
        match (run.rule.sigmas == 2, run.direction > 0):
            case (True, True):
                said = _("From %(first)s to %(last)s, %(count)s lie close to the upper limit or beyond it")
            case (True, False):
                said = _("From %(first)s to %(last)s, %(count)s lie close to the lower limit or beyond it")
            case (False, True):
                said = _("From %(first)s to %(last)s, %(count)s lie over one sigma above the mean")
            case _:
                said = _("From %(first)s to %(last)s, %(count)s lie over one sigma below the mean")
        return said % words

    def _without_direction(self, run: _Run) -> str:
        said = {
            ALTERNATING: _("From %(first)s to %(last)s, %(count)s in a row go up and down by turns"),
            WITHIN: _(
                "From %(first)s to %(last)s, %(count)s in a row lie nearer to the mean than chance allows"
            ),
            BEYOND_EITHER: _("From %(first)s to %(last)s, %(count)s in a row keep away from the mean"),
        }
        return said[run.rule.pattern] % self._words(run)


def findings(signals: Signals, row: int, *, first: int, teller: Teller) -> tuple[Finding, ...]:
    """Every signal of a series in a sentence: those of their own in the order of time, then those within another.

    Args:
        signals, row: of the chart.
        first: where the series begins in the chart's row; places of findings count from there.
    """
    last = max((place for place, point in enumerate(teller.points) if point.value is not None), default=0)
    found = [teller.finding(run, last=last) for run in _runs(signals, row, first=first, teller=teller)]
    ordered = sorted(found, key=lambda each: (each.points[0], each.points[-1]))
    known = [replace(each, is_contained=_is_contained(each, ordered)) for each in ordered]
    leading = sorted(known, key=lambda each: each.is_contained)  # what says something of its own comes first
    return tuple(replace(each, number=number) for number, each in enumerate(leading, 1))


def _is_contained(finding: Finding, among: Sequence[Finding]) -> bool:
    """Whether another one of the same mark names every point of it: a longer one, or of equals the first."""
    points, earlier = set(finding.points), among[: among.index(finding)]
    return any(
        other.mark is finding.mark
        and (points < set(other.points) or (points == set(other.points) and other in earlier))
        for other in among
    )


def _runs(signals: Signals, row: int, *, first: int, teller: Teller) -> Iterator[_Run]:
    for signal in signals.found_in(row):
        step = signal.rule.length - 1 if signal.rule.pattern == OUT_OF else 1
        places = [place - first for place in signal.points]
        run = [places[0]]
        for place in places[1:]:
            is_new = teller.points[place].segment != teller.points[run[-1]].segment
            if place - run[-1] > step or is_new:
                yield _Run(signal.rule, tuple(run), signal.direction)
                run = []
            run.append(place)
        yield _Run(signal.rule, tuple(run), signal.direction)
