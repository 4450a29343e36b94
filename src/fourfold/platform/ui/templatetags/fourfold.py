"""Tags that draw the components: `{% load fourfold %}`. Each costs string work only, never a query."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import urlencode

from django import template
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from fourfold.engine.quantities import Status, Why
from fourfold.platform.refusals.field_errors import told_errors
from fourfold.platform.ui import numbers
from fourfold.platform.ui.components import Change, Coverage, Series, StatusMark, Verdict
from fourfold.platform.ui.drawings import bullet, history, marks
from fourfold.platform.ui.drawings import correlogram as correlograms
from fourfold.platform.ui.drawings.gauge import gauge as draw_gauge
from fourfold.platform.ui.drawings.icons import icon as draw_icon
from fourfold.platform.ui.drawings.sparkline import sparkline as draw_sparkline
from fourfold.platform.ui.drawings.timeline import Timeline, timeline_chart
from fourfold.platform.ui.reasons import reason_sentence
from fourfold.platform.ui.region import region_now
from fourfold.platform.ui.slots import SlotContent, SlotPlace, slot

register = template.Library()

_kept = lru_cache(maxsize=4096)
"""For markup that depends on its arguments alone: a page writes hundreds of such pieces, and the next one the same."""


@register.simple_tag
def number(value: float | None, *, decimals: int = 1, unit_of_measure: str = "") -> SafeString:
    """A value with its unit of measure muted beside it."""
    return _written(numbers.display_number(value, decimals=decimals, unit_of_measure=unit_of_measure))


@register.simple_tag
def measured(value: float | None, form: numbers.ValueFormat, *, bare: bool = False) -> SafeString:
    """A measure's value or target as its version writes it; `bare` leaves the unit of measure to the heading."""
    shown = form.shown(value)
    return _written(numbers.DisplayNumber(shown.text) if bare else shown)


@_kept
def _written(shown: numbers.DisplayNumber) -> SafeString:
    if not shown.unit:
        return format_html('<span class="number">{}</span>', shown.text)
    return format_html(
        '<span class="number">{} <span class="unit-of-measure">{}</span></span>', shown.text, shown.unit
    )


@register.filter
def day(when: date | None) -> str:
    """A day as the reader writes it; nothing where there is none. A moment gives its day in the active time zone."""
    if not when:
        return ""
    return region_now().day(localtime(when).date() if isinstance(when, datetime) else when)


@register.filter
def moment(when: datetime | None) -> str:
    """A moment's day as the reader writes it, and its time in the active zone."""
    return f"{day(when)}, {localtime(when):%H:%M}" if when else ""


@register.simple_tag
def score(value: float | None) -> str:
    """A score in whole points."""
    return numbers.display_score(value)


@register.simple_tag
def status_shape(status: Status) -> SafeString:
    """The shape alone, for where the word stands beside it."""
    return marks.status_shape(status)


@register.simple_tag
@_kept
def status_mark(status: Status) -> SafeString:
    """The shape with its word for screen readers, for tight places that have a legend."""
    return format_html(
        '<span class="status-mark" title="{}">{}<span class="visually-hidden">{}</span></span>',
        status.label,
        marks.status_shape(status),
        status.label,
    )


@register.simple_tag
def status_pill(status: Status | StatusMark, *, why: Why = Why.PRESENT, held: bool = False) -> SafeString:
    """Shape, word and colour; under a grey one the reason, under others "held" and "uncertain" where they are."""
    mark = status if isinstance(status, StatusMark) else StatusMark(status, why, held)
    note = mark.note or (
        reason_sentence(mark.why) if mark.status is Status.GREY else "held" if mark.held else ""
    )
    return _pill(mark.status, note, word=mark.label, is_uncertain=mark.is_uncertain)


@_kept
def _pill(status: Status, note: str, *, word: str, is_uncertain: bool) -> SafeString:
    pill = format_html(
        '<span class="pill pill-{}">{}{}</span>', status.value, marks.status_shape(status), word
    )
    if is_uncertain:  # a tag, so that the glossary explains it where it stands
        pill = format_html('{} <span class="tag">{}</span>', pill, _("uncertain"))
    return format_html('{}<span class="pill-note">{}</span>', pill, note) if note else pill


@register.filter
def reason(why: Why) -> str:
    """Why there is no number, in words."""
    return reason_sentence(why)


@register.simple_tag
def gauge(
    value: float | None,
    status: Status,
    *,
    borders: Sequence[float] = (),
    ceiling: float = 100.0,
    label: str = "",
) -> SafeString:
    """The half ring of a score."""
    return draw_gauge(value, status=status, borders=borders, ceiling=ceiling, label=label)


@register.simple_tag
def sparkline(series: Series, status: Status, *, label: str = "") -> SafeString:
    """The line of the last periods."""
    return draw_sparkline(series, status=status, label=label)


