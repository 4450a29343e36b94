"""What a caller hands to the ledger, and the two checks every number passes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Definitions
from fourfold.engine.quantities import Why
from fourfold.engine.rows import ObservationRows
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.measures.models import ObservationKind, ObservationStatus

__all__ = [
    "NewObservation",
    "NotFinite",
    "ValueTooPrecise",
    "check_number",
    "observations_from_rows",
    "status_of_why",
]

MOST_DIGITS = 15  # what a float64 always keeps (METHOD §0.3)


class ValueTooPrecise(Refusal):
    code, status = "VALUE_TOO_PRECISE", 422
    sentence = _("{value} has more than 15 significant digits (measure “{measure}”, row {row}).")
    remedy = _("Round it at the source; a float64 keeps 15.")


class NotFinite(Refusal):
    code, status = "NOT_FINITE", 422
    sentence = _("{value} is not a finite number (measure “{measure}”, row {row}).")
    remedy = _("Leave the value out, or withdraw it.")


class NewObservation(NamedTuple):
    """One row for the ledger. A named tuple, because millions of them pass.

    The number is `value`; or `numerator` and `denominator` where the kind has one; a `mean` may say `value` and `n`,
    an `index` `value` and its base as `denominator`. `segment` is a segment's key, None the total. An empty
    `release_status`: as the state of the row's period says.
    """

    measure: str
    unit: str
    period: int
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    n: float | None = None
    segment: str | None = None
    series: int = 1
    kind: str = ObservationKind.VALUE.value
    obs_status: str = ObservationStatus.NORMAL.value
    release_status: str = ""
    recorded_at: datetime | None = None
    source_file: str | None = None
    source_row: int | None = None

    @property
    def numbers(self) -> tuple[float | None, float | None, float | None, float | None]:
        """Value, numerator, denominator, n."""
        return self.value, self.numerator, self.denominator, self.n


def check_number(number: float, *, measure: str, row: int | None, digits_checked: bool) -> None:
    """Refuse what is not finite, and what a float64 would not give back as it was written."""
    if not math.isfinite(number):
        raise NotFinite(value=number, measure=measure, row=row)
    if not digits_checked and float(f"{number:.{MOST_DIGITS}g}") != number:
        raise ValueTooPrecise(value=repr(number), measure=measure, row=row)


_STATUS_OF_WHY = {
    Why.NOT_APPLICABLE: ObservationStatus.NOT_APPLICABLE,
    Why.STALE: ObservationStatus.STALE,
    Why.QUARANTINED: ObservationStatus.QUARANTINED,
    Why.SUPPRESSED: ObservationStatus.SUPPRESSED,
}


def status_of_why(why: Why) -> ObservationStatus:
    """The ledger's word for why a number is missing; `normal` where it is there or was taken back."""
    return _STATUS_OF_WHY.get(why, ObservationStatus.NORMAL)


def observations_from_rows(definitions: Definitions, rows: ObservationRows) -> Iterator[NewObservation]:
    """The engine's columns as rows for the ledger, in the same order; numbers keep every bit.

    Pass them with `digits_checked=True`: a numerator made from value × n may need 17 digits.
    """
    measures, units = definitions.measures, definitions.units
    segments = [(None, *(segment.key for segment in measure.versions[-1].segments)) for measure in measures]
    divides = [measure.versions[-1].kind.has_denominator for measure in measures]
    columns = (
        rows.measure,
        rows.series,
        rows.segment,
        rows.unit,
        rows.period,
        rows.numerator,
        rows.denominator,
        rows.why,
    )
    for measure, series, segment, unit, period, numerator, denominator, why in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        is_usable = why == Why.PRESENT
        number = numerator if is_usable else None
        yield NewObservation(
            measure=measures[measure].key,
            unit=units[unit].key,
            period=period,
            value=None if divides[measure] else number,
            numerator=number if divides[measure] else None,
            denominator=denominator if divides[measure] and is_usable else None,
            segment=segments[measure][segment],
            series=series,
            kind=(ObservationKind.WITHDRAWN if why == Why.MISSING_DUE else ObservationKind.VALUE).value,
            obs_status=status_of_why(why).value,
        )
