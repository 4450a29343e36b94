"""A measure's control chart: limits, signals by rule, icons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from fourfold.governance.signals.pages.control_points import ControlPoint, ControlView, Stretch
from fourfold.governance.signals.pages.reading import ChartPlace, read_view
from fourfold.outward.interchange.pages.named import About, MeasureNamed, UnitNamed
from fourfold.platform.accounts.scope import Scope

__all__ = ["SignalsDocument", "signals_document"]


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One period; numbers in the measure's unit of measure. `signals` are the numbers of the signals that name it.

    An EWMA has an `average`, whose limits are these; a CUSUM has two sums, in sigma.
    """

    period: str
    label: str
    value: float | None
    why: str | None
    numerator: float | None
    denominator: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None
    target: float | None
    segment: int
    says: str
    is_excluded: bool
    signals: tuple[int, ...]
    average: float | None
    sum_up: float | None
    sum_down: float | None


@dataclass(frozen=True, slots=True)
class ChartSignal:
    """One finding of one rule, in a sentence; `points` are periods."""

    number: int
    rule: str
    says: str
    points: tuple[str, ...]
    is_latest: bool
    is_contained: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class ChartSegment:
    """Limits of their own from one period to another, why they begin there, and of which values they are made."""

    first: str
    last: str
    is_rebased: bool
    reason: str
    limits_points: int
    limits_first: str | None
    limits_last: str | None


@dataclass(frozen=True, slots=True)
class ChartIcons:
    """What the latest point says of the process, and what the limits say of the target."""

    variation: str
    variation_sentence: str
    assurance: str
    assurance_sentence: str
    has_promise: bool


@dataclass(frozen=True, slots=True)
class ChartMemory:
    """λ and L of an EWMA, k and h of a CUSUM, and in a sentence how the chart is made of them."""

    weight: float
    width: float
    slack: float
    decision: float
    sentence: str


@dataclass(frozen=True, slots=True)
class SignalsDocument:
    """The control chart of a measure; `chart` is null and `reason` says why where these values make none."""

    format: Literal["fourfold.signals/1"]
    about: About
    chart: str | None
    rules: str
    memory: ChartMemory | None
    is_trial: bool
    reason: str
    remarks: tuple[str, ...]
    icons: ChartIcons
    segments: tuple[ChartSegment, ...]
    signals: tuple[ChartSignal, ...]
    points: tuple[ChartPoint, ...]


def signals_document(place: ChartPlace, *, scope: Scope, at: datetime) -> SignalsDocument:
    """Two queries when nothing changed.

    Raises:
        NotFounded, UnitUnknown, OutOfScope, PeriodUnknownHere, AsOfMalformed, MeasureUnknown.
    """
    view = read_view(place, scope=scope, at=at)
    form = view.format
    return SignalsDocument(
        format="fourfold.signals/1",
        about=About(
            MeasureNamed(view.measure, view.name, form.unit_of_measure, form.decimals),
            UnitNamed(view.unit, view.unit_name),
            place.period,
        ),
        chart=view.kind.value if view.kind else None,
        rules=view.rules,
        memory=_memory(view),
        is_trial=view.is_trial,
        reason=view.reason,
        remarks=view.remarks,
        icons=ChartIcons(
            view.variation.code,
            view.variation_sentence,
            view.assurance.code,
            view.assurance_sentence,
            view.has_promise,
        ),
        segments=tuple(_segment(view, each) for each in view.stretches),
        signals=_signals(view),
        points=tuple(_point(each) for each in view.points),
    )


def _memory(view: ControlView) -> ChartMemory | None:
    terms = view.memory
    if terms is None:
        return None
    return ChartMemory(terms.weight, terms.width, terms.slack, terms.decision, view.memory_sentence)


def _segment(view: ControlView, stretch: Stretch) -> ChartSegment:
    points = view.points
    return ChartSegment(
        points[stretch.first].key,
        points[stretch.last].key,
        stretch.is_rebased,
        stretch.reason,
        stretch.used,
        points[stretch.made_from].key if stretch.used else None,
        points[stretch.made_to].key if stretch.used else None,
    )


def _signals(view: ControlView) -> tuple[ChartSignal, ...]:
    return tuple(
        ChartSignal(
            each.number,
            each.rule,
            each.mark.value,
            tuple(view.points[place].key for place in each.points),
            each.is_latest,
            each.is_contained,
            each.sentence,
        )
        for each in view.findings
    )


def _point(point: ControlPoint) -> ChartPoint:
    return ChartPoint(
        period=point.key,
        label=point.label,
        value=point.value,
        why=None if point.value is not None else point.why.code,
        numerator=point.numerator,
        denominator=point.denominator,
        centre=point.centre,
        lower=point.lower,
        upper=point.upper,
        near_lower=point.near_lower,
        near_upper=point.near_upper,
        target=point.target,
        segment=point.segment + 1,
        says=point.mark.value,
        is_excluded=point.is_excluded,
        signals=point.findings,
        average=point.average,
        sum_up=point.sum_up,
        sum_down=point.sum_down,
    )
