"""What the annotations room shows on lower pages: each provider answers for a whole list in constant queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from fourfold.governance.annotations.models import Subject
from fourfold.governance.annotations.pages.talk import talks
from fourfold.governance.annotations.queries.analyses import analyses_in_periods, analyses_of
from fourfold.governance.annotations.queries.anchors import owners_of
from fourfold.governance.annotations.queries.marks import ChartPoint, open_threads, points_of
from fourfold.governance.annotations.queries.overrides import Judgement, judgements_in, judgements_of
from fourfold.governance.annotations.queries.owning import Owner
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.ui import slots
from fourfold.platform.ui.slots import SlotContent, SlotPlace, slot

__all__ = ["fill_slots"]

NAME = "annotations"


def fill_slots() -> None:
    """Register every provider; again replaces."""
    slot(slots.MEASURE_PANELS).register(NAME, Panels(Subject.MEASURE))
    slot(slots.OBJECTIVE_PANELS).register(NAME, Panels(Subject.OBJECTIVE))
    slot(slots.INITIATIVE_PANELS).register(NAME, Panels(Subject.INITIATIVE))
    slot(slots.MEASURE_NOTES).register(NAME, chart_points)
    slot(slots.MEASURE_POINTS).register(NAME, marked_points)
    slot(slots.MEASURE_PERIODS).register(NAME, marked_points)
    slot(slots.SCORECARD_COLUMNS).register(NAME, row_notes)
    slot(slots.SCORECARD_ACTIONS).register(NAME, analyses_link)
    slot(slots.OBJECTIVE_MARKS).register(NAME, override_marks)
    slot(slots.UNIT_JUDGEMENTS).register(NAME, unit_judgements)
    slot(slots.OBJECTIVE_ACTIONS).register(NAME, override_link)
    slot(slots.REPORT_NOTES).register(NAME, report_notes)


@dataclass(frozen=True, slots=True)
class Panels:
    """Analysis and threads of each thing."""

    subject: Subject

    def __call__(self, keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
        """A folded line for each of many initiatives, a card for the one thing of a page."""
        if place.at is None:
            return {}
        found = talks(
            self.subject, keys, unit=place.unit, period=place.period, scope=place.scope, at=place.at
        )
        template = "folded" if self.subject is Subject.INITIATIVE else "panel"
        return {
            key: SlotContent(f"annotations/_{template}.html", {"talk": talk}) for key, talk in found.items()
        }


def chart_points(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """The annotated points of a measure's chart, newest first."""
    found = points_of(keys, unit=place.unit, scope=place.scope)
    return {
        key: SlotContent("annotations/_points.html", {"points": points, "measure": key, "unit": place.unit})
        for key, points in found.items()
    }


def marked_points(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """By `measure@period`: the number of the bubble, what was said first, and the thread it leads to."""
    measures = list(dict.fromkeys(key.partition("@")[0] for key in keys))
    wanted, found = set(keys), points_of(measures, unit=place.unit, scope=place.scope)
    grouped: dict[str, list[ChartPoint]] = {}
    for measure, points in found.items():
        for point in points:
            grouped.setdefault(f"{measure}@{point.period}", []).append(point)
    return {key: _marked(key, points, unit=place.unit) for key, points in grouped.items() if key in wanted}


def _marked(key: str, points: Sequence[ChartPoint], *, unit: str) -> SlotContent:
    measure, _at, period = key.partition("@")
    address = reverse("scorecard:measure", args=[measure, unit, period])
    values = {
        "number": str(points[0].number),
        "text": "; ".join(f"{point.type.label}: {point.first_line}" for point in points),
        "address": f"{address}#talk-measure-{measure}",
        "is_open": any(point.is_open for point in points),
    }
    return SlotContent("annotations/_point.html", values)


def row_notes(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """Under a scorecard's row: the analysis's first line, and how many annotations are open."""
    unit, period, scope = place.unit, place.period, place.scope
    analyses = analyses_of(Subject.MEASURE, keys, unit=unit, period=period, scope=scope)
    waiting = open_threads(Subject.MEASURE, keys, unit=unit, period=period, scope=scope)
    return {
        key: SlotContent(
            "annotations/_row_note.html", {"analysis": analyses.get(key), "open": waiting.get(key, 0)}
        )
        for key in keys
        if key in analyses or key in waiting
    }


def analyses_link(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """The way to the period's analyses, those that stand and those that are owed."""
    values = {"unit": place.unit, "period": place.period}
    return {key: SlotContent("annotations/_analyses_link.html", values) for key in keys}


def override_marks(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """Beside a computed status: what somebody judged instead."""
    found = judgements_of(keys, unit=place.unit, period=place.period, scope=place.scope)
    return {key: _override_mark(judgement) for key, judgement in found.items()}


def unit_judgements(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """For files, the API and pages of many units: what was judged in each of them."""
    found = judgements_in(keys, period=place.period, scope=place.scope, at=place.at)
    return {
        unit: SlotContent(
            "annotations/_judged.html", {"judged": {key: _judged(each) for key, each in by.items()}}
        )
        for unit, by in found.items()
    }


def _judged(judgement: Judgement) -> Mapping[str, object]:
    return {
        "status": judgement.status,
        "by": judgement.author,
        "reason": judgement.reason,
        "mark": _override_mark(judgement),
    }


def _override_mark(judgement: Judgement) -> SlotContent:
    values = {"judgement": judgement, "text": _("overridden"), "status": judgement.status}
    return SlotContent("annotations/_override_mark.html", values)


def override_link(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """For whoever may judge there; to others the panel says who may."""
    if place.at is None:
        return {}
    owners = owners_of(Subject.OBJECTIVE, period=place.period, at=place.at)
    values = {"unit": place.unit, "period": place.period}
    return {
        key: SlotContent("annotations/_override_link.html", {**values, "objective": key})
        for key in keys
        if place.scope.may(Act.OVERRIDE_STATUS, unit=place.unit, assigned=(owners.get(key, Owner()).key,))
    }


def report_notes(keys: Sequence[str], place: SlotPlace) -> Mapping[str, SlotContent]:
    """The analysis of each `<subject>/<key>`, or of another period after an `@`; plain words in `text`."""
    found: dict[str, SlotContent] = {}
    for subject in Subject:
        named = {key: _named(key, shown=place.period) for key in keys if key.startswith(f"{subject.value}/")}
        if not named:
            continue
        things, periods = ({each[part] for each in named.values()} for part in (0, 1))
        written = analyses_in_periods(subject, things, periods=periods, unit=place.unit, scope=place.scope)
        for key, thing in named.items():
            if thing in written:
                values = {"analysis": written[thing], "text": written[thing].plain}
                found[key] = SlotContent("annotations/paper/_analysis.html", values)
    return found


def _named(key: str, *, shown: str) -> tuple[str, str]:
    """The thing and the period that `<subject>/<key>[@<period>]` names."""
    thing, _at, period = key.partition("/")[2].partition("@")
    return thing, period or shown
