"""What a period is compared with: the one before, the same one of last year, or the plan."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fourfold.engine.calendar import FiscalCalendar, Grain, GrainPeriod
from fourfold.platform.ui.numbers import ValueFormat, display_change

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

__all__ = ["Against", "Comparison", "change_sentence", "comparisons"]


class Against(StrEnum):
    """The other end of a comparison, as an address names it."""

    BEFORE = "before"
    LAST_YEAR = "last-year"
    PLAN = "plan"

    @property
    def label(self) -> StrPromise:
        """What a person chooses."""
        return _LABELS[self]

    @classmethod
    def named(cls, text: str) -> Against:
        """The one an address names; the period before where it names none."""
        return next((each for each in cls if each.value == text), cls.BEFORE)

    def page(self, calendar: FiscalCalendar, shown: GrainPeriod) -> GrainPeriod | None:
        """The other period; None for the plan, which is of the same one. A year to date is held against last year's."""
        if self is Against.PLAN:
            return None
        if self is Against.LAST_YEAR or shown.grain is Grain.YTD:
            return calendar.same_period_last_year(shown)
        return shown.shifted(-1)


_LABELS = {
    Against.BEFORE: _("Period before"),
    Against.LAST_YEAR: _("Same period last year"),
    Against.PLAN: _("Plan"),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One choice of a row of choices."""

    key: str
    label: str
    is_current: bool


def comparisons(current: Against, *, offered: tuple[Against, ...] = tuple(Against)) -> tuple[Comparison, ...]:
    """The row of choices."""
    return tuple(Comparison(each.value, str(each.label), each is current) for each in offered)


def change_sentence(
    name: str,
    values: tuple[float, float],
    *,
    form: ValueFormat,
    labels: tuple[str, str],
    is_plan: bool = False,
) -> str:
    """What happened: by how much, from where to where; judged by the digits that are shown.

    Args:
        values: before and after.
        labels: what both ends are called.
        is_plan: the first is what was planned for the period of the second.
    """
    before, after = values
    shown = form.beside(before, after)
    amount = display_change(after - before, decimals=shown.decimals, unit_of_measure=shown.unit_of_measure)
    said = {
        "name": name,
        "amount": str(amount).lstrip("+\N{MINUS SIGN}"),
        "before": str(shown.shown(before)),
        "after": str(shown.shown(after)),
        "then": labels[0],
        "now": labels[1],
    }
    if is_plan:
        return _plan_sentence(amount.text) % said
    if amount.text.startswith("+"):
        sentence = gettext("%(name)s rose by %(amount)s, from %(before)s (%(then)s) to %(after)s (%(now)s).")
    elif amount.text.startswith("\N{MINUS SIGN}"):
        sentence = gettext("%(name)s fell by %(amount)s, from %(before)s (%(then)s) to %(after)s (%(now)s).")
    else:
        sentence = gettext("%(name)s did not change: %(after)s (%(then)s and %(now)s).")
    return sentence % said


def _plan_sentence(amount: str) -> str:
    if amount.startswith("+"):
        return gettext("%(name)s lies %(amount)s above its plan: %(after)s against %(before)s (%(now)s).")
    if amount.startswith("\N{MINUS SIGN}"):
        return gettext("%(name)s lies %(amount)s below its plan: %(after)s against %(before)s (%(now)s).")
    return gettext("%(name)s is as planned: %(after)s (%(now)s).")
