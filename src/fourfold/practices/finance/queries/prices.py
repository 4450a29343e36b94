"""A measure as prices times volumes of its lines, at both ends of a comparison: price, volume and mix."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.quantities import NotComputable, Why
from fourfold.engine.variance import PriceVolumeMix, Sales, SalesWrong, price_volume_mix
from fourfold.practices.finance.queries.looking import Looked
from fourfold.practices.finance.queries.price_lines import LineEnds, Lines, line_ends
from fourfold.practices.finance.queries.price_terms import PriceTerms, price_terms
from fourfold.scorecard.evaluation.pages.comparison import Against

__all__ = ["NoPriceSplit", "PriceSplit", "price_split"]

Floats = NDArray[np.float64]

ORDER = (Against.PLAN, Against.LAST_YEAR, Against.BEFORE)
"""What is tried where nobody chose: the page is about the plan."""


@dataclass(frozen=True, slots=True)
class PriceSplit:
    """The whole change from `start` to `end`, and what of it the lines tell. `other` is None for the plan."""

    terms: PriceTerms
    lines: Lines
    against: Against
    other: GrainPeriod | None
    before: Sales
    after: Sales
    parts: PriceVolumeMix
    start: float
    end: float

    @property
    def rest(self) -> float:
        """What the lines do not tell: nothing, unless something stands beside them. Sums of floats are no rest."""
        rest = self.end - self.start - self.parts.total
        whole = abs(self.end) + abs(self.start) + float(np.abs(self.after.revenue).sum())
        return 0.0 if abs(rest) <= ROUNDING * whole else rest


ROUNDING = 1e-9  # of the numbers added up: float64 sums in another order


@dataclass(frozen=True, slots=True)
class NoPriceSplit:
    """Why there is none: `why`, and the lines that lack something."""

    why: Why
    against: Against
    lines: tuple[str, ...] = ()
    terms: PriceTerms | None = None


def price_split(
    looked: Looked, against: Against | None, *, readable: Collection[str]
) -> PriceSplit | NoPriceSplit:
    """Split the change of the measure looked at against what was chosen (None: the first that can be). Reads the cube.

    A measure qualifies if its formula is a price times a volume, or if a measure divides it by a volume; of several
    the first that can be. Its lines are the segments that both numbers share, or else the units directly below.

    Args:
        readable: units whose measures the viewer may know of.

    Source: METHOD M4.4 (PVM), M4.5.
    """
    candidates = price_terms(looked, readable=readable)
    if not candidates:
        return NoPriceSplit(Why.NOT_APPLICABLE, against or ORDER[0])
    found: list[PriceSplit | NoPriceSplit] = []
    for each in ORDER if against is None else (against,):
        for terms in candidates:
            found.append(_split(looked, terms, each))
            if isinstance(found[-1], PriceSplit):
                return found[-1]
    return found[0]


def _split(looked: Looked, terms: PriceTerms, against: Against) -> PriceSplit | NoPriceSplit:
    other = against.page(looked.evaluation.book.timeline.calendar, looked.shown)
    if other is not None and not terms.holds_alike(looked, other):
        return NoPriceSplit(Why.DEFINITION_BREAK, against, terms=terms)
    ends = line_ends(looked, terms, other=other)
    if isinstance(ends, NotComputable):
        return NoPriceSplit(ends.reason, against, terms=terms)
    if lacking := ends.lacking:
        return NoPriceSplit(Why.MISSING_REQUIRED, against, lacking, terms)
    try:
        before, after = (_sales(end.quantity, end.amount) for end in (ends.before, ends.after))
    except SalesWrong:
        return NoPriceSplit(Why.NOT_FINITE, against, terms=terms)
    return _whole(ends, terms, against, other=other, sales=(before, after))


def _sales(quantity: Floats, amount: Floats) -> Sales:
    with np.errstate(all="ignore"):
        return Sales.of(quantity, np.where(quantity > 0.0, amount / quantity, np.nan))


def _whole(
    ends: LineEnds,
    terms: PriceTerms,
    against: Against,
    *,
    other: GrainPeriod | None,
    sales: tuple[Sales, Sales],
) -> PriceSplit:
    before, after = sales
    return PriceSplit(
        terms=terms,
        lines=ends.lines,
        against=against,
        other=other,
        before=before,
        after=after,
        parts=price_volume_mix(before, after),
        start=ends.start,
        end=ends.end,
    )
