"""Units of one level in the order of one score."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from fourfold.engine.calendar import GrainPeriod
from fourfold.engine.definitions import Measure
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.evaluate.results import MeasureResults, RollupResults
from fourfold.engine.quantities import Why
from fourfold.engine.score import STATUS_CODES
from fourfold.platform.ui.components import StatusMark
from fourfold.platform.ui.numbers import ValueFormat, score_as_shown
from fourfold.scorecard.evaluation.pages.context import page_context
from fourfold.scorecard.evaluation.pages.scorecard.page import Choice
from fourfold.scorecard.evaluation.pages.units.page import RankedUnit, RankingPage
from fourfold.scorecard.evaluation.pages.value_format import format_of, version_used
from fourfold.scorecard.evaluation.pages.window import number_or_none, window

__all__ = ["RankBy", "ranking_page"]

Scores = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class RankBy:
    """What is asked for; empty texts mean the first perspective and the level just below the page's unit."""

    perspective: str = ""
    measure: str = ""
    level: str = ""


def ranking_page(
    evaluation: Evaluation,
    *,
    unit: str,
    shown: GrainPeriod,
    by: RankBy,
    visible: Collection[str] | None = None,
) -> RankingPage:
    """Best first; units without a score follow with the reason. `moved` is against the period before.

    Raises:
        IndexError: the period lies outside the evaluated time.
    """
    book, tree = evaluation.book, evaluation.units
    units = [book.definitions.units[int(place)] for place in tree.definition]
    names = {each.key: each.name for each in book.definitions.units}
    levels = list(dict.fromkeys(each.level for each in units[1:])) or [units[0].level]
    level = by.level if by.level in levels else levels[0]
    places = [place for place, each in enumerate(units) if each.level == level]
    ranked = _Ranked.read(evaluation, unit=unit, shown=shown, by=by)
    now = _ranks([ranked.score(place, page=ranked.at) for place in places])
    before = _ranks([ranked.score(place, page=ranked.before) for place in places])
    rows = [
        RankedUnit(
            rank=now[at],
            key=units[place].key,
            name=units[place].name,
            parent=names.get(units[place].parent or "", ""),
            value=ranked.value(place),
            score=ranked.score(place, page=ranked.at),
            mark=ranked.mark(place),
            moved=_moved(before[at], now[at]),
            format=ranked.format_in(place),
        )
        for at, place in enumerate(places)
    ]
    return RankingPage(
        place=page_context(evaluation, unit=unit, shown=shown, visible=visible),
        by=ranked.name,
        format=ranked.format,
        rows=tuple(sorted(rows, key=lambda row: (row.rank is None, row.rank or 0))),
        perspectives=_perspective_choices(evaluation, chosen=ranked.perspective),
        measures=_measure_choices(evaluation, chosen=ranked.measure),
        levels=tuple(Choice(each, each.capitalize(), each == level) for each in levels),
    )


def _ranks(scores: Scores) -> list[int | None]:
    """1 for the best; equal shown scores share a rank, as in sport: 1, 2, 2, 4."""
    points = [None if score is None else score_as_shown(score) for score in scores]
    return [
        None if own is None else 1 + sum(other is not None and other > own for other in points)
        for own in points
    ]


def _moved(before: int | None, now: int | None) -> int | None:
    return None if before is None or now is None else before - now


@dataclass(frozen=True, slots=True)
class _Ranked:
    """The perspective or measure that units are ranked by, and the pages now and before."""

    evaluation: Evaluation
    results: MeasureResults | RollupResults
    name: str
    node: int
    at: int
    before: int | None
    perspective: str
    measure: str
    format: ValueFormat | None

    @classmethod
    def read(cls, evaluation: Evaluation, *, unit: str, shown: GrainPeriod, by: RankBy) -> _Ranked:
        seen = window(evaluation, unit=unit, shown=shown)
        in_range = seen.before.ordinal in seen.results.ordinals
        before = seen.results.position(seen.before.ordinal) if in_range else None
        definitions = evaluation.book.definitions
        measure = next((each for each in _measures_here(evaluation) if each.key == by.measure), None)
        if measure is not None:
            form = format_of(version_used(evaluation, measure.key, page=shown))
            node = evaluation.measures.index(measure.key)
            return cls(
                evaluation, seen.results.measures, measure.name, node, seen.at, before, "", measure.key, form
            )
        listed = [each for each in definitions.perspectives if each.key == by.perspective]
        chosen = (listed or list(definitions.perspectives))[0]
        node = evaluation.perspective_index(chosen.key)
        return cls(
            evaluation, seen.results.perspectives, chosen.name, node, seen.at, before, chosen.key, "", None
        )

    def score(self, unit: int, *, page: int | None) -> float | None:
        """The unit's score at a page; None where there is none, or no such page."""
        if page is None:
            return None
        return number_or_none(self.results.score[self.node, page, unit])

    def value(self, unit: int) -> float | None:
        """A measure's value; a perspective has none."""
        if not isinstance(self.results, MeasureResults):
            return None
        return number_or_none(self.results.value[self.node, self.at, unit])

    def format_in(self, unit: int) -> ValueFormat | None:
        """How the unit's value is written beside its own target."""
        if self.format is None or not isinstance(self.results, MeasureResults):
            return None
        target = number_or_none(self.results.target[self.node, self.at, unit])
        return self.format.beside(self.value(unit), target)

    def mark(self, unit: int) -> StatusMark:
        """The unit's status with its reason."""
        results, place = self.results, (self.node, self.at, unit)
        status = STATUS_CODES[int(results.status[place])]
        return StatusMark(status, Why(int(results.why[place])))


def _perspective_choices(evaluation: Evaluation, *, chosen: str) -> tuple[Choice, ...]:
    listed = evaluation.book.definitions.perspectives
    return tuple(Choice(each.key, each.name, each.key == chosen) for each in listed)


def _measure_choices(evaluation: Evaluation, *, chosen: str) -> tuple[Choice, ...]:
    listed = sorted(_measures_here(evaluation), key=lambda each: each.name.casefold())
    return tuple(Choice(each.key, each.name, each.key == chosen) for each in listed)


def _measures_here(evaluation: Evaluation) -> list[Measure]:
    """Those of some unit of the page: what others measure is not even named."""
    book = evaluation.book
    here = [book.units.positions[key] for key in evaluation.units.keys]
    return [book.definitions.measures[at] for at in np.flatnonzero(book.selected[:, here].any(axis=1))]
