"""The period stepper: one step back, one forward, another length, any other period."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.engine.calendar import FiscalCalendar, Frequency, Grain, GrainPeriod

__all__ = ["GrainChoice", "PeriodChoice", "PeriodStepper", "PickerYear", "period_stepper", "short_label"]

_GRAINS: tuple[tuple[Grain, str | Promise], ...] = (
    (Grain.DAY, _("Day")),
    (Grain.WEEK, _("Week")),
    (Grain.MONTH, _("Month")),
    (Grain.QUARTER, _("Quarter")),
    (Grain.HALF, _("Half-year")),
    (Grain.YTD, _("Year to date")),
    (Grain.YEAR, _("Year")),
)
_USUAL = frozenset({Grain.MONTH, Grain.QUARTER, Grain.YTD, Grain.YEAR})
_UNUSUAL = frozenset({Grain.WEEK, Grain.HALF})
"""Offered within the picker: four lengths are what fits beside it. A day is opened by its address alone."""


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """A period one can go to: its key for the address, its name in full and in short."""

    key: str
    label: str
    short: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class GrainChoice:
    """The same place in time at another length."""

    label: str
    key: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PickerYear:
    """The periods of one fiscal year."""

    label: str
    choices: tuple[PeriodChoice, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class PeriodStepper:
    """Everything the stepper offers from the shown period; `grains` holds the shown length and the usual ones."""

    current: PeriodChoice
    previous: PeriodChoice | None
    following: PeriodChoice | None
    grains: tuple[GrainChoice, ...]
    other_grains: tuple[GrainChoice, ...]
    years: tuple[PickerYear, ...]


def period_stepper(calendar: FiscalCalendar, shown: GrainPeriod, *, first: date, last: date) -> PeriodStepper:
    """Offer the periods from the one that holds `first` to the one that holds `last`, newest year first."""
    offered = range(
        calendar.page_of(shown.grain, first).ordinal, calendar.page_of(shown.grain, last).ordinal + 1
    )
    return PeriodStepper(
        current=_choice(calendar, shown, shown=shown),
        previous=_choice(calendar, shown.shifted(-1), shown=shown) if shown.ordinal > offered.start else None,
        following=_choice(calendar, shown.shifted(1), shown=shown)
        if shown.ordinal + 1 < offered.stop
        else None,
        grains=_grain_choices(calendar, shown, among=_USUAL | {shown.grain}, last=last),
        other_grains=_grain_choices(calendar, shown, among=_UNUSUAL - {shown.grain}, last=last),
        years=_years(calendar, [GrainPeriod(shown.grain, ordinal) for ordinal in offered], shown=shown),
    )


def short_label(calendar: FiscalCalendar, page: GrainPeriod) -> str:
    """A name narrow enough for an axis: `Sep 26`, `Q3 26`, `P08 26`, `2026`."""
    year = str(calendar.containing(page.period, Frequency.YEAR).ordinal)
    within = _within_year(calendar, page)
    if calendar.is_week_based or page.grain not in (Grain.MONTH, Grain.YTD):
        return f"{within} {year[-2:]}" if within else year
    return calendar.first_day(page.period).strftime("%b %y")


def _choice(calendar: FiscalCalendar, page: GrainPeriod, *, shown: GrainPeriod) -> PeriodChoice:
    within = _within_year(calendar, page) or calendar.label(page)
    return PeriodChoice(calendar.key_of(page), calendar.label(page), within, is_current=page == shown)


def _within_year(calendar: FiscalCalendar, page: GrainPeriod) -> str:
    """What tells a period from its neighbours of the same fiscal year; empty for a year itself."""
    if page.grain in (Grain.MONTH, Grain.YTD) and not calendar.is_week_based:
        return calendar.first_day(page.period).strftime("%b")
    _, _, within = calendar.key(page.period).partition("-")
    return within


def _grain_choices(
    calendar: FiscalCalendar, shown: GrainPeriod, *, among: Set[Grain], last: date
) -> tuple[GrainChoice, ...]:
    anchor = min(calendar.last_day(shown), last)
    return tuple(
        GrainChoice(
            str(label),
            calendar.key_of(_at(calendar, grain, shown=shown, anchor=anchor)),
            grain is shown.grain,
        )
        for grain, label in _GRAINS
        if grain in among
    )


def _at(calendar: FiscalCalendar, grain: Grain, *, shown: GrainPeriod, anchor: date) -> GrainPeriod:
    """The period of this length that holds the day; of weeks the last that is over by then, as a month cuts them."""
    if grain is shown.grain:
        return shown
    page = calendar.page_of(grain, anchor)
    return page.shifted(-1) if grain is Grain.WEEK and calendar.last_day(page) > anchor else page


def _years(
    calendar: FiscalCalendar, offered: list[GrainPeriod], *, shown: GrainPeriod
) -> tuple[PickerYear, ...]:
    def fiscal_year(page: GrainPeriod) -> int:
        return calendar.containing(page.period, Frequency.YEAR).ordinal

    years = [
        PickerYear(
            calendar.label(calendar.containing(pages[0].period, Frequency.YEAR)),
            tuple(_choice(calendar, page, shown=shown) for page in pages),
            is_open=year == fiscal_year(shown),
        )
        for year, pages in ((year, list(group)) for year, group in groupby(offered, key=fiscal_year))
    ]
    return tuple(reversed(years))
