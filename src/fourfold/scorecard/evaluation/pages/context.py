"""What every page of the scorecard says about itself: scale, how far the period has come, units and periods."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fourfold.engine.book import Book
from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.evaluate import Evaluation
from fourfold.platform.ui.numbers import display_number
from fourfold.platform.ui.stepper import PeriodStepper, period_stepper
from fourfold.platform.ui.unit_picker import UnitPicker, unit_picker

__all__ = ["PageContext", "ScaleNote", "page_context"]


@dataclass(frozen=True, slots=True)
class ScaleNote:
    """The scale in use, printed on every page (METHOD §2.3); `borders` are where amber and green begin.

    `total`: whether policy wants one number over the perspectives, in words.
    """

    sentence: str
    borders: tuple[float, float]
    ceiling: float = 100.0
    total: str = ""


@dataclass(frozen=True, slots=True)
class PageContext:
    """Unit and period of a page, and the ways from it. `progress` is empty once the period is over."""

    unit: str
    unit_name: str
    units: UnitPicker
    stepper: PeriodStepper
    scale: ScaleNote
    progress: str


def page_context(
    evaluation: Evaluation, *, unit: str, shown: GrainPeriod, visible: Collection[str] | None = None
) -> PageContext:
    """Describe where a page stands, for somebody who sees the `visible` units (None: all)."""
    book = evaluation.book
    offered = evaluation.at(shown.grain).ordinals
    first = book.timeline.calendar.first_day(GrainPeriod(shown.grain, offered.start).period)
    picker = unit_picker(book.definitions.units, current=unit, visible=visible)
    return PageContext(
        unit=unit,
        unit_name=picker.current.name,
        units=picker,
        stepper=period_stepper(book.timeline.calendar, shown, first=first, last=max(book.today, first)),
        scale=_scale_note(book),
        progress=_progress(evaluation, shown),
    )


def _scale_note(book: Book) -> ScaleNote:
    total = (
        _("Policy wants a total: the perspectives by their weights.")
        if book.policies.is_on("score.total")
        else _("There is no total over the perspectives unless policy says so.")
    )
    return ScaleNote(
        book.scale.sentence, (book.scale.amber, book.scale.green), book.scale.ceiling, str(total)
    )


def _progress(evaluation: Evaluation, shown: GrainPeriod) -> str:
    calendar, today = evaluation.book.timeline.calendar, evaluation.book.today
    share = calendar.elapsed_share(shown.period, on=today)
    if share >= 1.0:
        return ""
    return f"{display_number(100 * share, decimals=0).text} % of the period has passed: values and targets are to date."
