"""The perspectives of a scorecard: as cards, as lines over time, and of the units below."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fourfold.engine.quantities import Status, Why
from fourfold.engine.score import STATUS_CODES
from fourfold.engine.tree import ScorecardNode
from fourfold.platform.ui.components import Coverage, StatusCount, StatusMark
from fourfold.platform.ui.drawings.history import HistoryLine, ScoreHistory
from fourfold.scorecard.evaluation.pages.scorecard.measure_rows import score_change
from fourfold.scorecard.evaluation.pages.scorecard.page import (
    MeasureRow,
    PerspectiveCard,
    PerspectiveCell,
    SubUnitRow,
    SubUnitTable,
)
from fourfold.scorecard.evaluation.pages.window import Window, number_or_none

__all__ = ["perspective_cards", "score_history", "sub_unit_table"]

_ORDER = (Status.GREEN, Status.AMBER, Status.RED, Status.GREY)


def perspective_cards(
    tree: ScorecardNode, *, rows: Sequence[MeasureRow], seen: Window
) -> tuple[PerspectiveCard, ...]:
    """One card a perspective, in listed order; `rows` are all of the unit's, not only those a filter leaves."""
    return tuple(
        _card(node, rows=[row for row in rows if row.perspective == node.key], seen=seen)
        for node in tree.children
    )


def score_history(tree: ScorecardNode, *, seen: Window) -> ScoreHistory:
    """A line for every perspective of the scorecard."""
    scale, scores = seen.evaluation.book.scale, seen.results.perspectives.score
    lines = tuple(
        HistoryLine(node.key, node.name, seen.series(scores, seen.evaluation.perspective_index(node.key)))
        for node in tree.children
    )
    return ScoreHistory(seen.labels, lines, borders=(scale.amber, scale.green))


def sub_unit_table(tree: ScorecardNode, *, seen: Window) -> SubUnitTable:
    """The units one level below, in listed order, each against its own targets."""
    names = {unit.key: unit.name for unit in seen.evaluation.book.definitions.units}
    keys = seen.evaluation.units.keys
    return SubUnitTable(
        tuple(node.name for node in tree.children),
        tuple(
            SubUnitRow(
                keys[at], names[keys[at]], tuple(_cell(node, unit=at, seen=seen) for node in tree.children)
            )
            for at in seen.evaluation.units.children(seen.unit)
        ),
    )


def _card(node: ScorecardNode, *, rows: Sequence[MeasureRow], seen: Window) -> PerspectiveCard:
    scores = seen.results.perspectives.score
    earlier = seen.at_page(scores, seen.evaluation.perspective_index(node.key), page=seen.before)
    owed = [
        row for row in rows if row.mark.status is not Status.GREY or not row.mark.why.leaves_the_denominator
    ]
    scored = [row for row in owed if row.mark.status is not Status.GREY]
    return PerspectiveCard(
        key=node.key,
        name=node.name,
        score=node.score,
        mark=StatusMark(node.status, node.why, node.held),
        coverage=Coverage(len(scored), len(owed)),
        weight_coverage=node.coverage,
        counts=tuple(
            StatusCount(status, sum(row.mark.status is status for row in rows)) for status in _ORDER
        ),
        objectives=len(node.children),
        red_objectives=node.red_children or 0,
        worst=next((child.name for child in node.children if child.key == node.worst_child), None),
        change=score_change(earlier, node.score, is_alike=seen.is_of_the_same({row.key for row in rows})),
        bounds=(node.low, node.high) if node.low is not None and node.high is not None else None,
    )


def _cell(node: ScorecardNode, *, unit: int, seen: Window) -> PerspectiveCell:
    results, place = seen.results.perspectives, (seen.evaluation.perspective_index(node.key), seen.at, unit)
    status = STATUS_CODES[int(results.status[place])]
    score: float = float(np.float64(results.score[place]))
    return PerspectiveCell(node.name, number_or_none(score), StatusMark(status, Why(int(results.why[place]))))
