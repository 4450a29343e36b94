"""All links of a unit's map, tested together on what is known now. Reads; the action writes."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fourfold.engine.book import Book
from fourfold.engine.calendar import Grain
from fourfold.engine.leadlag import (
    Examination,
    Judged,
    NotTestable,
    Terms,
    examine,
    judged,
    permutations_for,
    seed_of,
)
from fourfold.governance.evidence.queries.beside import expected_of, looked_beside, pair_of
from fourfold.governance.evidence.queries.pairing import Pairing, Registered, links_of_unit, paired
from fourfold.governance.evidence.queries.series import UnitSeries, common_grain, series_of
from fourfold.scorecard.evaluation.queries.live_cube import KnownCube

__all__ = ["LinkEvidence", "MapEvidence", "evidence_of_map"]

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class LinkEvidence:
    """One link with its verdict, and what else was looked at; `found` is None where no pair could be made."""

    pairing: Pairing
    series: UnitSeries | None
    found: Judged | None
    beside: Facts

    @property
    def facts(self) -> Facts:
        """What the page tells of it, as JSON takes it."""
        if self.found is None:
            return {}
        if isinstance(self.found.found, NotTestable):
            return {"needed": self.found.found.needed, **self.beside}
        return {**_facts(self.found, self.found.found), **self.beside}


@dataclass(frozen=True, slots=True)
class MapEvidence:
    """Every link of the unit's map, in listed order, and where in the ledger it was read."""

    seq: int
    definitions_seq: int
    alpha: float
    permutations: int
    links: tuple[LinkEvidence, ...]


def evidence_of_map(cube: KnownCube, unit: str, *, registered: Mapping[str, Registered]) -> MapEvidence:
    """Pair, evaluate once a frequency, test, adjust. Costs a few milliseconds a link; no query."""
    book = cube.book
    pairings = [
        paired(book, link, unit=unit, registered=registered.get(f"{link.source}>{link.target}"))
        for link in links_of_unit(book, unit)
    ]
    able = [each for each in pairings if not each.why_not]
    read = _read(cube, unit, able)
    permutations = permutations_for(len(able), alpha=_alpha(book))
    tests = [_tested(book, each, read[each.key], unit=unit, permutations=permutations) for each in able]
    found = dict(zip((each.key for each in able), judged(tests, alpha=_alpha(book)), strict=True))
    beside = looked_beside(book, able, read=read, found=found)
    links = tuple(
        LinkEvidence(each, read.get(each.key), found.get(each.key), beside.get(each.key, {}))
        for each in pairings
    )
    return MapEvidence(cube.seq, cube.definitions_seq, _alpha(book), permutations, links)


def _alpha(book: Book) -> float:
    return book.policies.number("leadlag.alpha")


def _read(cube: KnownCube, unit: str, pairings: Sequence[Pairing]) -> dict[str, UnitSeries]:
    grains = {each.key: common_grain(cube.book, (each.x, each.y)) for each in pairings}
    wanted: dict[Grain, dict[str, None]] = defaultdict(dict)
    for each in pairings:
        wanted[grains[each.key]].update({each.x: None, each.y: None})
    read = {
        grain: series_of(cube, unit, measures=tuple(measures), grain=grain)
        for grain, measures in wanted.items()
    }
    return {key: read[grain] for key, grain in grains.items()}


def _tested(
    book: Book, pairing: Pairing, series: UnitSeries, *, unit: str, permutations: int
) -> Examination | NotTestable:
    known = pairing.registered
    terms = Terms(
        cycle=series.cycle,
        permutations=permutations,
        least=int(book.policies.number("leadlag.min_n.refuse")),
        caution=int(book.policies.number("leadlag.min_n.caution")),
        may_cut_at_breaks=known is None or not (known.since or known.until),
    )
    x, y = pair_of(book, pairing, series=series)
    seed = seed_of(pairing.key, pairing.x, pairing.y, unit)
    return examine(x, y, hypothesis=expected_of(pairing, series), seed=seed, terms=terms)


def _facts(verdict: Judged, found: Examination) -> Facts:
    granger, shape = found.precedence, found.shape
    return {
        "correlations": [_plain(each) for each in found.correlations],
        "peak_lag": found.peak_lag,
        "peak": _plain(found.peak),
        "reverse_lag": found.reverse_lag,
        "reverse": _plain(found.reverse),
        "window": [found.hypothesis.lag_from, found.hypothesis.lag_to],
        "is_in_window": found.is_in_window,
        "log_x": shape.log_x,
        "log_y": shape.log_y,
        "cycle": shape.cycle,
        "is_differenced": shape.is_differenced,
        "order": found.order,
        "granger_f": _plain(granger.f),
        "granger_p": _plain(granger.p),
        "granger_lags": granger.lags,
        "is_augmented": granger.is_augmented,
        "detectable": found.detectable,
        "periods_left": found.periods_left,
        "needs_caution": found.needs_caution,
        "doubts": [doubt.value for doubt in verdict.doubts],
    }


def _plain(number: float) -> float | None:
    return number if math.isfinite(number) else None
