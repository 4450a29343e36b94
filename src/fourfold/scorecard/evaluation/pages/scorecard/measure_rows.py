"""The measures of a scorecard as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from fourfold.engine.definitions import MeasureVersion, Objective
from fourfold.engine.quantities import Polarity, Status, Why
from fourfold.engine.tree import ScorecardNode
from fourfold.platform.ui.components import (
    Change,
    Coverage,
    Direction,
    Series,
    StatusMark,
    Verdict,
    change_between,
)
from fourfold.platform.ui.numbers import ValueFormat
from fourfold.scorecard.evaluation.pages.scorecard.page import MeasureRow
from fourfold.scorecard.evaluation.pages.value_format import format_of, version_used
from fourfold.scorecard.evaluation.pages.window import Window

__all__ = [
    "MOST_NEEDY",
    "measure_mark",
    "measure_rows",
    "measures_below",
    "needing_attention",
    "score_change",
]

HALF_A_POINT = 0.5
"""Scores are read in whole points: what is below half of one does not move them."""

MOST_NEEDY = 5
"""Rows of "Needs attention": as many as fit beside the chart."""

_OWED = frozenset({Why.MISSING_DUE, Why.STALE, Why.QUARANTINED, Why.MISSING_REQUIRED})


def measure_rows(tree: ScorecardNode, *, seen: Window) -> tuple[MeasureRow, ...]:
    """Every measure once, under the first objective that lists it, in listed order."""
    reader = _RowReader(
        seen, names={person.key: person.name for person in seen.evaluation.book.definitions.people}
    )
    rows: dict[str, MeasureRow] = {}
    for perspective, objective, measure in _leaves(tree):
        if measure.key not in rows:
            rows[measure.key] = reader.row(measure, objective=objective, perspective=perspective.key)
    return tuple(rows.values())


def needing_attention(rows: Sequence[MeasureRow], *, at_most: int = MOST_NEEDY) -> tuple[MeasureRow, ...]:
    """Off target first, then at risk, then what is owed; the worst scores lead, ties by listed order."""
    rank = {Status.RED: 0, Status.AMBER: 1, Status.GREY: 2}
    needy = [
        row
        for row in rows
        if row.mark.status in rank and (row.mark.status is not Status.GREY or _is_owed(row))
    ]
    return tuple(sorted(needy, key=lambda row: (rank[row.mark.status], row.score or 0.0))[:at_most])


def measure_mark(node: ScorecardNode) -> StatusMark:
    """A measure's status; a missing value explains a grey one better than the missing score does."""
    if node.value_why is not Why.PRESENT:
        return StatusMark(node.status, node.value_why, node.held)
    if node.status is Status.GREY and node.target_why is Why.MISSING_REQUIRED:
        note = _("There is a value, and nothing to hold it against")
        return StatusMark(node.status, node.why, node.held, note=note, word=_("No target"))
    return StatusMark(node.status, node.why, node.held, is_uncertain=node.uncertain)


def _is_owed(row: MeasureRow) -> bool:
    return row.mark.why in _OWED


def _leaves(tree: ScorecardNode) -> Iterator[tuple[ScorecardNode, ScorecardNode, ScorecardNode]]:
    for perspective in tree.children:
        for objective in perspective.children:
            for measure in objective.children:
                yield perspective, objective, measure