@register.simple_tag
def bullet_bar(
    value: float | None,
    status: Status,
    *,
    low: float = 0.0,
    high: float = 100.0,
    borders: Sequence[float] = (),
    label: str = "",
) -> SafeString:
    """A bar against the borders of the statuses."""
    return bullet.bullet_bar(value, status=status, low=low, high=high, borders=borders, label=label)


@register.simple_tag
@_kept
def change_arrow(change: Change | None) -> SafeString:
    """Arrow, signed amount and the word better or worse."""
    if change is None:
        return format_html('<span class="change change-none">{}</span>', numbers.ABSENT)
    word = (
        format_html('<span class="change-verdict">{}</span>', change.verdict.value) if change.verdict else ""
    )
    name = change.verdict.value if change.verdict in (Verdict.BETTER, Verdict.WORSE) else "level"
    return format_html(
        '<span class="change change-{}">{}<span class="change-amount">{}</span>{}</span>',
        name,
        marks.direction_arrow(change.direction),
        change.amount.text,
        word,
    )


@register.simple_tag
@_kept
def avatar(name: str) -> SafeString:
    """The initials of a person in a disc; decorative, the name stands beside it."""
    words = [word for word in name.replace(".", " ").split() if word]
    initials = (words[0][0] + words[-1][0] if len(words) > 1 else name[:2]).upper() if words else "?"
    return format_html('<span class="initials" aria-hidden="true">{}</span>', initials)


@register.simple_tag
@_kept
def coverage(shown: Coverage) -> SafeString:
    """ "8 of 10", marked where something is missing."""
    name = "coverage" if shown.is_complete else "coverage coverage-partial"
    return format_html('<span class="{}">{} of {}</span>', name, shown.present, shown.due)


@register.simple_tag
def line_sample(place: int) -> SafeString:
    """The legend's piece of line."""
    return history.line_sample(place)


@register.simple_tag
def history_chart(shown: history.ScoreHistory, *, width: int, height: int, title: str) -> SafeString:
    """The score history at one size."""
    return history.history_chart(shown, width=width, height=height, title=title)


@register.simple_tag
def correlogram(
    shown: correlograms.Correlogram, *, width: int, height: int, title: str, kind: str = ""
) -> SafeString:
    """Correlations by lag; `kind` is a class that says at which width of screen it is shown."""
    return correlograms.correlogram_chart(shown, width=width, height=height, title=title, kind=kind)


@register.simple_tag
def timeline(shown: Timeline, *, title: str) -> SafeString:
    """Bars over a calendar."""
    return timeline_chart(shown, width=1040, title=title)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon of the house; decorative."""
    return draw_icon(name)


@register.simple_tag(takes_context=True)
def slot_contents(context: Context, name: str, *, keys: Sequence[str]) -> dict[str, SafeString]:
    """What higher apps show on this page for each key of a list: one call per provider, whatever the length."""
    request = context["request"]
    contents = slot(name).contents(list(keys), place=_slot_place(context))
    drawn: dict[Hashable, str] = {}
    return {
        key: SafeString("".join(_drawn_once(shown, request, drawn=drawn) for shown in shown_there))
        for key, shown_there in contents.items()
        if shown_there
    }


def _drawn_once(shown: SlotContent, request: HttpRequest, *, drawn: dict[Hashable, str]) -> str:
    """A column of equal marks is drawn once: with the request a template costs more than the mark says."""
    same = (shown.template, tuple(shown.values.items()))
    try:
        if same not in drawn:
            drawn[same] = shown.render(request)
    except TypeError:  # lists and the like among the values: nothing that repeats
        return shown.render(request)
    return drawn[same]


@register.simple_tag(takes_context=True)
def slot_here(context: Context, name: str, key: str) -> SafeString:
    """What higher apps show here for one thing: `{% slot_here "objective.panels" page.head.key %}`."""
    return slot_contents(context, name, keys=[key]).get(key, SafeString(""))


def _slot_place(context: Context) -> SlotPlace:
    request = context["request"]
    if not hasattr(request, "slot_place"):
        match = request.resolver_match
        here = match.kwargs if match else {}
        unit, period, as_of = here.get("unit", ""), here.get("period", ""), request.GET.get("as_of", "")
        request.slot_place = SlotPlace(unit, period, request.scope, request.received_at, as_of)
    found: SlotPlace = request.slot_place
    return found


@register.filter
def of(contents: Mapping[str, SafeString], key: str) -> SafeString:
    """The slot's content for one key."""
    return contents.get(key, SafeString(""))


