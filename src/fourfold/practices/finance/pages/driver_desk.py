"""What every part of a driver tree's page is made with: the numbers looked at, and how they are written."""

from __future__ import annotations

import math
from dataclasses import dataclass

from fourfold.engine.quantities import Polarity
from fourfold.platform.ui.components import Verdict
from fourfold.platform.ui.numbers import DisplayNumber, ValueFormat, display_change, display_number
from fourfold.practices.finance.pages.leaf_names import measure_names
from fourfold.practices.finance.queries.looking import Looked
from fourfold.scorecard.evaluation.pages.comparison import Against
from fourfold.scorecard.evaluation.pages.value_format import format_of, version_used

__all__ = ["DriverDesk", "driver_desk", "number_or_none", "share_text"]

MOST_SHARE = 9.99  # beyond ten times the change a share says nothing


@dataclass(frozen=True, slots=True)
class DriverDesk:
    """The measure looked at, the names of all measures, how its values are written, which way it should move."""

    looked: Looked
    names: dict[str, str]
    format: ValueFormat
    polarity: Polarity | None

    def sized(self, size: float) -> DisplayNumber:
        """A part of the change, with a digit more than the value has: small parts count, too."""
        decimals = self.format.decimals + 1
        return display_change(size, decimals=decimals, unit_of_measure=self.format.unit_of_measure)

    def verdict(self, size: float) -> Verdict:
        """Whether a part was wanted."""
        if self.polarity not in (Polarity.MAXIMISE, Polarity.MINIMISE) or not size:
            return Verdict.UNJUDGED
        is_wanted = (size > 0) is (self.polarity is Polarity.MAXIMISE)
        return Verdict.BETTER if is_wanted else Verdict.WORSE

    @property
    def labels(self) -> tuple[str, str]:
        """What both ends are called."""
        calendar = self.looked.evaluation.book.timeline.calendar
        other = self.looked.other
        before = str(Against.PLAN.label) if other is None else calendar.label(other)
        return before, calendar.label(self.looked.shown)


def driver_desk(looked: Looked) -> DriverDesk:
    """Lay out what is needed."""
    version = version_used(looked.evaluation, looked.measure.key, page=looked.shown)
    return DriverDesk(looked, measure_names(looked.evaluation), format_of(version), version.goal.polarity)


def share_text(part: float, change: float) -> str:
    """A part of a change in percent; empty where it would say nothing."""
    if not change or abs(part / change) > MOST_SHARE:
        return ""
    return str(display_number(100.0 * part / change, decimals=0, unit_of_measure="%"))


def number_or_none(value: float) -> float | None:
    """Arrays say NaN, pages say None."""
    return None if math.isnan(value) else float(value)
