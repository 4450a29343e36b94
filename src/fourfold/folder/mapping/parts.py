"""An observation's numerator and denominator from whatever parts a file gives (METHOD §2.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.quantities import AggregationKind

__all__ = ["Composition", "Parts", "compose", "composition", "needed_parts"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Composition(IntEnum):
    """How a kind is made of its parts."""

    VALUE = 0  # the value alone
    PAIR = 1  # numerator and denominator
    WEIGHTED = 2  # value and its weight (n, or the base of an index), or numerator and denominator
    NET = 3  # promoters, detractors and n, or numerator and denominator


_COMPOSITIONS = {
    AggregationKind.RATIO: Composition.PAIR,
    AggregationKind.RATE: Composition.PAIR,
    AggregationKind.MEAN: Composition.WEIGHTED,
    AggregationKind.INDEX: Composition.WEIGHTED,
    AggregationKind.NET_SHARE: Composition.NET,
}
_NEEDED = {
    Composition.VALUE: "value",
    Composition.PAIR: "numerator and denominator",
    Composition.WEIGHTED: "value and n, or numerator and denominator",
    Composition.NET: "promoters, detractors and n, or numerator and denominator",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """Shape (n,) each: `blank` rows observed nothing; `incomplete` ones lack a part; the others are usable."""

    numerator: Floats
    denominator: Floats
    blank: Flags
    incomplete: Flags


def composition(kind: AggregationKind) -> Composition:
    """How observations of a kind are made."""
    return _COMPOSITIONS.get(kind, Composition.VALUE)


def needed_parts(kind: AggregationKind) -> str:
    """What a row must give, in words."""
    return _NEEDED[composition(kind)]


def compose(columns: Mapping[str, Floats], how: NDArray[np.int8]) -> Parts:
    """Numerators and denominators of rows whose kinds are made as `how` says.

    Args:
        columns: role → numbers, shape (n,), NaN where blank; roles the file does not give are left out.
        how: a `Composition` per row.
    """
    nothing = np.full(how.shape, np.nan)

    def role(name: str) -> Floats:
        return columns.get(name, nothing)

    weight = np.where(np.isnan(role("denominator")), role("n"), role("denominator"))
    is_plain, is_weighted, is_net = (
        how == each for each in (Composition.VALUE, Composition.WEIGHTED, Composition.NET)
    )
    numerator = role("numerator").copy()
    derived = np.isnan(numerator)
    np.copyto(numerator, role("value") * weight, where=derived & is_weighted)
    np.copyto(numerator, role("promoters") - role("detractors"), where=derived & is_net)
    np.copyto(numerator, role("value"), where=is_plain)
    denominator = np.where(is_plain, 1.0, weight)

    given = np.zeros(how.shape, dtype=np.bool_)
    for name, numbers in columns.items():
        # A count beside a plain value is information, not a part of it.
        given |= ~np.isnan(numbers) & (~is_plain if name == "n" else True) & (name != "target")
    no_number = np.isnan(numerator)
    # "nobody answered": no value over a weight of zero is as good as blank
    blank = ~given | (no_number & (denominator == 0) & np.isnan(role("value")) & np.isnan(role("numerator")))
    return Parts(numerator, denominator, blank, ~blank & (no_number | np.isnan(denominator)))
