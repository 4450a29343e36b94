"""What moved since the period before, told in sentences made of the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fourfold.engine.quantities import Status
from fourfold.engine.tree import ScorecardNode
from fourfold.platform.ui.components import StatusMark
from fourfold.platform.ui.numbers import display_score, score_as_shown
from fourfold.platform.ui.reasons import reason_sentence
from fourfold.scorecard.evaluation.pages.scorecard.measure_rows import measure_mark, measures_below
from fourfold.scorecard.evaluation.pages.scorecard.page import MeasureRow

__all__ = ["ChangeLine", "Changes", "changes_between"]

SMALLEST_MOVE = 5
"""Points of score that are worth a sentence where the status stayed: a quarter of the way from amber to green."""

MOST_WORSE, MOST_BETTER = 6, 4
"""Sentences that are read rather than skimmed."""

_GRAVITY = {Status.RED: 0, Status.GREY: 1, Status.AMBER: 2, Status.GREEN: 3}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing that moved: its name and what is said of it. `by` are points of score, 0 where an end is missing."""

    kind: str
    key: str
    name: str
    told: str
    mark: StatusMark
    is_worse: bool
    changed_status: bool
    by: int

    @property
    def sentence(self) -> str:
        """The whole of it."""
        return f"{self.name} {self.told}"


@dataclass(frozen=True, slots=True)
class Changes:
    """The gravest first on either side; the totals say how many there are beyond those listed."""

    worse: tuple[ChangeLine, ...] = ()
    better: tuple[ChangeLine, ...] = ()
    worse_in_all: int = 0
    better_in_all: int = 0


def changes_between(before: ScorecardNode, now: ScorecardNode, *, rows: Mapping[str, MeasureRow]) -> Changes:
    """Compare a unit's scorecard with its own of the period before.

    Measures are told with value and target; one that is alone under its objective, or whose definition broke in
    between, or that carries an older period's value, is left out: it would repeat or mislead.
    """
    earlier = {(node.kind, node.key): node for node in _nodes(before)}
    lines = [
        line
        for node in _told_of(now, rows)
        if (line := _line(earlier.get((node.kind, node.key)), node, row=rows.get(node.key)))
    ]
    worse = sorted((line for line in lines if line.is_worse), key=_gravest)
    better = sorted((line for line in lines if not line.is_worse), key=_most_welcome)
    return Changes(tuple(worse[:MOST_WORSE]), tuple(better[:MOST_BETTER]), len(worse), len(better))


def _nodes(tree: ScorecardNode) -> Iterator[ScorecardNode]:
    for perspective in tree.children:
        for objective in perspective.children:
            yield objective
            yield from objective.children


def _told_of(tree: ScorecardNode, rows: Mapping[str, MeasureRow]) -> Iterator[ScorecardNode]:
    """Every objective, and every measure once."""
    told: set[str] = set()
    for perspective in tree.children:
        for objective in perspective.children:
            yield objective
            for measure in objective.children if len(objective.children) > 1 else ():
                if measure.key not in told and _is_comparable(rows[measure.key]):
                    told.add(measure.key)
                    yield measure


def _is_comparable(row: MeasureRow) -> bool:
    """Values of two periods under one definition; a missing one is told as such."""
    return not row.shown_period and (row.change is not None or row.value is None)


def _line(earlier: ScorecardNode | None, node: ScorecardNode, *, row: MeasureRow | None) -> ChangeLine | None:
    if earlier is None:
        return None
    by = _points(earlier, node)
    changed = earlier.status is not node.status
    if not changed and abs(by) < SMALLEST_MOVE:
        return None
    is_worse = _GRAVITY[node.status] < _GRAVITY[earlier.status] if changed else by < 0
    measured = row if node.kind == "measure" else None
    mark = measure_mark(node) if measured else StatusMark(node.status, node.why, node.held)
    told = _told(earlier, node, by=by, mark=mark) + (
        _against(measured) if measured else _unlike(earlier, node)
    )
    return ChangeLine(node.kind, node.key, node.name, told, mark, is_worse, changed, by)


def _points(earlier: ScorecardNode, node: ScorecardNode) -> int:
    """The difference of the scores as they are shown."""
    if earlier.score is None or node.score is None:
        return 0
    return round(score_as_shown(node.score) - score_as_shown(earlier.score))


def _told(earlier: ScorecardNode, node: ScorecardNode, *, by: int, mark: StatusMark) -> str:
    words = {
        "before": earlier.status.label,
        "now": node.status.label,
        "score": display_score(node.score),
        "earlier": display_score(earlier.score),
        "points": abs(by),
        "reason": _begun_small(reason_sentence(mark.why)),
    }
    if node.score is None:
        return _("has no score now: %(reason)s. It was %(before)s.") % words
    if earlier.score is None:
        return _("has a score: %(score)s points, %(now)s.") % words
    if earlier.status is not node.status:
        fell = _GRAVITY[node.status] < _GRAVITY[earlier.status]
        if fell:
            return _("fell from %(before)s to %(now)s: %(score)s points after %(earlier)s.") % words
        return _("rose from %(before)s to %(now)s: %(score)s points after %(earlier)s.") % words
    if by < 0:
        lost = "lost %(points)s point and stays %(now)s: %(score)s after %(earlier)s."
        return (
            ngettext(lost, "lost %(points)s points and stays %(now)s: %(score)s after %(earlier)s.", -by)
            % words
        )
    won = "gained %(points)s point and stays %(now)s: %(score)s after %(earlier)s."
    return (
        ngettext(won, "gained %(points)s points and stays %(now)s: %(score)s after %(earlier)s.", by) % words
    )


def _unlike(earlier: ScorecardNode, node: ScorecardNode) -> str:
    """In a period that has just begun an objective may move because most of its measures are still to come."""
    if earlier.score is None or node.score is None:
        return ""
    before, now = (measures_below(each, scored=True) for each in (earlier, node))
    return "" if before == now else " " + _("It rests on other measures than then.")


def _begun_small(sentence: str) -> str:
    """A reason inside a sentence."""
    return sentence[:1].lower() + sentence[1:]


def _against(row: MeasureRow) -> str:
    if row.value is None:
        return ""
    value = str(row.format.shown(row.value))
    if row.target is None:
        return " " + _("The value is %(value)s.") % {"value": value}
    target = str(row.format.shown(row.target))
    return " " + _("The value is %(value)s against a target of %(target)s.") % {
        "value": value,
        "target": target,
    }


def _gravest(line: ChangeLine) -> tuple[bool, int, int, bool, str]:
    return not line.changed_status, _GRAVITY[line.mark.status], line.by, line.kind == "measure", line.name


def _most_welcome(line: ChangeLine) -> tuple[bool, int, bool, str]:
    return not line.changed_status, -line.by, line.kind == "measure", line.name
