"""What a person typed, as numbers: in the person's own spelling, checked as strictly as any file."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fourfold.data.entry.pages.grid import Told
from fourfold.engine.definitions import MeasureVersion
from fourfold.engine.quantities import AggregationKind, GoalType
from fourfold.folder.mapping.numbers import NumberProblem
from fourfold.platform.ui.numbers import display_number
from fourfold.platform.ui.typed_numbers import decimal_mark, read_typed_number

__all__ = ["Numbers", "labels_of", "read_typed"]

_SIDES: dict[AggregationKind, tuple[str, str]] = {
    AggregationKind.RATIO: ("numerator", "denominator"),
    AggregationKind.RATE: ("numerator", "denominator"),
    AggregationKind.MEAN: ("value", "n"),
    AggregationKind.NET_SHARE: ("numerator", "n"),
    AggregationKind.INDEX: ("value", "denominator"),
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """A cell's numbers as the ledger keeps them; all None: nothing stands there, or it is taken back."""

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    n: float | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether there is no number at all."""
        return (self.value, self.numerator) == (None, None)

    @property
    def above(self) -> float:
        """The engine's numerator: the same product that the ledger's reader makes."""
        if self.numerator is not None:
            return self.numerator
        value = self.value or 0.0
        below = self.n if self.n is not None else self.denominator
        return value if below is None else value * below

    @property
    def below(self) -> float:
        """The engine's denominator; 1 where the kind has none."""
        if self.denominator is not None:
            return self.denominator
        return 1.0 if self.n is None else self.n


def labels_of(version: MeasureVersion) -> tuple[str, str]:
    """What the one or two fields are called; the second is empty where the kind does not divide."""
    match version.kind:
        case AggregationKind.RATIO:
            return _("Numerator"), _("Denominator")
        case AggregationKind.RATE:
            return _("Count"), _("Exposure")
        case AggregationKind.MEAN:
            return _("Mean"), _("Number of cases")
        case AggregationKind.NET_SHARE:
            return _("Promoters − detractors"), _("Number of answers")
        case AggregationKind.INDEX:
            return _("Index"), _("Base")
        case _:
            return _("Value"), ""


def read_typed(first: str, second: str, *, version: MeasureVersion) -> tuple[Numbers, tuple[Told, ...]]:
    """The numbers of one cell, and what is wrong with them."""
    sides = _SIDES.get(version.kind, ("value", ""))
    texts = [first, second] if sides[1] else [first]
    if not any(text.strip() for text in texts):
        return Numbers(), ()
    if not all(text.strip() for text in texts):
        return Numbers(), (Told("OBSERVATION_INCOMPLETE", _missing(first, version=version)),)
    read = [_number(text, version=version) for text in texts]
    wrong = [told for _number_, told in read if told is not None]
    if wrong:
        return Numbers(), tuple(wrong)
    numbers = Numbers(**dict(zip(sides, [number for number, _told in read], strict=False)))
    return numbers, _out_of_bounds(numbers, version)


def _number(text: str, *, version: MeasureVersion) -> tuple[float | None, Told | None]:
    plain = text.strip().removesuffix("%").strip()
    if version.goal is GoalType.BOOLEAN:
        plain = {"yes": "1", "no": "0", _("yes").lower(): "1", _("no").lower(): "0"}.get(plain.lower(), plain)
    number, problem = read_typed_number(plain)
    match problem:
        case NumberProblem.NONE:
            return number, None
        case NumberProblem.VALUE_TOO_PRECISE:
            return None, Told("VALUE_TOO_PRECISE", _("More than 15 digits. Round it."))
        case NumberProblem.NOT_FINITE:
            return None, Told(
                "NOT_FINITE", _("This has no end or is no number. Write digits, or leave it empty.")
            )
        case _:
            example = f"1234{decimal_mark()}5"
            return None, Told(
                "NOT_A_NUMBER",
                _("“%(text)s” is not a number. Write it like %(example)s.")
                % {
                    "text": text.strip()[:20],
                    "example": example,
                },
            )


def _missing(first: str, *, version: MeasureVersion) -> str:
    labels = labels_of(version)
    lacking = labels[1] if first.strip() else labels[0]
    return _("“%(field)s” is missing. Fill in both, or neither.") % {"field": lacking}


def _out_of_bounds(numbers: Numbers, version: MeasureVersion) -> tuple[Told, ...]:
    if numbers.below <= 0:
        return (
            Told(
                "ZERO_DENOMINATOR",
                _("“%(field)s” must be above zero. Leave both empty where there was none.")
                % {"field": labels_of(version)[1]},
            ),
        )
    if version.goal is GoalType.BOOLEAN and numbers.value not in (0.0, 1.0):
        return (Told("OUT_OF_BOUNDS", _("Write Yes or No.")),)
    value = version.multiplier * numbers.above / numbers.below
    low, high = version.natural_min, version.natural_max
    if low is not None and value < low:
        bound = display_number(low, decimals=version.decimals, unit_of_measure=version.unit_of_measure)
        return (
            Told("OUT_OF_BOUNDS", _("It cannot lie below %(bound)s. Check the digits.") % {"bound": bound}),
        )
    if high is not None and value > high:
        bound = display_number(high, decimals=version.decimals, unit_of_measure=version.unit_of_measure)
        return (
            Told("OUT_OF_BOUNDS", _("It cannot lie above %(bound)s. Check the digits.") % {"bound": bound}),
        )
    return ()
