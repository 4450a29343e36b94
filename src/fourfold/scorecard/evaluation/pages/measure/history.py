"""A measure over its last periods: value, target, zones of the colours, gaps and breaks. What chart and table show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fourfold.engine.quantities import Status, Why
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.platform.ui.reasons import reason_sentence

__all__ = ["LENGTHS", "GapRun", "HistoryPeriod", "MarkedPoint", "MeasureHistory", "VersionBreak", "Zone"]

LENGTHS = (13, 25, 36)
"""How many periods may be asked for: a year and the same period before it, two such years, three years."""


@dataclass(frozen=True, slots=True)
class Zone:
    """The values of one colour in one period; None where nothing limits them."""

    status: Status
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class HistoryPeriod:
    """One period, written as its own version says.

    `line` tells stretches apart that must not be joined (fiscal years of a year to date).
    """

    key: str
    label: str
    short: str
    value: float | None
    why: Why
    target: float | None
    score: float | None
    status: Status
    format: ValueFormat
    zones: tuple[Zone, ...] = ()
    line: int = 0
    shown_period: str = ""

    @property
    def reason(self) -> str:
        """Why there is no value, in words; empty where there is one."""
        return reason_sentence(self.why)

    @property
    def is_gap(self) -> bool:
        """Whether somebody would expect a value and there is none."""
        return self.value is None and self.why is not Why.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class VersionBreak:
    """The first period that a new version of the definition applies to."""

    key: str
    short: str
    number: int
    reason: str
    is_new_series: bool


@dataclass(frozen=True, slots=True)
class GapRun:
    """Periods without a value, from the first to the last, and why."""

    first: str
    last: str
    reason: str


@dataclass(frozen=True, slots=True)
class MarkedPoint:
    """A period that somebody said something about: the number of its mark, what was said, and where to read on."""

    key: str
    number: str
    words: str
    address: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class MeasureHistory:
    """Periods oldest first, where the definition changed between them, and the points that higher apps mark."""

    periods: tuple[HistoryPeriod, ...]
    breaks: tuple[VersionBreak, ...]
    format: ValueFormat
    points: tuple[MarkedPoint, ...] = ()

    @property
    def has_values(self) -> bool:
        """Whether there is anything to draw."""
        return any(period.value is not None for period in self.periods)

    @property
    def has_targets(self) -> bool:
        """Whether a target stands beside any value."""
        return any(period.target is not None for period in self.periods)

    @property
    def zones(self) -> tuple[Status, ...]:
        """The colours that have a zone somewhere, best first: what the legend names."""
        found = {zone.status for period in self.periods for zone in period.zones}
        return tuple(status for status in Status if status in found)

    @property
    def gaps(self) -> tuple[HistoryPeriod, ...]:
        """Periods without the value they should have."""
        return tuple(period for period in self.periods if period.is_gap)

    @property
    def gap_runs(self) -> tuple[GapRun, ...]:
        """Gaps that follow one another for one reason, told together."""
        runs: list[GapRun] = []
        for place, period in enumerate(self.periods):
            if not period.is_gap:
                continue
            goes_on = place > 0 and self.periods[place - 1].is_gap and runs[-1].reason == period.reason
            first = runs.pop().first if goes_on else period.label
            runs.append(GapRun(first, period.label, period.reason))
        return tuple(runs)

    @property
    def newest_first(self) -> Sequence[HistoryPeriod]:
        """The order of the table."""
        return self.periods[::-1]
