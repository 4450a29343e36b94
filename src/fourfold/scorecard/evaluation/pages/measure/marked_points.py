"""The points of a measure's chart that higher apps have something to say about."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from fourfold.platform.accounts.scope import Scope
from fourfold.platform.ui.slots import MEASURE_POINTS, SlotContent, SlotPlace, slot
from fourfold.scorecard.evaluation.pages.measure.history import MarkedPoint, MeasureHistory
from fourfold.scorecard.evaluation.pages.place import Place

__all__ = ["with_marked_points"]


def with_marked_points(
    history: MeasureHistory, measure: str, *, place: Place, scope: Scope, at: datetime
) -> MeasureHistory:
    """The history with a mark on each period that is spoken of; one call per provider, whatever the periods."""
    keys = [f"{measure}@{period.key}" for period in history.periods]
    contents = slot(MEASURE_POINTS).contents(keys, place=SlotPlace(place.unit, place.period, scope, at))
    points = tuple(_point(key, each) for key, said in contents.items() for each in said)
    return replace(history, points=points)


def _point(key: str, said: SlotContent) -> MarkedPoint:
    told = said.values
    return MarkedPoint(
        key=key.partition("@")[2],
        number=str(told["number"]),
        words=said.text,
        address=str(told["address"]),
        is_open=bool(told["is_open"]),
    )
