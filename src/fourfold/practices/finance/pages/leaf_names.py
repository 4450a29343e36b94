"""What a formula's leaves are called, and how their numbers are written."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fourfold.engine.evaluate import Evaluation
from fourfold.engine.formula import Expression, to_text
from fourfold.engine.formula.syntax import Lag, Last, Reference, Rolling, ToDate
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.scorecard.evaluation.pages.value_format import format_of

__all__ = ["leaf_format", "leaf_title", "measure_names"]

_PLAIN = ValueFormat(2)


def measure_names(evaluation: Evaluation) -> dict[str, str]:
    """By key."""
    return {each.key: each.name for each in evaluation.book.definitions.measures}


def leaf_title(leaf: Expression, names: dict[str, str]) -> str:
    """The measure's name, with the stretch of time it is read over; a formula's text where it reads several."""
    match leaf:
        case Reference(key):
            return names.get(key, key)
        case Rolling(Reference(key), periods):
            return _("%(name)s, last %(count)s periods") % {"name": names.get(key, key), "count": periods}
        case ToDate(Reference(key)):
            return _("%(name)s, year to date") % {"name": names.get(key, key)}
        case Lag(Reference(key), periods):
            return _("%(name)s, %(count)s periods earlier") % {"name": names.get(key, key), "count": periods}
        case Last(Reference(key)):
            return _("%(name)s, last known") % {"name": names.get(key, key)}
        case _:
            return to_text(leaf)


def leaf_format(evaluation: Evaluation, measure: str) -> ValueFormat:
    """As the measure's latest version writes it."""
    if not measure:
        return _PLAIN
    return format_of(evaluation.book.measure(measure).versions[-1])
