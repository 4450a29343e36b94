"""Where each measure of a unit stands beside its chart: tier, score, how long red, how long owed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.engine.calendar import Frequency, GrainPeriod
from fourfold.engine.definitions import Tier
from fourfold.engine.evaluate import Evaluation, GrainResults
from fourfold.engine.exceptions import Standing
from fourfold.engine.quantities import Why
from fourfold.engine.score import RED
from fourfold.governance.signals.queries.exception_flips import Flip

__all__ = ["MeasureStanding", "standing_over", "standings"]

_TIERS = {Tier.EXECUTIVE: 3, Tier.MANAGEMENT: 2, Tier.OPERATIONAL: 1}
_OWED = (Why.MISSING_DUE, Why.STALE)
_INCOMPLETE = Why.MISSING_REQUIRED

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MeasureStanding:
    """One measure at a page. Periods are counted in `frequency`: the measure's own, or the page's if that is coarser.

    `hit` is the forecast's probability of reaching the target, NaN without one; `flip` a restatement to the other side
    of zero.
    """

    tier: int
    score: float
    coverage: float
    red_periods: int
    overdue: int
    is_quarantined: bool
    frequency: Frequency
    hit: float = np.nan
    flip: Flip | None = None


def standings(
    evaluation: Evaluation,
    keys: Collection[str],
    *,
    unit: str,
    shown: GrainPeriod,
    hits: Mapping[str, float],
    flips: Mapping[str, Flip],
) -> dict[str, MeasureStanding]:
    """Read them out of the evaluation; a measure that does not apply on the page is left out."""
    results = evaluation.at(shown.grain)
    found = {}
    for node, key in enumerate(evaluation.measures):
        if key not in keys:
            continue
        reader = _Reader(
            evaluation, results, node, evaluation.units.index(unit), results.position(shown.ordinal)
        )
        if reader.why != Why.NOT_APPLICABLE:
            found[key] = reader.standing(key, shown, hit=hits.get(key, np.nan), flip=flips.get(key))
    return found


def standing_over(keys: Collection[str], known: Mapping[str, MeasureStanding]) -> Standing:
    """As arrays, for the measures of a group of charts."""
    rows = [known[key] for key in keys]
    return Standing(
        tier=np.array([row.tier for row in rows], dtype=np.int64),
        score=np.array([row.score for row in rows]),
        coverage=np.array([row.coverage for row in rows]),
        red_periods=np.array([row.red_periods for row in rows], dtype=np.int64),
        hit=np.array([row.hit for row in rows]),
        overdue=np.array([row.overdue for row in rows], dtype=np.int64),
        flipped=np.array([row.flip is not None for row in rows]),
        quarantined=np.array([row.is_quarantined for row in rows]),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """One measure in one unit, up to one page."""

    evaluation: Evaluation
    results: GrainResults
    node: int
    unit: int
    at: int

    @property
    def why(self) -> int:
        return int(self.results.measures.why[self.node, self.at, self.unit])

    def standing(self, key: str, shown: GrainPeriod, *, hit: float, flip: Flip | None) -> MeasureStanding:
        book, measures = self.evaluation.book, self.results.measures
        day = book.timeline.calendar.last_day(shown)
        version = book.version_on(key, day=day) or book.measure(key).versions[0]
        cell = (self.node, self.at, self.unit)
        due = int(measures.due[cell])
        is_coarser = version.frequency.is_coarser_than(shown.period.frequency)
        score = float(measures.score[cell])
        return MeasureStanding(
            tier=_TIERS[version.tier],
            score=min(max(score, 0.0), 100.0) if np.isfinite(score) else np.nan,
            coverage=min(int(measures.present[cell]) / due, 1.0) if due else 1.0,
            red_periods=self._periods(measures.status == RED),
            overdue=self._overdue(due),
            is_quarantined=self.why == Why.QUARANTINED,
            frequency=version.frequency if is_coarser else shown.period.frequency,
            hit=hit,
            flip=flip,
        )

    def _overdue(self, due: int) -> int:
        why = self.results.measures.why
        if self.why == _INCOMPLETE and due > int(
            self.results.measures.present[self.node, self.at, self.unit]
        ):
            return self._periods(why == _INCOMPLETE)
        return self._periods(np.isin(why, _OWED))

    def _periods(self, so: NDArray[np.bool_]) -> int:
        """For how many periods in a row, the shown one among them; a year that twelve months show counts once."""
        here = so[self.node, : self.at + 1, self.unit][::-1]
        count = here.size if here.all() else int(here.argmin())
        if self.node not in self.results.shown or not count:
            return count
        native: Numbers = self.results.shown[self.node][self.at + 1 - count : self.at + 1, self.unit]
        return len(np.unique(native))
