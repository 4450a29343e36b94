"""Why there is no number, in the words a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from fourfold.engine.quantities import Why

__all__ = ["reason_sentence"]

_SENTENCES: Mapping[Why, object] = MappingProxyType(
    {
        Why.PRESENT: "",
        Why.NOT_DUE: _("Not due yet"),
        Why.NOT_APPLICABLE: _("Does not apply here"),
        Why.INFORMATIONAL: _("For information, not scored"),
        Why.MISSING_DUE: _("Due, but not reported"),
        Why.STALE: _("The last value is too old"),
        Why.QUARANTINED: _("Held back by a data check"),
        Why.SUPPRESSED: _("Hidden to protect people"),
        Why.TOO_FEW_POINTS: _("Too few points"),
        Why.DEFINITION_BREAK: _("The definition changed in between"),
        Why.ZERO_DENOMINATOR: _("Nothing to divide by"),
        Why.UNIT_MISMATCH: _("Units of measure do not match"),
        Why.NOT_ADDITIVE: _("Cannot be added up from parts"),
        Why.MISSING_REQUIRED: _("A required input is missing"),
        Why.INSUFFICIENT: _("Too few of the parts are scored"),
        Why.TOTAL_OFF: _("No total score, by policy"),
        Why.NOT_FINITE: _("The formula gave no finite number"),
        Why.NO_VARIATION: _("The values do not vary"),
        Why.OVERLAPPING: _("A running total cannot be judged point by point"),
        Why.UNSTABLE: _("The process is not stable"),
        Why.NO_SPREAD: _("The values follow a line exactly: how sure a forecast is cannot be told"),
    }
)


def reason_sentence(why: Why) -> str:
    """A few words for a cell; empty where there is a number.

    >>> reason_sentence(Why.NOT_DUE)
    'Not due yet'
    """
    return str(_SENTENCES[Why(why)])
