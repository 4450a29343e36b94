"""The vocabulary every calculation speaks: units of measure, polarity, scores, and why a number is missing."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from types import MappingProxyType
from typing import NewType

__all__ = [
    "AggregationKind",
    "GoalType",
    "NotComputable",
    "Polarity",
    "Ratio",
    "Score",
    "Status",
    "UnitOfMeasure",
    "UnknownUnitOfMeasure",
    "Weight",
    "Why",
    "unit_of_measure",
]

Score = NewType("Score", float)
"""0 to 100, unit-free (METHOD §2.1)."""

Weight = NewType("Weight", float)
"""Nominal share in a roll-up; 0 is informational (METHOD §2.4)."""

Ratio = NewType("Ratio", float)
"""A plain share: 0.75 is three quarters."""


class Polarity(StrEnum):
    """Which way a value should move (METHOD §6)."""

    MAXIMISE = "maximise"
    MINIMISE = "minimise"
    BAND = "band"
    EXACT = "exact"


class GoalType(StrEnum):
    """How a value is turned into a score (METHOD §2.2)."""

    MAXIMISE = "maximise"
    MINIMISE = "minimise"
    BAND = "band"
    EXACT = "exact"
    MILESTONE = "milestone"
    BOOLEAN = "boolean"
    ORDINAL = "ordinal"
    INFORMATIONAL = "informational"

    @property
    def polarity(self) -> Polarity | None:
        """The wanted direction; None where the value is not scored."""
        if self is GoalType.INFORMATIONAL:
            return None
        if self in (GoalType.MILESTONE, GoalType.BOOLEAN, GoalType.ORDINAL):
            return Polarity.MAXIMISE
        return Polarity(self.value)


class AggregationKind(StrEnum):
    """What a value is, and therefore how it may be added up (METHOD §2.6)."""

    FLOW = "flow"
    STOCK = "stock"
    RATIO = "ratio"
    MEAN = "mean"
    NET_SHARE = "net_share"
    MEDIAN = "median"
    DISTINCT = "distinct"
    INDEX = "index"
    RATE = "rate"
    MAX = "max"
    MIN = "min"
    PRECOMPUTED = "precomputed"

    @property
    def is_additive(self) -> bool:
        """Whether parts sum to the whole over units."""
        return self in (AggregationKind.FLOW, AggregationKind.STOCK)

    @property
    def has_denominator(self) -> bool:
        """Whether an observation carries a numerator and a denominator."""
        return self in (
            AggregationKind.RATIO,
            AggregationKind.MEAN,
            AggregationKind.NET_SHARE,
            AggregationKind.RATE,
            AggregationKind.INDEX,
        )

    @property
    def is_aggregable(self) -> bool:
        """Whether any legal operator exists from stored values alone."""
        return self not in (AggregationKind.MEDIAN, AggregationKind.DISTINCT, AggregationKind.PRECOMPUTED)


class Status(StrEnum):
    """The four colours, with the words the screens use."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"

    @property
    def label(self) -> str:
        """What a person reads."""
        return _STATUS_LABELS[self]


_STATUS_LABELS: Mapping[Status, str] = MappingProxyType(
    {
        Status.GREEN: "On target",
        Status.AMBER: "At risk",
        Status.RED: "Off target",
        Status.GREY: "No data",
    }
)


class Why(IntEnum):
    """Why a cell has no usable number; one byte in the cube. PRESENT means that it has one.

    The first block are the states of METHOD §2.5, the second the reasons of `NotComputable` (METHOD §0.3).
    """

    PRESENT = 0
    NOT_DUE = 1
    NOT_APPLICABLE = 2
    INFORMATIONAL = 3
    MISSING_DUE = 4
    STALE = 5
    QUARANTINED = 6
    SUPPRESSED = 7
    TOO_FEW_POINTS = 16
    DEFINITION_BREAK = 17
    ZERO_DENOMINATOR = 18
    UNIT_MISMATCH = 19
    NOT_ADDITIVE = 20
    MISSING_REQUIRED = 21
    INSUFFICIENT = 22  # a parent whose coverage is below score.coverage_min
    TOTAL_OFF = 23  # the grand total, off by default (METHOD §2.10)
    NOT_FINITE = 24  # a formula left the range of float64
    NO_VARIATION = 25  # equal values: no spread to make limits of (METHOD §8)
    OVERLAPPING = 26  # a running total or rolling window: its points share their parts (METHOD M3.4)
    UNSTABLE = 27  # a special cause: capability would speak of a process that is no more (METHOD M3.4)
    NO_SPREAD = 28  # values vary, but as a method says to the last digit: how sure it is cannot be told

    @property
    def code(self) -> str:
        """The stable spelling used in JSON, CSV and messages."""
        return self.name.lower()

    @property
    def leaves_the_denominator(self) -> bool:
        """Excluded from coverage: nobody owes this number (METHOD §2.5)."""
        return self in (Why.NOT_DUE, Why.NOT_APPLICABLE, Why.INFORMATIONAL)


@dataclass(frozen=True, slots=True)
class NotComputable:
    """A result that says why there is no number; never zero, never green."""

    reason: Why


class UnknownUnitOfMeasure(ValueError):
    """The text is not a product or quotient of units of measure."""


Dimension = tuple[tuple[str, int], ...]
"""Base units with their exponents, sorted by name; empty for a pure number."""


