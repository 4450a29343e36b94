"""What every document begins with, and how its numbers are written: unrounded, null where there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass

from fourfold.platform.ui.numbers import ValueFormat
from fourfold.scorecard.evaluation.pages.context import PageContext

__all__ = ["About", "MeasureNamed", "UnitNamed", "about", "number"]


@dataclass(frozen=True, slots=True)
class UnitNamed:
    """A unit by its key, and its name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class MeasureNamed:
    """A measure by its key, with its name, unit of measure, and the decimals that pages show."""

    key: str
    name: str
    unit_of_measure: str
    decimals: int


@dataclass(frozen=True, slots=True)
class About:
    """Which measure of which unit in which period."""

    measure: MeasureNamed
    unit: UnitNamed
    period: str


def about(place: PageContext, *, key: str, name: str, form: ValueFormat, period: str) -> About:
    """The head of a document about one measure."""
    measure = MeasureNamed(key, name, form.unit_of_measure, form.decimals)
    return About(measure, UnitNamed(place.unit, place.unit_name), period)


def number(value: float | None) -> float | None:
    """JSON has no NaN."""
    return value if value is not None and math.isfinite(value) else None
