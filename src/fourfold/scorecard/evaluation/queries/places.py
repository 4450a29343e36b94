"""The places a reader may name: a unit they may see, and a period the calendar knows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fourfold.engine.book import Book
from fourfold.engine.calendar import GrainPeriod, PeriodUnknown
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals import Refusal
from fourfold.platform.units.models import UnitUnknown

__all__ = ["PeriodNotCovered", "PeriodUnknownHere", "grain_period", "visible_unit"]


class PeriodUnknownHere(Refusal):
    code, status = "PERIOD_UNKNOWN", 404
    sentence = _("There is no period “{period}”. {reason}")
    remedy = _(
        "Write a month 2026-09 (2026-P08 in a calendar of weeks), a quarter 2026-Q3, a half 2026-H2, a year 2026, "
        "a week 2026-W39, a day 2026-09-30 or a year to date 2026-09-ytd."
    )


class PeriodNotCovered(PeriodUnknownHere):
    """A period of the calendar, before or after all that the definitions know of."""

    sentence = _("There is no period “{period}”. It lies outside the time that the definitions cover.")


def visible_unit(book: Book, unit: str, *, scope: Scope) -> str:
    """The unit's key, once it is known to exist and to lie in the viewer's sight.

    Raises:
        OutOfScope: 403, also of one that does not exist: who does not see the whole learns of no unit elsewhere.
        UnitUnknown: 404, to whoever does.
    """
    if unit not in book.units.positions and scope.sees(book.units.keys[0]):
        raise UnitUnknown(key=unit)
    scope.require(unit)
    return unit


def grain_period(book: Book, text: str) -> GrainPeriod:
    """What a page's address names as its period.

    Raises:
        PeriodUnknownHere: not a key of this calendar. Whether it was evaluated, the evaluation says.
    """
    try:
        return book.timeline.calendar.parse_grain(text)
    except PeriodUnknown as unknown:
        raise PeriodUnknownHere(period=text, reason=str(unknown)) from unknown
