"""Bars over a calendar: what runs from when until when, its milestones, and where today is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fourfold.platform.ui.drawings.scaling import Scale

__all__ = ["Bar", "Milestone", "Timeline", "timeline_chart"]

_NAMES, _RIGHT, _TOP, _ROW, _BAR = 240.0, 16.0, 34.0, 34.0, 14.0
_LETTERS = 34  # a name longer than its column ends in dots; the list beside it has it whole
_MONTH_ROOM = 46.0


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day something is to be reached."""

    name: str
    due: date
    done: date | None
    is_overdue: bool

    @property
    def state(self) -> str:
        """A class name of the sheet: reached, past its day, or still ahead."""
        return "done" if self.done else "late" if self.is_overdue else "open"


@dataclass(frozen=True, slots=True)
class Bar:
    """One undertaking; `elapsed` in percent of its time. `kind` is a class name of the sheet: its state."""

    name: str
    start: date
    end: date
    kind: str
    milestones: tuple[Milestone, ...] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars in listed order, over the time they cover together."""

    bars: tuple[Bar, ...]
    today: date

    @property
    def span(self) -> tuple[date, date]:
        """From the first of the first month to the last day of the last."""
        days = [
            day for bar in self.bars for day in (bar.start, bar.end, *(each.due for each in bar.milestones))
        ]
        first, last = min(days, default=self.today), max(days, default=self.today)
        return first.replace(day=1), _next_month(last) - timedelta(days=1)


def timeline_chart(timeline: Timeline, *, width: int, title: str) -> SafeString:
    """Draw at a given width; the height follows the bars."""
    first, last = timeline.span
    across = Scale(first.toordinal(), last.toordinal() + 1, _NAMES, width - _RIGHT)
    height = _TOP + _ROW * len(timeline.bars) + 8
    return format_html(
        '<svg class="timeline" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}{}{}</svg>',
        width,
        height,
        width,
        height,
        f"{title}. The list has every date.",
        _months(first, last, across=across, base=height),
        _bars(timeline.bars, across=across),
        _today(timeline.today, span=(first, last), across=across, base=height),
    )


def _months(first: date, last: date, *, across: Scale, base: float) -> SafeString:
    months = [first]
    while (following := _next_month(months[-1])) <= last:
        months.append(following)
    room = (across(last.toordinal()) - across(first.toordinal())) / max(len(months), 1)
    every = next((step for step in (1, 3, 6, 12) if step * room >= _MONTH_ROOM), 12)
    marked = [month for month in months if (month.month - 1) % every == 0]
    return format_html_join(
        "",
        '<path class="timeline-grid" d="M{} {}V{}"/><text class="timeline-axis" x="{}" y="18">{}</text>',
        (
            (across(day.toordinal()), _TOP - 6, base, across(day.toordinal()) + 4, f"{day:%b %y}")
            for day in marked
        ),
    )


def _bars(bars: Sequence[Bar], *, across: Scale) -> SafeString:
    return format_html_join("", "{}", ((_bar(bar, row=row, across=across),) for row, bar in enumerate(bars)))


def _bar(bar: Bar, *, row: int, across: Scale) -> SafeString:
    top = _TOP + _ROW * row
    left, right = across(bar.start.toordinal()), across(bar.end.toordinal() + 1)
    return format_html(
        '<g class="timeline-bar is-{}"><title>{}</title><text class="timeline-name" x="0" y="{}">{}</text>'
        '<rect x="{}" y="{}" width="{}" height="{}" rx="3"/>{}</g>',
        bar.kind,
        bar.sentence or bar.name,
        top + _BAR,
        bar.name if len(bar.name) <= _LETTERS else f"{bar.name[: _LETTERS - 1].rstrip()}…",
        left,
        top + 3,
        round(max(right - left, 2.0), 1),
        _BAR,
        _milestones(bar.milestones, top=top + 3 + _BAR / 2, across=across),
    )


def _milestones(milestones: Sequence[Milestone], *, top: float, across: Scale) -> SafeString:
    return format_html_join(
        "",
        '<path class="timeline-stone is-{}" d="M{} {}l6 6-6 6-6-6Z"><title>{}</title></path>',
        ((each.state, across(each.due.toordinal()), top - 6, each.name) for each in milestones),
    )


def _today(today: date, *, span: tuple[date, date], across: Scale, base: float) -> SafeString:
    if not span[0] <= today <= span[1]:
        return SafeString("")
    return format_html(
        '<path class="timeline-today" d="M{} {}V{}"/>', across(today.toordinal()), _TOP - 8, base
    )


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
