"""How a period's values are written: as the version that the period uses says."""

from __future__ import annotations

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.definitions import MeasureVersion
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.quantities import GoalType
from fourfold.platform.ui.numbers import ValueFormat

__all__ = ["format_of", "version_used"]


def version_used(evaluation: Evaluation, key: str, *, page: GrainPeriod) -> MeasureVersion:
    """The version a page uses; before the first one, the first."""
    book = evaluation.book
    found = book.version_on(key, day=book.timeline.calendar.last_day(page))
    return found or book.measure(key).versions[0]


def format_of(version: MeasureVersion) -> ValueFormat:
    """Its decimals and its unit of measure."""
    return ValueFormat(
        version.decimals,
        version.unit_of_measure,
        is_yes_no=version.goal is GoalType.BOOLEAN,
        band=version.band,
    )
