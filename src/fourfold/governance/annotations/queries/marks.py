"""What marks a row or a chart: how much is open, and which points were annotated."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count

from fourfold.governance.annotations.models import Annotation, AnnotationType, Remark, Subject
from fourfold.governance.annotations.queries.threads import first_line
from fourfold.platform.accounts.scope import Scope

__all__ = ["ChartPoint", "open_threads", "points_of"]

MOST_POINTS = 24
"""Annotated points listed under one chart: two years of months."""


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """An annotated period of a measure in a unit; `number` counts such periods of the measure there, oldest first."""

    number: int
    period: str
    type: AnnotationType
    first_line: str
    is_open: bool


def open_threads(
    subject: Subject, keys: Collection[str], *, unit: str, period: str, scope: Scope
) -> dict[str, int]:
    """How many annotations of each thing wait for somebody. One query."""
    rows = (
        Annotation.objects.visible_to(scope)
        .filter(subject=subject, key__in=list(keys), unit__key=unit, period=period, resolved_at=None)
        .order_by("key")
    )
    return {row["key"]: row["number"] for row in rows.values("key").annotate(number=Count("pk"))}


def points_of(measures: Sequence[str], *, unit: str, scope: Scope) -> dict[str, tuple[ChartPoint, ...]]:
    """The annotated points of each measure's chart in this unit, the latest period first. One query."""
    rows = (
        Remark.objects.visible_to(scope)
        .filter(
            annotation__subject=Subject.MEASURE,
            annotation__key__in=list(measures),
            annotation__unit__key=unit,
            annotation__is_point=True,
            number=0,
        )
        .select_related("annotation")
        .order_by("-annotation__period", "-annotation_id", "-edition")
    )
    found: dict[str, dict[int, ChartPoint]] = {}
    for row in rows[: MOST_POINTS * max(1, len(measures))]:
        points = found.setdefault(row.annotation.key, {})
        points.setdefault(row.annotation_id, _point(row))  # the latest wording comes first
    return {key: _numbered(tuple(points.values())) for key, points in found.items()}


def _numbered(points: tuple[ChartPoint, ...]) -> tuple[ChartPoint, ...]:
    numbers = {period: at for at, period in enumerate(dict.fromkeys(each.period for each in points[::-1]), 1)}
    return tuple(replace(each, number=numbers[each.period]) for each in points)


def _point(row: Remark) -> ChartPoint:
    return ChartPoint(
        number=0,
        period=row.annotation.period,
        type=AnnotationType(row.annotation.type),
        first_line=first_line(row.text),
        is_open=row.annotation.is_open,
    )
