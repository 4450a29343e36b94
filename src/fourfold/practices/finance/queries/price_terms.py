"""Which measures make another one of a price and a volume: its own formula, or the measure that divides it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from fourfold.engine.book.timetable import Line
from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.drivers import attribute, factors_of, leaves_of, with_leaves
from fourfold.engine.formula import Expression
from fourfold.engine.formula.syntax import Reference
from fourfold.engine.quantities import AggregationKind
from fourfold.practices.finance.queries.looking import Looked

__all__ = ["PriceTerms", "price_terms"]


@dataclass(frozen=True, slots=True)
class PriceTerms:
    """The measures by key. `is_written`: the measure's own formula is price times volume.

    Otherwise the price is the measure divided by the volume, as the measure `price` divides it. `scale` leads from
    what one piece adds to the measure to the number that `price` shows.
    """

    outcome: str
    volume: str
    price: str
    is_written: bool
    scale: float

    @property
    def read(self) -> tuple[str, ...]:
        """Those whose numbers are read."""
        return (self.outcome, self.volume, *((self.price,) if self.is_written else ()))

    def holds_alike(self, looked: Looked, other: GrainPeriod) -> bool:
        """Whether one definition of each holds in both periods."""
        return all(_meaning(looked, key, looked.shown) == _meaning(looked, key, other) for key in self.read)


def _meaning(looked: Looked, key: str, page: GrainPeriod) -> object:
    line = looked.line_of(key, page)
    if line is None:
        return None
    version = line.rule.version
    return version.series, version.segments, line.rule.kind, line.rule.formula, line.rule.factor


def price_terms(looked: Looked, *, readable: Collection[str]) -> tuple[PriceTerms, ...]:
    """All that qualify, as measures are listed; none where the measure is no price times a volume.

    A volume is a flow of pieces: it adds up over time and lines, and is counted in another unit of measure.
    """
    outcome = looked.line_at(looked.shown)
    if outcome is None:
        return ()
    written = _written(looked, outcome)
    return (written,) if written else tuple(_dividing(looked, outcome, readable=readable))


def _written(looked: Looked, outcome: Line) -> PriceTerms | None:
    powers = _powers(outcome)
    if powers is None or sorted(powers.values()) != [1.0, 1.0]:
        return None
    volumes = [key for key in powers if _is_volume(looked, key, outcome)]
    if len(volumes) != 1:
        return None
    price = next(key for key in powers if key not in volumes)
    return PriceTerms(looked.measure.key, volumes[0], price, is_written=True, scale=1.0 / _constant(outcome))


def _dividing(looked: Looked, outcome: Line, *, readable: Collection[str]) -> Iterator[PriceTerms]:
    own = looked.measure.key
    if outcome.rule.kind is not AggregationKind.FLOW:
        return
    seen = {each.key for each in looked.evaluation.book.definitions.measures if each.units.unit in readable}
    for measure in looked.evaluation.book.definitions.measures:
        line = looked.line_of(measure.key, looked.shown)
        powers = _powers(line) if line is not None and measure.key in seen else None
        if line is None or powers is None or len(powers) != 2 or powers.get(own) != 1.0:
            continue
        volume = next(key for key in powers if key != own)
        if powers[volume] == -1.0 and volume in seen and _is_volume(looked, volume, outcome):
            yield PriceTerms(own, volume, measure.key, is_written=False, scale=_constant(line))


def _powers(line: Line) -> dict[str, float] | None:
    """The exponents of the measures that a product reads, each as it stands on the page."""
    formula = line.rule.formula
    if formula is None or not all(isinstance(leaf, Reference) for leaf in leaves_of(formula).values()):
        return None
    return factors_of(with_leaves(formula))


def _is_volume(looked: Looked, key: str, outcome: Line) -> bool:
    line = looked.line_of(key, looked.shown)
    if line is None or line.rule.kind is not AggregationKind.FLOW:
        return False
    return line.rule.version.unit_of_measure != outcome.rule.version.unit_of_measure


def _constant(line: Line) -> float:
    """What a product comes to where everything it reads is 1."""
    formula: Expression | None = line.rule.formula
    assert formula is not None
    ones = {name: np.ones(1) for name in leaves_of(formula)}
    return float(attribute(formula, before=ones, after=ones, factor=line.rule.factor).before[0])