@dataclass(frozen=True, slots=True)
class UnitOfMeasure:
    """What a number counts: a dimension and the size of one step in it.

    >>> unit_of_measure("EUR/shipment").dimension
    (('EUR', 1), ('shipment', -1))
    >>> unit_of_measure("%").factor
    0.01
    """

    symbol: str
    dimension: Dimension
    factor: float

    @property
    def is_pure_number(self) -> bool:
        """A share or factor without dimension."""
        return not self.dimension

    def is_addable_to(self, other: UnitOfMeasure) -> bool:
        """Whether a sum of both has a meaning without conversion."""
        # Not ==: (a·b)/c and (a/c)·b are one unit though their factors differ in the last digit.
        return self.dimension == other.dimension and math.isclose(self.factor, other.factor, rel_tol=1e-12)

    def times(self, other: UnitOfMeasure) -> UnitOfMeasure:
        """The unit of a product."""
        return _derived(self, other, sign=1)

    def per(self, other: UnitOfMeasure) -> UnitOfMeasure:
        """The unit of a quotient."""
        return _derived(self, other, sign=-1)


# Sizes relative to the base named first (SI brochure, ISO 80000-3); money and nouns are bases of their own.
_KNOWN: Mapping[str, tuple[Dimension, float]] = MappingProxyType(
    {
        "1": ((), 1.0),
        "%": ((), 0.01),
        "pp": ((), 0.01),
        "‰": ((), 0.001),
        "s": ((("s", 1),), 1.0),
        "min": ((("s", 1),), 60.0),
        "h": ((("s", 1),), 3600.0),
        "hour": ((("s", 1),), 3600.0),
        "hours": ((("s", 1),), 3600.0),
        "minute": ((("s", 1),), 60.0),
        "minutes": ((("s", 1),), 60.0),
        "second": ((("s", 1),), 1.0),
        "seconds": ((("s", 1),), 1.0),
        "d": ((("s", 1),), 86400.0),
        "day": ((("s", 1),), 86400.0),
        "days": ((("s", 1),), 86400.0),
        "g": ((("kg", 1),), 0.001),
        "kg": ((("kg", 1),), 1.0),
        "t": ((("kg", 1),), 1000.0),
        "m": ((("m", 1),), 1.0),
        "km": ((("m", 1),), 1000.0),
        "kWh": ((("kWh", 1),), 1.0),
        "MWh": ((("kWh", 1),), 1000.0),
    }
)
# ISO 4217: only money takes the prefixes k and M, so that MRSA stays a noun.
_CURRENCY_CODES = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
    ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
    MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
    SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES
    VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
"""
_CURRENCIES = frozenset(_CURRENCY_CODES.split())
_PREFIX_FACTOR = {"k": 1e3, "M": 1e6}
_NOUN = re.compile(r"^°?[^\W\d_][\w.-]*$")


@cache
def unit_of_measure(text: str) -> UnitOfMeasure:
    """Read `EUR`, `kEUR`, `%`, `h`, `EUR/shipment`, `kg*m`, or any noun (its own dimension); nothing is a number.

    Everything after the one `/` divides. Singular and plural are two nouns, except for units of time.

    Raises:
        UnknownUnitOfMeasure: a part is not a word.

    Source: METHOD §0.4 (dimension analysis); SI brochure, 9th ed., tables 7 and 8; ISO 4217.

    >>> unit_of_measure("kEUR").factor
    1000.0
    """
    numerator, slash, denominator = text.strip().partition("/")
    unit = _product(numerator or "1", whole=text)
    if slash:
        unit = unit.per(_product(denominator, whole=text))
    return UnitOfMeasure(text.strip(), unit.dimension, unit.factor)


def _product(text: str, *, whole: str) -> UnitOfMeasure:
    result = UnitOfMeasure("1", (), 1.0)
    for part in _factors(text):
        result = result.times(_single(part, whole=whole))
    return result


def _factors(text: str) -> list[str]:
    return [part.strip() for part in text.replace("·", "*").split("*")]


def _single(word: str, *, whole: str) -> UnitOfMeasure:
    if word in _KNOWN:
        dimension, factor = _KNOWN[word]
        return UnitOfMeasure(word, dimension, factor)
    if word[:1] in _PREFIX_FACTOR and word[1:] in _CURRENCIES:
        return UnitOfMeasure(word, ((word[1:], 1),), _PREFIX_FACTOR[word[0]])
    if not _NOUN.match(word):
        raise UnknownUnitOfMeasure(f"{whole!r} is not a unit of measure: {word!r} is not a word")
    return UnitOfMeasure(word, ((word, 1),), 1.0)


def _derived(left: UnitOfMeasure, right: UnitOfMeasure, *, sign: int) -> UnitOfMeasure:
    exponents = dict(left.dimension)
    for base, exponent in right.dimension:
        exponents[base] = exponents.get(base, 0) + sign * exponent
    dimension = tuple(sorted((base, exponent) for base, exponent in exponents.items() if exponent))
    factor = left.factor * right.factor if sign > 0 else left.factor / right.factor
    return UnitOfMeasure(_derived_symbol(left, right, sign=sign), dimension, factor)


def _derived_symbol(left: UnitOfMeasure, right: UnitOfMeasure, *, sign: int) -> str:
    """The words that remain after cancelling, written so that they read back as the same unit."""
    words: Counter[str] = Counter()
    for unit, side in ((left, 1), (right, sign)):
        numerator, slash, denominator = unit.symbol.partition("/")
        words.update({word: side * count for word, count in Counter(_factors(numerator)).items()})
        if slash:
            words.update({word: -side * count for word, count in Counter(_factors(denominator)).items()})
    above, below = ("*".join(_repeated(words, side=side)) for side in (1, -1))
    return f"{above or 1}/{below}" if below else above or "1"


def _repeated(words: Counter[str], *, side: int) -> list[str]:
    return [word for word, count in words.items() if word not in ("", "1") for _ in range(side * count)]