@dataclass(frozen=True, slots=True)
class _RowReader:
    """What all rows of one page share."""

    seen: Window
    names: dict[str, str]

    def row(self, node: ScorecardNode, *, objective: ScorecardNode, perspective: str) -> MeasureRow:
        book = self.seen.evaluation.book
        version = self._version(node)
        owner = (version.owner if version else None) or book.objective(objective.key).owner or ""
        return MeasureRow(
            key=node.key,
            name=node.name,
            perspective=perspective,
            objective=objective.key,
            objective_name=objective.name,
            themes=self._objective(objective).themes,
            owner=owner,
            owner_name=self.names.get(owner, owner),
            mark=measure_mark(node),
            score=node.score,
            value=node.value,
            target=node.target,
            band=version.band if version and node.target is None else None,
            target_derived=node.target_derived,
            last_year=self._last_year(node, self.seen.results.measures.value),
            last_year_format=self._format_last_year(node),
            change=self._change(node, version),
            series=self._series(node, _format(node, version)),
            format=_format(node, version).beside(node.value, node.target),
            coverage=_coverage(node),
            shown_period=self._shown_period(node),
            interval=node.interval,
        )

    def _objective(self, node: ScorecardNode) -> Objective:
        return self.seen.evaluation.book.objective(node.key)

    def _version(self, node: ScorecardNode) -> MeasureVersion | None:
        calendar = self.seen.evaluation.book.timeline.calendar
        return self.seen.evaluation.book.version_on(node.key, day=calendar.last_day(self.seen.shown))

    def _series(self, node: ScorecardNode, form: ValueFormat) -> Series:
        at, numbers = self.seen.evaluation.measure_index(node.key), self.seen.results.measures
        values, targets = self.seen.series(numbers.value, at), self.seen.series(numbers.target, at)
        return Series(self.seen.labels, values, targets, form)

    def _last_year(self, node: ScorecardNode, of: NDArray[np.float64]) -> float | None:
        at = self.seen.evaluation.measure_index(node.key)
        return self.seen.at_page(of, at, page=self.seen.last_year)

    def _format_last_year(self, node: ScorecardNode) -> ValueFormat:
        """As that year's own page writes it: its version, and beside its own target."""
        form = format_of(version_used(self.seen.evaluation, node.key, page=self.seen.last_year))
        numbers = self.seen.results.measures
        return form.beside(self._last_year(node, numbers.value), self._last_year(node, numbers.target))

    def _change(self, node: ScorecardNode, version: MeasureVersion | None) -> Change | None:
        if version is None or node.shown_period or not self._is_comparable(node, version):
            return None
        at, numbers = self.seen.evaluation.measure_index(node.key), self.seen.results.measures
        earlier_score = self.seen.at_page(numbers.score, at, page=self.seen.before)
        return change_between(
            self.seen.at_page(numbers.value, at, page=self.seen.before),
            node.value,
            polarity=version.goal.polarity,
            decimals=_decimals(node),
            unit_of_measure=node.unit_of_measure or "",
            score_change=None if earlier_score is None or node.score is None else node.score - earlier_score,
        )

    def _is_comparable(self, node: ScorecardNode, version: MeasureVersion) -> bool:
        """A difference over a break in the definition would compare two different things."""
        calendar = self.seen.evaluation.book.timeline.calendar
        earlier = self.seen.evaluation.book.version_on(node.key, day=calendar.last_day(self.seen.before))
        if earlier is None:
            return False
        return (earlier.series, earlier.unit_of_measure) == (version.series, version.unit_of_measure)

    def _shown_period(self, node: ScorecardNode) -> str:
        if not node.shown_period:
            return ""
        calendar = self.seen.evaluation.book.timeline.calendar
        return calendar.label(calendar.parse(node.shown_period))


def score_change(earlier: float | None, later: float | None, *, is_alike: bool = True) -> Change | None:
    """A score's difference in points; more is better, and less than half a point neither good news nor bad.

    `is_alike`: both rest on the same measures; else the difference is shown and not judged.
    """
    change = change_between(earlier, later, polarity=Polarity.MAXIMISE)
    if change and not is_alike:
        return Change(change.amount, change.direction, Verdict.UNLIKE)
    if change is None or earlier is None or later is None or abs(later - earlier) >= HALF_A_POINT:
        return change
    is_none = change.verdict is Verdict.UNCHANGED
    return change if is_none else Change(change.amount, Direction.FLAT, Verdict.HARDLY)


def measures_below(node: ScorecardNode, *, scored: bool = False) -> frozenset[str]:
    """The keys of the measures that a node rests on; `scored`: of those that have a score."""
    if node.kind == "measure":
        return frozenset((node.key,)) if node.score is not None or not scored else frozenset()
    return frozenset().union(*(measures_below(child, scored=scored) for child in node.children))


def _format(node: ScorecardNode, version: MeasureVersion | None) -> ValueFormat:
    if version is not None:
        return format_of(version)
    return ValueFormat(_decimals(node), node.unit_of_measure or "")


def _decimals(node: ScorecardNode) -> int:
    return 1 if node.decimals is None else node.decimals


def _coverage(node: ScorecardNode) -> Coverage | None:
    return Coverage(node.present or 0, node.due) if node.due else None