@register.simple_tag(takes_context=True)
def here(context: Context, **changed: str) -> str:
    """This page's address with another `unit`, `period`, `measure` or `objective`, its filters kept."""
    request = context["request"]
    match = request.resolver_match
    path = _address(match.view_name, {**match.kwargs, **changed})
    query = request.GET.urlencode()
    return f"{path}?{query}" if query else path


@register.simple_tag(takes_context=True)
def way(context: Context, page: str, **named: str) -> str:
    """The address of another page at this one's unit and period: `{% way 'scorecard:measure' measure=row.key %}`.

    A page whose own address names no place says in its context what it is `looking_at`.
    """
    here = {**context["request"].resolver_match.kwargs, **(context.get("looking_at") or {})}
    place = {name: here[name] for name in ("unit", "period") if name in here}
    return _address(page, {**place, **named})


def _address(view: str, kwargs: Mapping[str, str]) -> str:
    return _reversed(view, tuple(kwargs.items()), get_urlconf(), get_script_prefix())


@_kept
def _reversed(view: str, kwargs: tuple[tuple[str, str], ...], urls: str | None, prefix: str) -> str:
    return reverse(view, urlconf=urls, kwargs=dict(kwargs))


@register.simple_tag(takes_context=True)
def filtered(context: Context, **changed: str) -> str:
    """This page's address with some filters set (an empty text takes one away)."""
    request = context["request"]
    kept = {name: value for name, value in {**request.GET.dict(), **changed}.items() if value}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


@register.simple_tag
def query_of(request: HttpRequest) -> str:
    """The filters of this page's address, for a file that is narrowed as the page is."""
    query = request.GET.urlencode()
    return f"?{query}" if query else ""


_OF_ONE_LEAF = ("from", "page", "before")  # where in a list one is: its file holds the whole list


@register.simple_tag(takes_context=True)
def table_files(context: Context, route: str) -> SafeString:
    """The table of this page to take away, filtered as the page is: the file's address takes what the page's takes."""
    request = context["request"]
    place, query = dict(request.resolver_match.captured_kwargs), request.GET.copy()
    for name in _OF_ONE_LEAF:
        query.pop(name, None)
    asked = f"?{query.urlencode()}" if query else ""
    files = (
        (reverse(route, kwargs={**place, "ending": ending}) + asked, draw_icon("download"), words)
        for ending, words in (("csv", _("Table as CSV")), ("xlsx", _("Table as XLSX")))
    )
    return format_html_join("", '<a class="btn" href="{}" download>{}{}</a>', files)


@register.simple_tag(takes_context=True)
def chart_files(context: Context, route: str) -> SafeString:
    """A chart of this page to take away: the file's address takes what the page's takes, and `ending`."""
    place, asked = context["request"].resolver_match.captured_kwargs, query_of(context["request"])
    files = (
        (reverse(route, kwargs={**place, "ending": ending}) + asked, draw_icon("download"), words)
        for ending, words in (("svg", _("SVG")), ("png", _("PNG")))
    )
    links = format_html_join("", '<a href="{}" download>{}{}</a>', files)
    return format_html('<p class="downloads card-downloads">{}</p>', links)


@register.simple_tag
def form_field(field: BoundField) -> SafeString:
    """A form's field with label, error and help text tied to it."""
    is_check = getattr(field.field.widget, "input_type", "") == "checkbox"
    name = (
        "form-check-input"
        if is_check
        else "form-select"
        if hasattr(field.field.widget, "choices")
        else "form-control"
    )
    extra: dict[str, str | bool] = {"class": name, **({"aria-invalid": "true"} if field.errors else {})}
    shown = {"field": field, "control": field.as_widget(attrs=extra), "is_check": is_check}
    return render_to_string("ui/_field.html", shown)


@register.simple_tag
def field_errors(field: BoundField) -> SafeString:
    """What is wrong with a field, each with its remedy and its code; nothing where nothing is."""
    lines = [(each.told, each.code) for each in told_errors(field.errors, field=field.field)]
    return (
        format_html('<div id="{}_error">{}</div>', field.auto_id, _error_lines(lines))
        if lines
        else SafeString()
    )


@register.simple_tag
def form_errors(form: BaseForm) -> SafeString:
    """What is wrong with a form as a whole, said at once to those who listen."""
    lines = [(each.told, each.code) for each in told_errors(form.non_field_errors())]
    return format_html('<div role="alert">{}</div>', _error_lines(lines)) if lines else SafeString()


def _error_lines(lines: Sequence[tuple[str, str]]) -> SafeString:
    line = '<p class="field-error"><span>{} <code class="refusal-code">{}</code></span></p>'
    return format_html_join("", line, lines)


@register.filter
def first_error(field: BoundField) -> str:
    """What is wrong with a field in one sentence, for a list that leads to the field."""
    return next((each.sentence for each in told_errors(field.errors, field=field.field)), "")
