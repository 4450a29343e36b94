"""Which two measures stand for a link's objectives in a unit, and what is expected of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fourfold.engine.book import Book
from fourfold.engine.definitions import CausalLink, MeasureVersion
from fourfold.engine.quantities import Polarity

__all__ = [
    "NO_DIRECTION",
    "NO_MEASURE",
    "SAME_MEASURE",
    "Pairing",
    "Registered",
    "links_of_unit",
    "paired",
    "wanted_of",
]

NO_MEASURE: Final = "no_measure"
NO_DIRECTION: Final = "no_direction"
SAME_MEASURE: Final = "same_measure"
UNSTATED_LAG: Final = (1, 3)  # months looked at where the link names no lag: a quarter
_WANTED = {Polarity.MAXIMISE: 1, Polarity.MINIMISE: -1}


@dataclass(frozen=True, slots=True)
class Registered:
    """A pre-registration as a test reads it: measures, sign, lags in months, months of data."""

    pk: int
    x: str
    y: str
    sign: int
    lag_from: int
    lag_to: int
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """Measures' keys (empty: none), the expected sign between them (0: none), and the lags in months.

    `why_not` says why nothing can be compared; `registered` is the pre-registration that named the pair.
    """

    link: CausalLink
    x: str
    y: str
    sign: int
    lag_from: int
    lag_to: int
    why_not: str = ""
    registered: Registered | None = None

    @property
    def key(self) -> str:
        """The link's key."""
        return f"{self.link.source}>{self.link.target}"


def links_of_unit(book: Book, unit: str) -> tuple[CausalLink, ...]:
    """The causal links whose two objectives belong to the unit, in listed order, each pair of ends once."""
    place = book.units.positions[unit]
    here = {
        objective.key
        for index, objective in enumerate(book.definitions.objectives)
        if book.selected_objectives[index, place]
    }
    found: dict[tuple[str, str], CausalLink] = {}
    for link in book.definitions.causal_links:
        if link.source in here and link.target in here:
            found.setdefault((link.source, link.target), link)
    return tuple(found.values())


def paired(book: Book, link: CausalLink, *, unit: str, registered: Registered | None = None) -> Pairing:
    """The pair that was registered beforehand; else each side's measure of the highest weight that has a direction."""
    if registered is not None:
        chosen = (registered.x, registered.y, registered.sign, registered.lag_from, registered.lag_to)
        return Pairing(link, *chosen, registered=registered)
    first, last = (link.lag_months, link.lag_months) if link.lag_months is not None else UNSTATED_LAG
    (x, x_sign, x_why), (y, y_sign, y_why) = (
        _standing_for(book, end, unit=unit) for end in (link.source, link.target)
    )
    why_not = x_why or y_why or (SAME_MEASURE if x == y else "")
    return Pairing(link, x, y, link.sign * x_sign * y_sign, first, last, why_not)


def _standing_for(book: Book, objective: str, *, unit: str) -> tuple[str, int, str]:
    """The measure's key, its wanted direction, and why there is none; of equal weights the first listed."""
    place = book.units.positions[unit]
    weighed = []
    for index, measure in enumerate(book.definitions.measures):
        shares = [share for share in measure.objectives if share.objective == objective]
        if not shares or measure.retired_on is not None or not book.selected[index, place]:
            continue
        weight = float(shares[0].weights[-1].weight)
        if weight > 0.0:
            weighed.append((-weight, index, measure.key, _direction(measure.versions[-1])))
    directed = [each for each in sorted(weighed) if each[3]]
    if not directed:
        return "", 0, NO_DIRECTION if weighed else NO_MEASURE
    return directed[0][2], directed[0][3], ""


def wanted_of(book: Book, measure: str) -> int:
    """1 where more of a measure is wanted, −1 where less is, 0 where neither."""
    return _direction(book.measure(measure).versions[-1])


def _direction(version: MeasureVersion) -> int:
    """1 where more is wanted, −1 where less is, 0 for bands, exact values and measures that are not scored."""
    polarity = version.goal.polarity
    return _WANTED.get(polarity, 0) if polarity is not None else 0
